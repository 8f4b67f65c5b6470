"""Texts that a house translates itself: what is there, what a file brings, and how it comes into force."""
