"""Reads of food supervision."""
