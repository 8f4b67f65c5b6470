"""What people give the reports engine."""
