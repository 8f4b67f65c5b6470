"""How open data is written down: cells, and the list of digests that is signed."""
