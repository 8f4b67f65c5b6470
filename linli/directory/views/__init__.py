"""Pages of the directory engine: public and console."""
