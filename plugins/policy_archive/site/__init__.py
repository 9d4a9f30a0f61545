"""The website: the only part that knows MkDocs."""
