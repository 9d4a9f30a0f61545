"""Doubts as readers are told them."""

from policy_archive.diagnostics import NOTICES
from policy_archive.model import Notice
from policy_archive.pages.language import ENGLISH, current, gettext


def doubt(notice: Notice) -> str:
    """A doubt in the language of the site: in English with its details, else what it means."""
    return notice.message if current() is ENGLISH else doubt_of(notice.code)


def doubt_of(code: str) -> str:
    """What the doubt with this code means; empty for none."""
    return gettext(NOTICES.get(code, ""))
