"""In the documentation's own site, links to files outside of docs/ lead to the repository.

On GitHub these are relative, so that they hold in every branch and clone.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

_OUTSIDE = re.compile(r"\]\((?P<path>(?:\.\./)+[\w./-]+)(?P<anchor>#[\w-]+)?\)")


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Have links out of docs/ name the repository; one to a file that is not there stays broken."""
    docs = Path(config.docs_dir)
    folder = posixpath.dirname(page.file.src_uri)

    def outside(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(docs.name, folder, found["path"]))
        if path.startswith(f"{docs.name}/") or not (docs.parent / path).exists():
            return found[0]
        kind = "tree" if (docs.parent / path).is_dir() else "blob"
        return f"]({config.repo_url}/{kind}/main/{path}{found['anchor'] or ''})"

    return _OUTSIDE.sub(outside, markdown)
