"""What may be done in the directory engine. One function, one transaction."""
