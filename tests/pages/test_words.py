"""The catalogues hold every message, each with a whole translation, and nothing else.

`POLICY_ARCHIVE_ACCEPT=1 pytest tests/pages/test_words.py` writes them anew (see `words.py`).
"""

import gettext as catalogues
import os
import re

import pytest

from policy_archive.pages import capture_time, language
from policy_archive.pages.language import LANGUAGES, LOCALE

from .words import Message, compiled, messages, script, translations, updated

CODES = sorted(LANGUAGES.keys() - {"en"})
_PLACE = re.compile(r"%\(\w+\)[sd]|%%|%(?!\()")
_TAG = re.compile(r"</?[a-z][^>]*>")


@pytest.mark.parametrize("code", CODES)
def test_catalogues_hold_what_is_said(code: str) -> None:
    found = updated(code)
    kept = LOCALE / f"{code}.po"
    if os.environ.get("POLICY_ARCHIVE_ACCEPT"):
        kept.write_text(found, "utf-8")
        (LOCALE / f"{code}.mo").write_bytes(compiled(code))
        (LOCALE / f"{code}.js").write_text(script(code, LANGUAGES[code].direction), "utf-8")
    assert found == kept.read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_catalogues_are_compiled(code: str) -> None:
    assert (LOCALE / f"{code}.mo").read_bytes() == compiled(code)
    written = (LOCALE / f"{code}.js").read_text("utf-8")
    assert written == script(code, LANGUAGES[code].direction)


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated(code: str) -> None:
    found = translations(code)
    assert set(found) == set(messages())
    assert [message for message, forms in found.items() if not forms or not all(forms)] == []


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_places_and_elements(code: str) -> None:
    assert list(broken(translations(code))) == []


def broken(found: dict[Message, Message]) -> list[tuple[str, str]]:
    """Translations that lack a place or an element of their message, or have one more."""
    return [
        (message[-1], form)
        for message, forms in found.items()
        for number, form in enumerate(forms)
        if _skeleton(form) != _skeleton(message[min(number, len(message) - 1)])
    ]


def _skeleton(text: str) -> tuple[list[str], list[str], bool]:
    # A quotation mark of code would end an attribute that the message stands in.
    return sorted(_PLACE.findall(text)), sorted(_TAG.findall(text)), '"' in _TAG.sub("", text)


@pytest.mark.parametrize(
    "form", ["%(days)s Wörter", "%(day)s <i>Wörter</i>", "%(day) Wörter", 'am "%(day)s"', "100 %"]
)
def test_broken_translations_are_found(form: str) -> None:
    assert broken({("on %(day)s",): (form,)}) == [("on %(day)s", form)]
    assert broken({("on %(day)s",): ("am %(day)s",)}) == []


@pytest.mark.parametrize("code", CODES)
def test_messages_of_scripts_have_as_many_forms(code: str) -> None:
    """What `formOf` picks in a browser is what gettext picks here."""
    with (LOCALE / f"{code}.mo").open("rb") as file:
        known = catalogues.GNUTranslations(file)
    for message, forms in translations(code).items():
        if len(message) > 1:
            one, many = message
            said = {known.ngettext(one, many, count) for count in range(200)}
            assert said == set(forms), message


@pytest.mark.parametrize(
    ("code", "moment", "count", "share"),
    [
        ("en", "1 May 2014, 17:33 UTC", "1,234,567", "50%"),
        ("de", "1. Mai 2014, 17:33 UTC", "1.234.567", "50\u00a0%"),
        ("es", "1 de mayo de 2014, 17:33 UTC", "1.234.567", "50\u00a0%"),
        ("fr", "1 mai 2014, 17:33 UTC", "1\u202f234\u202f567", "50\u202f%"),
    ],
)
def test_dates_and_numbers(code: str, moment: str, count: str, share: str) -> None:
    with language.speaking(code):
        assert capture_time.shown("20140501173300") == moment
        assert language.number(1_234_567) == count
        assert language.percent(0.5) == share


def test_spanish_groups_no_four_digits() -> None:
    """As the Royal Academy and browsers have it."""
    with language.speaking("es"):
        assert (language.number(9_999), language.number(10_000)) == ("9999", "10.000")


def test_nouns_keep_their_capital_where_the_language_has_it() -> None:
    with language.speaking("de"):
        assert language.in_sentence("Verkauf von Daten") == "Verkauf von Daten"
    with language.speaking("fr"):
        assert language.in_sentence("Vente de données") == "vente de données"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("de", "de"), ("de-AT", "de"), ("pt_BR", None), ("en", "en"), ("DE", "de"), ("", None)],
)
def test_languages_are_found_by_their_codes(wanted: str, found: str | None) -> None:
    assert language.available(wanted) == found


def test_languages_are_those_that_have_a_catalogue() -> None:
    assert {path.stem for path in LOCALE.iterdir()} == set(CODES)
