"""What may be done in the facts engine. One function, one transaction."""
