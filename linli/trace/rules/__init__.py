"""Identifiers, events, queries, traces and laboratory results, computed without a database."""
