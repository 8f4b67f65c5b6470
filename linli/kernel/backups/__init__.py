"""Backups: one file of the database and the kept files, without a key; put back, and tried out. docs/operations.md."""
