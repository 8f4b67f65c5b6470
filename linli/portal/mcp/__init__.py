"""What is released, for assistants that speak the Model Context Protocol: to read, never to write."""
