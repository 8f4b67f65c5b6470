"""Identifiers of goods, parties and places: GS1 keys, addresses, and our own codes of lots."""
