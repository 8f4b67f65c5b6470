"""What somebody asks of features, and which of them they get (OGC API Features, part 1)."""
