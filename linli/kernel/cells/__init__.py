"""Cells: several houses in one PostgreSQL, each a schema, a folder and keys of its own. docs/cells-of-cities.md."""
