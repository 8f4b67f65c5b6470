"""Pure rules of the reports engine."""
