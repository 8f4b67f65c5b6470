"""Datum, classes, tiles and prisms: geometry, nothing else. Pure."""
