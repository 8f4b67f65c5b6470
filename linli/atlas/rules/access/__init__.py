"""How long the way to an open counter is: squares of a schematic town, walks and buses between them, hours, what would help."""
