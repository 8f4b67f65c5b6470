"""Pages of the facts engine: public and console."""
