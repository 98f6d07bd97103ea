"""The proof of placement: what the finished file says, against the edition and the plan."""
