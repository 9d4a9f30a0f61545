"""Git repositories as sources: objects, history, renames."""
