"""The archive as finished HTML in a frame of its own: no engine, no theme."""
