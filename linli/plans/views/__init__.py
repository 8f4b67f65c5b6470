"""Pages of the plans engine: public and console."""
