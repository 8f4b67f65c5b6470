"""What is given of food supervision."""
