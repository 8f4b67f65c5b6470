"""What we hold: the register of every column, and the public page that is made of it."""
