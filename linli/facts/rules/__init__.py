"""Pure rules of the facts engine."""
