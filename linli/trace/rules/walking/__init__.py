"""From thing to thing along what events say: what it came from, what it went into."""
