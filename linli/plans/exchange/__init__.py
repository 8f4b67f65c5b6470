"""Promises and the ledger as others take them: open data, tables, feeds, calendars."""
