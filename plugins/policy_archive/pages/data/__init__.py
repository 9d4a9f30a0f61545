"""What machines read beside the pages: data files, feeds, Memento, citations, structured data."""
