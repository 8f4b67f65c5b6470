"""What a small shop says in three fields, and the events that this makes. Pure."""
