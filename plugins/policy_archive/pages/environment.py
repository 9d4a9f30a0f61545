"""The templates of page bodies: ours, behind those that a site overrides."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import jinja2

from policy_archive.pages.publication import Publication

FOLDER = Path(__file__).parent / "templates"
"""Our templates; a site's own stand in `policy_archive/` of its theme's `custom_dir`."""
_PREFIX = "policy_archive/"


class Templates:
    """Prints page bodies. Every value is escaped but what a template declares `safe`."""

    def __init__(self, overrides: Path | None = None) -> None:
        """`overrides` is the site's `custom_dir`."""
        ours = jinja2.PrefixLoader({_PREFIX.rstrip("/"): jinja2.FileSystemLoader(FOLDER)})
        own = [jinja2.FileSystemLoader(overrides)] if overrides else []
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([*own, ours]), autoescape=True, auto_reload=False
        )
        self._parts = self._environment.get_template(f"{_PREFIX}parts.html").module

    def blocks(
        self, name: str, view: object, place: str, publication: Publication
    ) -> Callable[[str], str]:
        """The blocks of the template `name` with `view`, for a page at `place`, by their names.

        A block that the template lacks is empty. Templates see `view`, `site` (the publication),
        `parts` (the macros of `parts.html`) and `url_of(place)`.
        """
        template = self._environment.get_template(f"{_PREFIX}{name}.html")
        context = template.new_context(
            {
                "view": view,
                "site": publication,
                "parts": self._parts,
                "url_of": partial(_url, publication, place),
            }
        )

        def block(name: str) -> str:
            found = template.blocks.get(name)
            return "".join(found(context)) if found else ""

        return block


def _url(publication: Publication, here: str, place: str) -> str:
    return publication.addresses.relative(place, here)
