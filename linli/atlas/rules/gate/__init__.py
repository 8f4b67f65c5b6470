"""The release gate: what of a table about people may be said. Pure."""
