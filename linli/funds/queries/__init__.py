"""What is asked of the funds."""
