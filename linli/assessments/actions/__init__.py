"""What may be done with instruments, rounds, assessments."""
