"""How promises are told to everybody: lamps and deeds in words, rows of open data."""
