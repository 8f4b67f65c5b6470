"""Facts as others read them."""
