"""Forms of the atlas."""
