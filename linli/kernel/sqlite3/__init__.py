"""SQLite as Django has it, with its writers in a queue: see base.py."""
