"""What the data say about the parameters."""
