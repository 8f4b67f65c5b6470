"""What people give who book, and who organize."""
