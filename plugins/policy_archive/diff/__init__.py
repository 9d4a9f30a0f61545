"""Two documents to the change between them."""
