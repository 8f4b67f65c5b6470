"""Deeds of the atlas."""
