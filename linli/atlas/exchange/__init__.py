"""What programs read: catalogue, packages, features."""
