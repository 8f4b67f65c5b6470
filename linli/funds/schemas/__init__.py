"""The forms in which others take what the ledger holds."""
