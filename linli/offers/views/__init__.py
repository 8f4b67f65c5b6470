"""Pages of the offers: for everybody, for who holds a code, for the organizer."""
