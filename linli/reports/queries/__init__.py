"""Reads of the reports engine."""
