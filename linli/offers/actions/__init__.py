"""What can be done with offers: each refuses what must not happen, and says what it refuses."""
