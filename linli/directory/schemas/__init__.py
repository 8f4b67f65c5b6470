"""What pages of the directory read from an address, and the words in which they tell what the directory says."""
