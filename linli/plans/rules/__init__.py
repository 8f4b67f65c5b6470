"""Pure rules of the plans engine."""
