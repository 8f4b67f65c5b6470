"""Published reports as others take them."""
