"""The handbook: for each role its tasks, one chapter each, in plain words and with pictures of the real pages."""
