"""How a site of any size behaves: time, memory, what is made again, what survives a stop."""
