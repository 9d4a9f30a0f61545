"""What several rooms need of language: words and dates."""
