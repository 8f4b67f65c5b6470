"""Going somewhere on the console: by the words of a page, or by a code."""
