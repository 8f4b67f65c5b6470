"""How facts are told to everybody: in words, as rows of a page, as columns of open data."""
