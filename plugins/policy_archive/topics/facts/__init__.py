"""Facts that a text states in so many words, each with the sentence that says it."""
