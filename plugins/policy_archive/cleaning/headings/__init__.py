"""Telling headings without marks from other short lines: features, weights, score."""
