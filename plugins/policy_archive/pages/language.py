"""The language of our own words: messages, and how numbers and shares are written.

The English words in templates, code and scripts are the messages; `locale/<code>.po` has what they
are in another language, `<code>.mo` the same for gettext, `<code>.js` those of scripts. Archived
words are in a language of their own and never pass through here.

A build speaks one language. Which one is a matter of the context that it runs in, as in `decimal`:
a worker that makes pages of two sites in two threads must not mix them.
"""

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple

LOCALE = Path(__file__).parent / "locale"
"""The catalogues."""


class Language(NamedTuple):
    """A language of the interface, and what a catalogue of messages cannot say of it."""

    code: str
    """BCP 47."""
    direction: str = "ltr"
    thousands: str = ","
    """Between groups of three digits."""
    fewest: int = 1_000
    """The least number whose digits are grouped."""
    percent: str = "%"
    """What stands behind a percentage, with its space."""
    nouns_are_capitalised: bool = False


ENGLISH = Language("en")
LANGUAGES = {
    it.code: it
    for it in (
        ENGLISH,
        Language("de", thousands=".", percent="\u00a0%", nouns_are_capitalised=True),
        Language("es", thousands=".", fewest=10_000, percent="\u00a0%"),
        Language("fr", thousands="\u202f", percent="\u202f%"),
    )
}
"""Those that have a catalogue, and English."""

_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language that is spoken here."""
    return _current.get()


def speak(code: str) -> None:
    """Speak the language of this code from here on."""
    _current.set(LANGUAGES[code])


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak the language of this code meanwhile."""
    token = _current.set(LANGUAGES[code])
    try:
        yield
    finally:
        _current.reset(token)


def available(wanted: str) -> str | None:
    """The code of the language that is `wanted` (`de-AT`, `pt_BR`), if there is a catalogue."""
    parts = wanted.replace("_", "-").lower().split("-")
    return parts[0] if parts[0] in LANGUAGES else None


def attributes(around: str) -> str:
    """What an element with our words needs where the language `around` it is another."""
    language = current()
    if around == language.code:
        return ""
    return f' lang="{language.code}" dir="{language.direction}"'


@cache
def _messages(code: str) -> catalogues.NullTranslations:
    if code == ENGLISH.code:
        return catalogues.NullTranslations()
    with (LOCALE / f"{code}.mo").open("rb") as file:
        return catalogues.GNUTranslations(file)


def translated(message: str) -> str:
    """`message` as the catalogue has it, its places for values unfilled; English: as it is."""
    return _messages(current().code).gettext(message) if message else ""


def translated_plural(one: str, many: str, count: int) -> str:
    """The same of a message that goes by a number."""
    return _messages(current().code).ngettext(one, many, count)


def gettext(message: str, **values: object) -> str:
    """`message`, English and with places such as `%(day)s`, in the language that is spoken."""
    return translated(message) % values


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of a message that fits `count`, which stands in it as `%(num)s`."""
    return translated_plural(one, many, count) % {**values, "num": number(count)}


def marked(message: str) -> str:
    """`message` itself, which is for the catalogue: it is said later, by `gettext`."""
    return message


def number(value: int) -> str:
    """A whole number with its digits in groups."""
    language = current()
    return f"{value:,}".replace(",", language.thousands if abs(value) >= language.fewest else "")


def left_to_right(text: str) -> str:
    """Figures with signs, isolated from words that would turn them around."""
    return f"\u2066{text}\u2069" if current().direction == "rtl" else text


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent."""
    return f"{share:.0%}".replace("%", current().percent)


def in_sentence(name: str) -> str:
    """The name of a topic or kind as it stands within a sentence."""
    return name if current().nouns_are_capitalised else name.lower()


def opening(name: str) -> str:
    """The same as it stands at a sentence's beginning."""
    return name[:1].upper() + name[1:]
