"""Where a text comes from: what each part of a file claims, merged once."""
