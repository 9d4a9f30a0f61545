"""What several rooms need of language: words, dates, tokens to compare."""
