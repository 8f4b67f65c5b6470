"""What people give the funds."""
