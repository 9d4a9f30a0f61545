"""Which capture speaks for its policy: the newest one that is the policy at all.

A newest capture may be an error page, three words, or a page in another language that a site
showed once; what a policy says is then read from the last sound capture, and told so. That a
capture's date is unknown, or where it came from, makes it no less sound.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

BROKEN = frozenset(
    {"beyond-limits", "empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"}
)
"""Doubts under which a capture is not the policy at all."""
UNKNOWN = frozenset(
    {"date-of-name", "no-date", "no-provenance", "no-url", "short-timestamp", "unknown-key"}
)
"""Doubts that are about what is known of a capture, and not about its text."""
LOST_WORDS, OTHER_LANGUAGE = "lost-words", "other-language"
"""Faults that a capture has beside those before it."""
_LOST = 0.25
"""A capture with less than this share of the words before it lost most of the text."""


class Capture(NamedTuple):
    """What is known of a capture here."""

    codes: frozenset[str]
    """Of its doubts."""
    language: str
    """BCP 47; "und" where it could not be told."""
    words: int


def faults(captures: Iterable[Capture]) -> Sequence[str]:
    """Why each of a policy's captures, oldest first, cannot speak for it; empty for sound ones.

    That is the code of a doubt, or what it lacks beside the one before it that is no broken one.
    Where all of them are at fault nothing tells which is not, and none is said to be.
    """
    found = []
    before: Capture | None = None
    for capture in captures:
        broken = min(BROKEN & capture.codes, default="")
        found.append(broken or _fault(before, capture))
        before = before if broken else capture
    return found if not all(found) else [""] * len(found)


def _fault(before: Capture | None, it: Capture) -> str:
    """What a capture that is not broken lacks beside the one before it."""
    if before is None:
        return ""
    if "und" not in (it.language, before.language) and it.language != before.language:
        return OTHER_LANGUAGE
    return LOST_WORDS if it.words < _LOST * before.words else ""


def is_doubtful(codes: Iterable[str]) -> bool:
    """Whether doubts are about the text itself, and not only about what is known of it."""
    return any(code not in UNKNOWN for code in codes)
