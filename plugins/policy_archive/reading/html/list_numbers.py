"""The numbers that a browser prints before the items of a list."""

import re
from collections.abc import Sequence
from itertools import islice

from policy_archive.reading.html.boxes import Box, InlineText
from policy_archive.text.numerals import roman

_STYLES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,200}?\b(none|disc|circle|square|decimal|"
    r"(?:lower|upper)-(?:alpha|latin|roman))\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)\]])(?:\s|$)"
)
_INTEGER = re.compile(r"\s*(-?\d{1,6})\s*", re.ASCII)


def numbers_of(listing: Box, items: Sequence[Box]) -> list[str]:
    """The printed number of each item, empty where a bullet or nothing is printed.

    Items that all begin with a number of their own are not given a second one.
    """
    style = _style(listing) or ("decimal" if listing.name == "ol" else "")
    step = -1 if "reversed" in listing.attributes else 1
    number = _integer(listing.attributes.get("start"), 1 if step == 1 else len(items))
    if style in ("", "none") or all(_OWN.match(_opening(item)) for item in items):
        return ["" for _ in items]
    numbers = []
    for item in items:
        number = _integer(item.attributes.get("value"), number)
        numbers.append(_printed(number, _style(item) or style))
        number += step
    return numbers


def _style(box: Box) -> str:
    """What the box itself says of its numbers; bullets are `none`."""
    declared = _STYLE.search(box.attributes.get("style", ""))
    kind = box.attributes.get("type", "").strip()
    style = declared[1].lower() if declared else _STYLES.get(kind, kind and "none")
    return "none" if style in ("disc", "circle", "square") else style.replace("latin", "alpha")


def _integer(value: str | None, default: int) -> int:
    match = _INTEGER.fullmatch(value or "")
    return int(match[1]) if match else default


def first_line(box: Box) -> InlineText | None:
    """The line that a number before `box` is printed on, if it is not too deep inside."""
    nodes = islice(box.walk(), 40)
    return next((node for node in nodes if isinstance(node, InlineText) and node.words), None)


def _opening(item: Box) -> str:
    line = first_line(item)
    return line.text if line else ""


def _printed(number: int, style: str) -> str:
    if style == "none":
        return ""
    text = str(number)
    if style.endswith("alpha") and number > 0:
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif style.endswith("roman") and 0 < number < 4000:
        text = roman(number)
    return (text.upper() if style.startswith("upper") else text) + "."
