"""A fuzzer of everything that reads what others wrote: ``edition fuzz`` runs it."""
