"""What archived policies speak about: the taxonomy, and the labeller that finds its topics."""
