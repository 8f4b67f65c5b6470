"""Reads for the pages of offers."""
