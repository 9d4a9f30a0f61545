"""Whole sites, built as a maintainer would build them, from own-made policies."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

HEADER = (
    "> *The following text is extracted and transformed from the {site} privacy policy that was "
    "archived on {day}. Please check the [original snapshot on the Wayback Machine]"
    "(https://web.archive.org/web/{stamp}id_/http%3A//{site}/privacy) for the most accurate "
    "reproduction.*\n\n"
)


def archived(site: str, stamp: str, text: str) -> str:
    """A source file in the form of the corpus, with its provenance header."""
    day = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"
    return HEADER.format(site=site, day=day, stamp=stamp) + text


POLICY = """# Privacy Policy

We at {name} collect your name and e-mail address when you order lamps. We also collect the
address to
which a parcel is to be delivered, and the telephone number that a carrier needs when nobody is
at home.
We use this information to send what you ordered, to answer questions, and to keep our books in
order.

## Cookies

We use cookies to remember your basket. See [our partners](/partners.html). You can set your
browser to
refuse cookies, or to tell you when one is sent; then the basket is empty each time you come back.

## Sharing

We do not sell your personal information. We share data with carriers who deliver your order,
and with the
bank that takes your payment. They may use the information for nothing else. We disclose
information to
the authorities where a court orders us to.

## Security

We store your information on servers that are kept locked, and payments are encrypted on their
way. No
measure is perfect, and we cannot promise that information is always secure.

## Changes

We may change this policy from time to time, and will then say so on this page. If you have any
questions
about this policy, contact us by post or by telephone.
"""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[Element]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


@dataclass
class Site:
    """A built site and what building it logged."""

    folder: Path
    records: list[logging.LogRecord] = field(default_factory=list)

    def __getitem__(self, place: str) -> str:
        path = self.folder / place
        if not path.suffix or path.is_dir():
            path /= "index.html"
        return path.read_text("utf-8")

    def files(self, pattern: str = "**/*") -> dict[str, bytes]:
        found = (path for path in self.folder.glob(pattern) if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @property
    def messages(self) -> list[str]:
        return [record.getMessage() for record in self.records]

    def broken_links(self) -> list[str]:
        """Every relative link or resource of every page that leads nowhere, anchors included."""
        pages = {
            name: elements(data.decode("utf-8"))
            for name, data in self.files("**/*.html").items()
            if name != "404.html"  # its links begin at the server's root
        }
        names = set(self.files())
        ids = {
            name: {e.attributes["id"] for e in found if "id" in e.attributes}
            for name, found in pages.items()
        }
        broken = []
        for name, found in pages.items():
            for element in found:
                for attribute in ("href", "src"):
                    link = element.attributes.get(attribute)
                    if link is None or urlsplit(link).scheme:
                        continue
                    parts = urlsplit(urljoin(f"/{name}", link))
                    target = unquote(parts.path).lstrip("/")
                    if not target or target.endswith("/"):
                        target += "index.html"
                    elif f"{target}/index.html" in names:
                        target += "/index.html"
                    anchor = unquote(parts.fragment)
                    if target not in names:
                        broken.append(f"{name}: {link} (no such file)")
                    elif anchor and target in ids and anchor not in ids[target]:
                        broken.append(f"{name}: {link} (no such anchor)")
        return broken


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


BuildSite = Callable[..., Site]


def write_project(
    folder: Path,
    policies: Mapping[str, str | bytes],
    pages: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    **config: Any,
) -> Path:
    """A folder as a maintainer has it; returns its `mkdocs.yml`."""
    (folder / "content/policies").mkdir(parents=True, exist_ok=True)
    files: dict[str, str | bytes] = {f"policies/{name}": text for name, text in policies.items()}
    files |= pages or {}
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    settings: dict[str, Any] = {
        "site_name": "Test archive",
        "docs_dir": "content",
        "site_dir": "site",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"policy-archive": {"search": "built-in"} | dict(options or {})}],
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings | config), "utf-8")
    return path


def run(config_file: Path, strict: bool = True) -> Site:
    """Build like `mkdocs build --strict`."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(collector)
    logger.setLevel(logging.INFO)
    try:
        config = load_config(str(config_file), strict=strict)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
    return Site(Path(config.site_dir), collector.records)


@pytest.fixture
def build_site(tmp_path: Path) -> BuildSite:
    """Builds a site from own-made policies."""

    def made(
        policies: Mapping[str, str | bytes],
        *,
        name: str = "project",
        strict: bool = True,
        **rest: Any,
    ) -> Site:
        return run(write_project(tmp_path / name, policies, **rest), strict)

    return made


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No announcements of other projects in the output."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
    yield
