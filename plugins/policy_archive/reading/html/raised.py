"""Raised and lowered text, and quotations, whose marks a line of plain text would lose.

“10” with a raised 6 is no 106, and a footnote's number is no part of the word before it.
"""

import re
from collections.abc import Mapping

from bs4.element import NavigableString, Tag

RAISING = frozenset(["q", "sub", "sup"])
_DEEPEST = 4
"""Elements around the one text in a raised element, such as a link and what marks it."""
_EXPONENT = re.compile(r"[+−–-]?\d+")
_NOTE = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*|[ivx]{1,5}")
_BRACKETED = re.compile(r"[\[(].*[\])]")
_TRADE_MARK = re.compile(r"TM|SM")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[mck]?m|ft|in|yd|mi)$")


def rewritten(tag: Tag, before: str, printed: Mapping[int, str]) -> dict[int, str]:
    """For the ids of texts in `tag`, what is printed instead, after a line so far of `before`.

    `printed` is what elements around it have said so already.
    """
    if tag.name == "q":
        return _quoted(tag, printed)
    text = _only_text(tag)
    if text is None:
        return {}
    raised = _printed(tag.name, text.strip(), before)
    return {} if raised == text.strip() else {id(text): raised}


def _printed(name: str, text: str, before: str) -> str:
    last = before[-1:]
    if name == "sub":
        return f"_{text}" if last.isdigit() and _EXPONENT.fullmatch(text) else text
    if _EXPONENT.fullmatch(text) and (last.isdigit() or _UNIT.search(before)):
        return f"^{text}"
    if _NOTE.fullmatch(text):
        return text if not last or last.isdigit() else f" [{text}]"
    if (_BRACKETED.fullmatch(text) or _TRADE_MARK.fullmatch(text)) and not last.isspace():
        return f" {text}"
    return text


def _only_text(tag: Tag) -> NavigableString | None:
    node = tag
    for _ in range(_DEEPEST):
        if len(node.contents) != 1:
            return None
        (inner,) = node.contents
        if isinstance(inner, NavigableString):
            return inner
        if not isinstance(inner, Tag):
            return None
        node = inner
    return None


def _quoted(tag: Tag, printed: Mapping[int, str]) -> dict[int, str]:
    """The first and the last text of a quotation with the marks that a browser prints."""
    first, last = _text_at(tag, 0), _text_at(tag, -1)
    if first is None or last is None:
        return {}
    made = {id(first): f"“{printed.get(id(first), first)}"}
    made[id(last)] = f"{made.get(id(last), printed.get(id(last), last))}”"
    return made


def _text_at(tag: Tag, place: int) -> NavigableString | None:
    node = tag
    for _ in range(_DEEPEST):
        if not node.contents:
            return None
        inner = node.contents[place]
        if isinstance(inner, NavigableString):
            return inner
        if not isinstance(inner, Tag):
            return None
        node = inner
    return None
