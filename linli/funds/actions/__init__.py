"""What the funds engine does: every posting, order and release goes through here."""
