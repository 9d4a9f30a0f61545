"""The templates of page bodies: ours, behind those that a site overrides."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from policy_archive.pages import language
from policy_archive.pages.addresses import Addresses

FOLDER = Path(__file__).parent / "templates"
"""Our templates; a site's own stand in `policy_archive/` of its theme's `custom_dir`."""
_PREFIX = "policy_archive/"


class Templates:
    """Prints page bodies. Every value is escaped but what a template declares `safe`."""

    def __init__(self, overrides: tuple[tuple[str, str], ...] = ()) -> None:
        """`overrides` are names and sources of a site's own templates."""
        ours = jinja2.PrefixLoader({_PREFIX.rstrip("/"): jinja2.FileSystemLoader(FOLDER)})
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.DictLoader(dict(overrides)), ours]),
            autoescape=True,
            auto_reload=False,
        )
        with_words(self._environment)
        self._parts = self._environment.get_template(f"{_PREFIX}parts.html").module

    def blocks(
        self, name: str, view: object, place: str, addresses: Addresses, **more: object
    ) -> Callable[[str], str]:
        """The blocks of the template `name` with `view`, for a page at `place`, by their names.

        A block that the template lacks is empty. Templates see `view`, `parts` (the macros of
        `parts.html`), `url_of(place)`, and `more`.
        """
        template = self._environment.get_template(f"{_PREFIX}{name}.html")
        own: Mapping[str, object] = {
            "view": view,
            "parts": self._parts,
            "url_of": partial(_url, addresses, place),
        }
        context = template.new_context({**own, **more})

        def block(name: str) -> str:
            found = template.blocks.get(name)
            return "".join(found(context)) if found else ""

        return block


def with_words(environment: jinja2.Environment) -> None:
    """Have templates say our words in the language that is spoken when they are printed.

    `{% trans %}`, `gettext` and `ngettext` print messages, which may hold elements; values in them
    are escaped. Beside these there are `language()` and the filters below.
    """
    # Before the extension, which only adds what is not there yet.
    environment.extend(newstyle_gettext=True)
    environment.add_extension("jinja2.ext.i18n")
    environment.globals.update(gettext=_gettext, ngettext=_ngettext, language=language.current)
    environment.filters.update(
        number=language.number,
        percent=language.percent,
        in_sentence=language.in_sentence,
        opening=language.opening,
    )


def _gettext(message: str, **values: object) -> Markup:
    return Markup(language.translated(message)) % values


def _ngettext(one: str, many: str, count: int, **values: object) -> Markup:
    values["num"] = language.number(count)
    return Markup(language.translated_plural(one, many, count)) % values


@lru_cache(maxsize=2)
def templates(overrides: tuple[tuple[str, str], ...]) -> Templates:
    """The templates of a site; compiled once in each process."""
    return Templates(overrides)


def _url(addresses: Addresses, here: str, place: str) -> str:
    return addresses.relative(place, here)
