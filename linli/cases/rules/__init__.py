"""Pure rules of the cases engine."""
