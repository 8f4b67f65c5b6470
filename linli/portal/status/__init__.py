"""Whether all is working: for everybody in words, for the administrator check by check."""
