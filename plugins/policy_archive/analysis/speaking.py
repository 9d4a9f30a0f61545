"""Which capture speaks for its policy: the newest one that is the policy at all.

A newest capture may be an error page, three words, or a page in another language that a site
showed once; what a policy says is then read from the last sound capture, and told so. That a
capture's date is unknown, or where it came from, makes it no less sound.
"""

from collections.abc import Sequence
from typing import NamedTuple

BROKEN = frozenset(
    {"beyond-limits", "empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"}
)
"""Doubts under which a capture is not the policy at all."""
UNSOUND = BROKEN | {"other-language", "other-terms", "truncated", "no-topic"}
"""Doubts that make a text doubtful; others are about what is known of it."""
_LOST = 0.25
"""A capture with less than this share of the words before it lost most of the text."""


class Capture(NamedTuple):
    """What is known of a capture here, in the order in which they were taken."""

    codes: frozenset[str]
    """Of its doubts."""
    language: str
    words: int


class Speaking(NamedTuple):
    """The capture that speaks for its policy, and why a newer one does not."""

    place: int
    """Among the captures."""
    reason: str = ""
    """The code of the newest one's doubt; `lost-words` or `other-language` beside those before it;
    empty where the newest itself speaks."""


def speaking(captures: Sequence[Capture]) -> Speaking:
    """Which of a policy's captures, oldest first, speaks for it: the newest one that is sound.

    Where none is, the newest speaks all the same.

    Raises:
        ValueError: there is no capture.
    """
    if not captures:
        raise ValueError("a policy has a capture at least")
    reason = ""
    for place in range(len(captures) - 1, -1, -1):
        found = _fault(captures, place)
        if not found:
            return Speaking(place, reason)
        reason = reason or found
    return Speaking(len(captures) - 1)


def _fault(captures: Sequence[Capture], place: int) -> str:
    """Why a capture does not speak, by itself or beside the sound one before it."""
    it = captures[place]
    for code in sorted(BROKEN & it.codes):
        return code
    sound = (other for other in reversed(captures[:place]) if not BROKEN & other.codes)
    before = next(sound, None)
    if before is None:
        return ""
    if "und" not in (it.language, before.language) and it.language != before.language:
        return "other-language"
    return "lost-words" if it.words < _LOST * before.words else ""


def is_doubtful(codes: frozenset[str]) -> bool:
    """Whether doubts are about the text itself, and not only about what is known of it."""
    return not UNSOUND.isdisjoint(codes)
