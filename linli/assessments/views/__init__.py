"""Pages of the assessments."""
