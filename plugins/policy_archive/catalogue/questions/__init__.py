"""What is asked of the archive as a whole: listings, comparison, changes, similar wording."""
