"""Addresses that an archive has given: kept, moved, withdrawn."""
