"""The theme around a page's body, rendered once for all pages that have the same surroundings.

A theme prints header, navigation, scripts and footer around every page, which takes ten times as
long as the page's own words. Here they are rendered once for all pages of a type, depth and place
in the navigation, with marks where a page's own pieces go. The first pages of each such group are
rendered whole as well: only where both agree to the byte is the group put together from pieces,
so that a theme override that prints something else about a page is obeyed, at its own cost.
"""

import copy
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import jinja2
import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime, get_relative_url, normalize_url

from policy_archive.pages.page import Body
from policy_archive.site.theme.content_policy import MARK, content_policy, scripts, without
from policy_archive.site.theme.page import FRAME, FramedPage

log = logging.getLogger("mkdocs.plugins.policy_archive")

_BLOCKS = ("htmltitle", "pa_head", "content")
"""Blocks of the frame that hold a page's own; the rest is the theme's."""
_MARK = re.compile("(?:https://(?=\ue000pa:\\w+_url))?\ue000pa:(\\w+)\ue001")
_INDENTED = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2>)|\n\s+", re.DOTALL)
"""White space that says nothing: a sixth of what a theme prints around a page."""
_CHECKED = 2
"""How many pages of a group are rendered both ways."""


def _mark(name: str) -> str:
    # Letters of the private use area pass through every filter of a theme unchanged.
    return f"\ue000pa:{name}\ue001"


class _Frame:
    """What the pages of a group have in common: texts, with the names of pieces between them."""

    def __init__(self, html: str, policy: str) -> None:
        self.parts = _MARK.split(html)
        self.checked = 0
        self.policy = policy
        # What a theme's script says of a page would be another script on each page.
        self.holds = all(self.parts[1::2].count(name) <= 1 for name in _BLOCKS) and not any(
            _MARK.search(script) for script in scripts(html)
        )

    def filled(self, pieces: Sequence[str]) -> str:
        """As the templates print it."""
        return self._joined(self.parts[::2], pieces)

    def lean(self, pieces: Sequence[str]) -> str:
        """The same without the indentation of what is around the page."""
        return self._joined(self._lean, pieces)

    def _joined(self, texts: Sequence[str], pieces: Sequence[str]) -> str:
        parts = [""] * len(self.parts)
        parts[::2] = texts
        parts[1::2] = pieces
        return "".join(parts)

    @cached_property
    def _lean(self) -> list[str]:
        return [_INDENTED.sub(lambda m: m[1] or "\n", part) for part in self.parts[::2]]


class Frames:
    """Puts the theme around bodies, for one build, after the navigation is complete."""

    def __init__(
        self, env: jinja2.Environment, nav: Navigation, files: Files, config: MkDocsConfig
    ) -> None:
        """`env` is the theme's, as every plugin has left it."""
        self._env = env
        self._nav = nav
        self._files: Sequence[File] = files.documentation_pages()
        self._config = config
        self._frames: dict[tuple[object, ...], _Frame] = {}
        self._contexts: dict[str, dict[str, Any]] = {}
        self._listed = {id(page): page for page in nav.pages}
        self._crossed = {_area(page.url) for page in nav.pages}

    def page(self, page: FramedPage, body: Body) -> str:
        """The whole page as the theme's templates print it."""
        page.active = True
        try:
            frame = self._frame(page, body)
            if frame and frame.checked < _CHECKED:
                self._check(frame, page, body)
            if frame is None or not frame.holds:
                return self._whole(page, body)
            return frame.lean(self._pieces(frame, page, body))
        finally:
            page.active = False

    def whole(self, page: FramedPage, body: Body) -> str:
        """The same, rendered with everything around it."""
        page.active = True
        try:
            return self._whole(page, body)
        finally:
            page.active = False

    def _check(self, frame: _Frame, page: FramedPage, body: Body) -> None:
        frame.checked += 1
        try:
            pieces = self._pieces(frame, page, body)
            frame.holds = frame.filled(pieces) == self._whole(page, body)
        except jinja2.TemplateError:
            frame.holds = False
        if not frame.holds:
            log.debug("%s: the theme prints more of a page than its pieces", page.url)

    def _frame(self, page: FramedPage, body: Body) -> _Frame | None:
        """What surrounds `page`; None where it must be rendered whole."""
        around = (page.previous_page, page.next_page)
        titles = "".join(str(other.title) for other in (page, *around) if other)
        # Pages of the navigation, pages whose address from there is a shorter one, and titles
        # that a filter might change.
        if id(page) in self._listed or _area(page.url) in self._crossed or "&" in titles:
            return None
        group = (
            body.css_class,
            body.styles,
            body.scripts,
            get_relative_url(".", page.url),
            *(other is not None for other in around),
            *(id(above) for above in _above(page) if id(above) in self._listed),
        )
        frame = self._frames.get(group)
        if frame is None:
            try:
                html = self._surroundings(page, body)
                frame = _Frame(html, self._policy(page, _MARK.sub("", html)))
            except jinja2.TemplateError:  # an override that needs what only a page has
                frame = _Frame("", "")
                frame.holds = False
            self._frames[group] = frame
        return frame if frame.holds else None

    def _surroundings(self, page: FramedPage, body: Body) -> str:
        known = self._env.get_template(FRAME).blocks
        blocks = "".join(
            f"{{% block {block} %}}{_mark(block)}{{% endblock %}}"
            for block in _BLOCKS
            if block in known
        )
        template = self._env.from_string(f'{{% extends "{FRAME}" %}}{blocks}')
        return template.render(self._context(page), page=_stand_in(page), body=body)

    def _pieces(self, frame: _Frame, page: FramedPage, body: Body) -> list[str]:
        template = self._env.get_template(FRAME)
        context = template.new_context({**self._context(page), "page": page, "body": body})
        own: Mapping[str, Callable[[], str | None]] = {
            "policy": lambda: frame.policy,
            "title": lambda: page.title,
            "canonical": lambda: page.canonical_url,
            "previous_url": lambda: normalize_url(page.previous_page.url, page),
            "previous_title": lambda: page.previous_page.title,
            "next_url": lambda: normalize_url(page.next_page.url, page),
            "next_title": lambda: page.next_page.title,
        }

        def piece(name: str) -> str:
            if name in own:
                return own[name]() or ""
            return "".join(template.blocks[name](context))

        return [piece(name) for name in frame.parts[1::2]]

    def _whole(self, page: FramedPage, body: Body) -> str:
        template = self._env.get_template(FRAME)
        html = template.render(self._context(page), page=page, body=body)
        around = without(html, (body.content, body.head))
        return html.replace(MARK, self._policy(page, around), 1)

    def _policy(self, page: FramedPage, around: str) -> str:
        """Instant loading keeps the policy of the page that a visit began with."""
        wasm = page.page.template == "search" or "navigation.instant" in self._config.theme.get(
            "features", ()
        )
        return content_policy(around, wasm=wasm)

    def _context(self, page: FramedPage) -> dict[str, Any]:
        """What MkDocs gives every template."""
        base = get_relative_url(".", page.url)
        if base not in self._contexts:
            config = self._config
            self._contexts[base] = {
                "nav": self._nav,
                "pages": self._files,
                "base_url": base,
                "extra_css": [normalize_url(str(css), page, base) for css in config.extra_css],
                "extra_javascript": [
                    normalize_url(str(script), page, base) for script in config.extra_javascript
                ],
                "mkdocs_version": mkdocs.__version__,
                "build_date_utc": get_build_datetime(),
                "config": config,
            }
        return self._contexts[base]


def _stand_in(page: FramedPage) -> FramedPage:
    """A page like `page`, with marks for what is its own."""
    marked = copy.copy(page)
    values = marked.__dict__
    values["title"] = _mark("title")
    if page.canonical_url:
        values["canonical_url"] = _mark("canonical")
    for name in ("previous", "next"):
        if getattr(page, f"{name}_page"):
            # An address that seems whole is left alone by the filter that makes them relative.
            values[f"{name}_page"] = SimpleNamespace(
                title=_mark(f"{name}_title"), url=f"https://{_mark(f'{name}_url')}"
            )
    return marked


def _above(page: Any) -> Iterator[Any]:
    while page.parent is not None:
        page = page.parent
        yield page


def _area(url: str) -> str | None:
    """The first two segments of a page's address, if it has as many."""
    first, _, rest = url.partition("/")
    second, slash, _ = rest.partition("/")
    return f"{first}/{second}" if second and slash else None
