"""Clauses in which somebody does something: who, what, how far, and what we refuse to take in."""

from linli.reader.measures.boundary import SERVICE_INSTEAD, watching
from linli.reader.measures.finding import find

__all__ = ["SERVICE_INSTEAD", "find", "watching"]
