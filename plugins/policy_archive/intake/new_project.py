"""A new project: the files that a site of an archive begins with."""

import os
from pathlib import Path

from policy_archive.errors import ProjectError

_MKDOCS = """\
site_name: Policy archive
# The address that the site will have. Feeds, TimeMaps and canonical links need it.
# site_url: https://example.org/archive/
docs_dir: content

theme:
  name: material
  font: false

plugins:
  - search
  - policy-archive
"""

_HOME = """\
---
title: Home
---

# What did they promise?

An archive of policies as they once stood. Every text is shown with where it came from, when it was
captured, and each repair that made it readable.
"""

_IGNORE = ".gitignore"
_IGNORED = """\

# What builds make
/.cache/
/site/
"""

_KEEP = """\
# git keeps no empty folder. Captures go into this one, each below its site and its kind of terms.
"""

_WORKFLOW = """\
# Builds the site and publishes it on the forge's pages, at every push to the main branch.
name: Pages
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  id-token: write
  pages: write
concurrency:
  group: pages
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0  # the whole history: dates of versions come from it
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - uses: actions/cache@v4
        with:
          path: .cache/policy-archive
          key: policy-archive-${{ github.sha }}
          restore-keys: policy-archive-
      - run: pip install "mkdocs-policy-archive[search]"
      - run: policy-archive check
      - run: mkdocs build --strict
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deployment
        uses: actions/deploy-pages@v4
"""

FILES = {
    "mkdocs.yml": _MKDOCS,
    "content/index.md": _HOME,
    "content/policies/.gitkeep": _KEEP,
    _IGNORE: _IGNORED,
    ".github/workflows/pages.yml": _WORKFLOW,
}
"""Path below the project's folder to what stands there."""


def create(folder: Path) -> None:
    """Write a new project into `folder`, which is made if need be; nothing is ever overwritten.

    A `.gitignore` that is there gets our lines at its end.

    Raises:
        ProjectError: one of its files is there already.
        OSError: something cannot be written.
    """
    for name in FILES:
        if name != _IGNORE and os.path.lexists(folder / name):
            raise ProjectError(
                f"{folder / name} is there already; a new project needs a folder of its own"
            )
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = "a" if name == _IGNORE else "x"
        with file.open(mode, encoding="utf-8", newline="\n") as stream:
            stream.write(text)
