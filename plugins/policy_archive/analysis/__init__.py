"""What a text says of itself: its language, the dates it claims, and how sound it is."""
