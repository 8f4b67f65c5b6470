"""Instruments, scores and stages, computed without a database."""
