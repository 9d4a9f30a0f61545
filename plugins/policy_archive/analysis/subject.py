"""Whether a text that is filed as a privacy policy is one, by its title and by what it speaks of.

Like the doubts of `quality.py`, but asked when the labeller has read the text.
"""

import re
from collections.abc import Sequence

from policy_archive.model import Document, Notice, Passage
from policy_archive.text.words import count
from policy_archive.topics.labeller import DECIDED

_OTHER_TERMS = re.compile(
    r"\bterms\b|\bconditions of (?:use|sale|service)\b|\blegal (?:notice|information|disclaimer)"
    r"|\b(?:user|service|licen[cs]e|subscriber|membership) agreement\b"
    r"|\bdisclaimer\b|\bcopyright\b",
    re.IGNORECASE,
)
_POLICY_NAME = re.compile(r"privacy|cookie|\bdata\b|personal|confidential", re.IGNORECASE)
_ALL_IN_ONE = 8
"""Terms that speak of so many topics hold the privacy policy as well: rarely do others of 18."""
_SILENT = 150
"""Words from which a privacy policy says something of some topic."""

_MESSAGES = {
    "other-terms": "By its title this is not a privacy policy: “{}”.",
    "no-topic": "Nothing in it speaks of any topic; it may not be a privacy policy.",
}


def doubts(document: Document, passages: Sequence[Passage]) -> tuple[Notice, ...]:
    """Reasons to doubt that a readable document filed as a privacy policy is one.

    Archives file a site's terms of use, articles on privacy and product pages as its policy when
    links mislead them: every seventh text of the DMOZ sample.
    """
    spoken = {passage.topic for passage in passages if passage.score >= DECIDED}
    code = ""
    if len(spoken) < _ALL_IN_ONE and _names_other_terms(document.title):
        code = "other-terms"
    elif not spoken and sum(map(count, document.texts)) >= _SILENT:
        code = "no-topic"
    message = _MESSAGES.get(code, "").format(document.title)
    return (Notice(code, message, line=document.sections[0].lines[0]),) if code else ()


def _names_other_terms(title: str) -> bool:
    return _OTHER_TERMS.search(title) is not None and not _POLICY_NAME.search(title)
