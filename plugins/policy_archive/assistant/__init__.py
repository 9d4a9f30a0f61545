"""What language models on one's own machine can ask, over the Model Context Protocol."""
