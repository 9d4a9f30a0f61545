"""The language of the interface: one for all of our words, while archived texts keep theirs."""

import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from policy_archive.dataset.tables import TABLES
from policy_archive.pages import assets, language
from policy_archive.pages.language import LANGUAGES, Language
from policy_archive.topics import taxonomy
from policy_archive.topics.taxonomy import OPP115

from .conftest import POLICY, BuildSite, Site, archived

POLICIES = {
    "lamps-2014.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps")),
    "lamps-2018.md": archived("lamps.example", "20180522173313", POLICY.format(name="Lamps Ltd")),
    "empty.md": archived("empty.example", "20160302010203", "# Privacy Policy\n\nWe collect.\n"),
    "tables.md": archived("tables.example", "20170302010203", POLICY.format(name="Tables")),
}
ADDRESS = "https://archive.example/"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """What a build speaks, it speaks until the next one."""
    yield
    language.speak("en")


def in_language(build_site: BuildSite, code: str, **rest: object) -> Site:
    theme = {"name": "material", "language": code}
    rest = {"name": code, "site_url": ADDRESS, **rest}
    return build_site(POLICIES, theme=theme, **rest)


@pytest.mark.parametrize(
    ("code", "title", "question", "captured"),
    [
        ("de", "Erklärungen", "Wird mein Verhalten für Statistiken gemessen?", "21. Mai 2014"),
        ("es", "Políticas", "¿Se mide mi comportamiento con fines estadísticos?", "21 de mayo"),
        ("fr", "Politiques", "Mon comportement est-il mesuré à des fins", "21 mai 2014"),
    ],
)
def test_a_site_speaks_the_language_of_its_theme(
    build_site: BuildSite, code: str, title: str, question: str, captured: str
) -> None:
    site = in_language(build_site, code)
    assert f'<html lang="{code}"' in site["policies/"]
    assert f"<title>{title} - " in site["policies/"]
    assert question in site["topics/"]
    assert captured in site["policies/lamps.example/20140521173313/"]
    assert f'xml:lang="{code}"' in site["changes/feed.xml"]
    assert f'<html lang="{code}">' in site["policies/lamps.example/latest/"]
    script = site["assets/policy_archive/modules/messages.js"]
    assert script.startswith(f'export const language = "{code}";')


def test_archived_texts_keep_their_language(build_site: BuildSite) -> None:
    page = in_language(build_site, "de")["policies/lamps.example/20140521173313/"]
    assert '<div class="pa-text" id="pa-text" tabindex="-1" lang="en" dir="auto">' in page
    assert '<aside class="pa-note" lang="de">' in page
    assert '<i class="pa-life" lang="de" dir="ltr">' in page


def test_another_language_makes_all_pages_anew(build_site: BuildSite, tmp_path: Path) -> None:
    """And the same one again the same bytes, from a cache that has seen others."""
    before = in_language(build_site, "en", name="project").files()
    between = in_language(build_site, "de", name="project").files()
    after = in_language(build_site, "en", name="project").files()
    pages = [name for name in before if name.endswith(".html")]
    assert [name for name in pages if before[name] == between[name]] == []
    differing = {name for name in before if before[name] != after[name]}
    assert differing <= {"sitemap.xml.gz"}  # gzip notes when it packs


def test_a_language_of_ones_own_stands_in_a_theme_of_another(build_site: BuildSite) -> None:
    site = in_language(build_site, "en", options={"language": "fr"})
    page = site["policies/"]
    assert '<html lang="en"' in page
    assert 'id="pa-main" lang="fr" dir="ltr">' in page
    assert '<aside class="pa-colophon" aria-label="À propos de cette archive" lang="fr"' in page


def test_a_language_without_a_catalogue_is_english_and_said(build_site: BuildSite) -> None:
    site = in_language(build_site, "it")
    assert 'id="pa-main" lang="en" dir="ltr">' in site["policies/"]
    (said,) = (it for it in site.messages if it.startswith("theme.language"))
    assert "'it'" in said
    assert "de, en, es, fr" in said


class _Bracketed(gettext.NullTranslations):
    """Every message between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


class _Words(HTMLParser):
    """What stands in the archive's part of a page, and is neither theirs nor for machines."""

    PASSED = ("pa-theirs", "pa-text", "pa-own", "pa-hash", "pa-excerpt", "md-")
    EMPTY = ("input", "meta", "link", "br", "line", "rect", "circle", "img", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        inside = bool(self.open) and self.open[-1]
        passed = tag in ("script", "style", "pre", "code") or known.get("lang") == "en"
        passed = passed or any(name in known.get("class", "") for name in self.PASSED)
        if known.get("id") == "pa-main" or tag == "title":
            inside, passed = True, False
        seen = inside and not passed
        if seen:
            names = ("aria-label", "placeholder", "title", "alt", "data-label", "data-compare")
            self.found += [known[name] for name in names if name in known]
        if tag == "meta" and known.get("name") == "description":
            self.found.append(known["content"])
        if tag not in self.EMPTY:
            self.open.append(seen)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1]:
            self.found.append(data)


SAME = {
    *("SHA-256", "BibTeX", "CSL-JSON", "RIS", "JSON", "TimeMap", "kB", "n"),
    *("Test archive", "Privacy Policy"),
    *OPP115,
    *(label for topic in taxonomy.load().topics for _, label in topic.dpv),
    *(name for table in TABLES for name in (table.name, *(it.kind for it in table.columns))),
}
_ADDRESS = re.compile(r"[\w./:-]+\.(?:example|csv|parquet)\b[\w./-]*")


def unbracketed(page: str) -> list[str]:
    """Words that no message holds."""
    reader = _Words()
    reader.feed(page)
    text = _ADDRESS.sub("", " | ".join(reader.found))
    for name in sorted(SAME, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "", text)
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        assert shorter != text, f"a message that is cut in two: {text[text.index('⟦') :][:200]}"
        text = shorter
    return re.findall(r"[^\W\d_]{2,}", text)


def test_no_page_says_a_word_that_is_no_message(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With every message in brackets nothing of ours is left outside of them."""
    known = language._messages
    monkeypatch.setitem(LANGUAGES, "qq", Language("qq"))
    monkeypatch.setattr(
        language, "_messages", lambda code: _Bracketed() if code == "qq" else known(code)
    )
    monkeypatch.setattr(assets, "LOCALE", tmp_path)
    (tmp_path / "qq.js").write_text("export const messages = {};\n")
    site = in_language(
        build_site, "en", options={"language": "qq", "rows_per_page": 2, "search": "built-in"}
    )
    pages = {name: data.decode() for name, data in site.files("**/*.html").items()}
    assert len(pages) > 60
    found = {name: words for name, page in pages.items() if (words := unbracketed(page))}
    assert found == {}


def test_words_outside_of_messages_are_found() -> None:
    page = '<title>⟦Title⟧</title><main id="pa-main"><p title="Loose">⟦One⟧ two</p></main>'
    assert unbracketed(page) == ["Loose", "two"]


_PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border|inset|scroll-margin)-(?:left|right)\b|left:|right:|"
    r"float: (?:left|right)|clear: (?:left|right))",
    re.MULTILINE,
)
_FOUR = re.compile(r"^\s*(?:margin|padding|inset): (\S+) (\S+) (\S+) (\S+);", re.MULTILINE)


def physical(style: str) -> list[str]:
    """Declarations that name a side, which stays where it is when a page is mirrored."""
    uneven = [it[0].strip() for it in _FOUR.finditer(style) if it[2] != it[4]]
    return [it.strip() for it in _PHYSICAL.findall(style)] + uneven


@pytest.mark.parametrize(
    "path", sorted(assets.FOLDER.parents[1].glob("s*/**/*.css")), ids=lambda path: path.name
)
def test_style_sheets_name_no_side(path: Path) -> None:
    assert physical(path.read_text("utf-8")) == []


def test_named_sides_are_found() -> None:
    style = "a {\n  margin-left: 1rem;\n  padding: 0 1rem 0 0;\n  inset-inline-start: 0;\n}"
    assert physical(style) == ["margin-left", "padding: 0 1rem 0 0;"]
