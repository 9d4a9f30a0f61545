"""Measurements on real corpora; each writes a small table beside itself."""
