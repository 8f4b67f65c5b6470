"""What may be done in the plans engine. One function, one transaction."""
