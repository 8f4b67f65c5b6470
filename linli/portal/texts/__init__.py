"""The translator's pages: how far each language is, its texts as a file, and what a file brings back."""
