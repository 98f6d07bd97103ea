"""The bibliography: read, repaired, exported."""
