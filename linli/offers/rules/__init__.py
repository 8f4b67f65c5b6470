"""What must hold for offers, without a database, a clock or a form."""
