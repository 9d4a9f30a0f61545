"""Full-text search: what is indexed, in which shards, and the page that asks them."""
