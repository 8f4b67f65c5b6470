"""The reference of the JSON interface as a page, made of its own description."""
