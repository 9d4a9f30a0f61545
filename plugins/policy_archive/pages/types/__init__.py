"""The page types, one module each: what a reader finds at one kind of address."""
