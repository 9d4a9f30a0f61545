"""Facts that texts state: how often what is shown of them is what the sentence says."""
