"""Samples, methods, runs and what they say: never more than was measured."""
