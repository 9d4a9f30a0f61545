"""The archive as a whole, and the questions put to it."""
