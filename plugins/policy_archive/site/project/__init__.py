"""A project as its `mkdocs.yml` has it: options, sources, caches, and the archive they make."""
