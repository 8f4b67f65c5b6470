"""What may be done with operators, permits, goods, events, samples and recalls."""
