"""What is asked of releases, layers and views."""
