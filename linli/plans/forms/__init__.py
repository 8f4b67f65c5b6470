"""What people give the plans engine."""
