"""Captures in web archives' own files: WARC (ISO 28500), and WACZ, which packs WARCs in a ZIP.

They are read where they lie. What they hold is foreign: sizes are bounded, no name in them becomes
that of a file, and nothing of them is executed or rendered here.
"""
