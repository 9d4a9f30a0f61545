"""What a reader sees, knowing no engine: views of the archive and their HTML."""
