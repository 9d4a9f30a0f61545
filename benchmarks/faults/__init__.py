"""What goes wrong when things go wrong: builds that are killed, damaged, raced and attacked."""
