"""One visit to each text: tasks, who does them, and what is kept of them."""
