"""Pictures: small, deterministic SVG with the figures in words."""
