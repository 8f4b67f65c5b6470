"""Funds and projects: every yuan balances, from appropriation to indicator."""
