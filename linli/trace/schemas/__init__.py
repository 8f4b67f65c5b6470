"""How things are told to programs: rows, columns, documents."""
