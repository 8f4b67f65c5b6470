"""What goes out of the offers, in its form."""
