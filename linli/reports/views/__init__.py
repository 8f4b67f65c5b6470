"""Pages of the reports engine: public and console."""
