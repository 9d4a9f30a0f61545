"""The site as files: built aside, put in its place whole."""
