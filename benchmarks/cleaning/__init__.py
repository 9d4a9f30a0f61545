"""How well reading and cleaning work, in numbers."""
