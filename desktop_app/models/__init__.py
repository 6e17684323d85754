"""What the program knows: entities and the value types they share."""
