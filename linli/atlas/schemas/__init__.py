"""What is asked in addresses, and how figures are told."""
