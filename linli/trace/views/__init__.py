"""Pages of food supervision."""
