"""Rules of the atlas. Pure."""
