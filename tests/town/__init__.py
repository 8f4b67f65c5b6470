"""Builders: valid things from no arguments, one module an engine."""
