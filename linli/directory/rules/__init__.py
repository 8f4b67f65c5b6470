"""Pure rules of the directory engine."""
