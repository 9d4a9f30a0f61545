"""What is mended in a converter's lines before Markdown is made of them.

A line keeps the number it has in the file, however many are made of it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from policy_archive.model import Repair

_BRACKET = re.compile(r"\\.|\[|\](?:\((?:[^()\s]|\([^()\s]*\))*\))?")
_HEADING_MARK = re.compile(r"#{1,6} ")
_GROWN_HEADING = re.compile(r"(?<=[.!?:;])[ \t\xa0]*(?=#{2,6} [\w*])")
_ONLY_MARKS = re.compile(r"[\s\d.)*+-]*")
_WIDE_NUMBER = re.compile(r"\s*\d\d[.)]  (?=\S)")
_TARGET = re.compile(r"(?<=\]\()(?:mailto:|https?://)(?:[^()\\\"]|\\.)*(?=\))")
_BACKSLASH_TARGET = re.compile(r"(?<=\]\()([^()\s\\]+)\\(?=\)[,.;:]?(?:\s|$))")
"""The page's address ends in a backslash, which makes a letter of the bracket behind it."""
_EMPTY_LINKS = re.compile(r"(?:\[\]\([^()\s]*\))+(?=(?:[*+-]|\d{1,3}[.)]|#{1,6})[ \t]+\S)")
"""Anchors that a page had before its list or heading, whose mark then begins no line."""


class SourceLine(NamedTuple):
    """A line of Markdown and the line of the file that it comes from, from 1."""

    text: str
    number: int


def mended(text: str) -> tuple[list[SourceLine], list[Repair]]:
    """The lines of `text` for the parser, and what had to be taken out of them."""
    lines = [_mended_line(line) for line in text.split("\n")]
    cuts, repairs = _split_links(lines)
    result: list[SourceLine] = []
    for place, line in enumerate(lines):
        pieces = _without(line, cuts[place]) if place in cuts else [line]
        if "## " in line and line.lstrip()[:1] != "|":
            pieces = [part for piece in pieces for part in _apart(piece)]
        result.extend(SourceLine(piece, place + 1) for piece in pieces)
    return result, repairs


def _apart(line: str) -> list[str]:
    """`line` with headings that have grown together with the text before them below it."""
    text, *headings = _GROWN_HEADING.split(line)
    if _ONLY_MARKS.fullmatch(text):
        return [line]  # an item of a list, which holds a heading
    return [text, *(part for heading in headings for part in ("", heading))]


def _mended_line(line: str) -> str:
    # turndown indents what belongs to an item by four columns, and prints `10.` with two spaces.
    if line[:1] in " 123456789" and (found := _WIDE_NUMBER.match(line)):
        line = line[: found.end() - 1] + line[found.end() :]
    if "](" not in line:
        return line
    if found := _EMPTY_LINKS.match(line):
        line = line[found.end() :]
    line = _BACKSLASH_TARGET.sub(r"\1%5C", line)
    return _TARGET.sub(_without_spaces, line)


def _without_spaces(target: re.Match[str]) -> str:
    scheme, colon, rest = target[0].partition(":")
    return scheme + colon + rest.strip(" \t").replace(" ", "%20")


def _split_links(
    lines: Sequence[str],
) -> tuple[dict[int, list[tuple[int, int]]], list[Repair]]:
    """Links around whole blocks (`[`, a heading, a paragraph, `](target)`): where their marks are.

    CommonMark knows no such links and would print bracket and target as if they had been text.
    """
    cuts: dict[int, list[tuple[int, int]]] = {}
    repairs: list[Repair] = []
    unclosed: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        if not line.strip():
            unclosed += inside
            inside = []
        elif "[" in line or "]" in line:
            for found in _BRACKET.finditer(line):
                if found[0] == "[":
                    inside.append((place, found.start()))
                elif found[0][0] == "]" and inside:
                    inside.pop()
                elif found[0].startswith("](") and unclosed:
                    opened, column = unclosed.pop()
                    cuts.setdefault(opened, []).append((column, column + 1))
                    cuts.setdefault(place, []).append(found.span())
                    repairs.append(Repair("split-link", (place + 1, place + 1), "[ ]", ""))
    return cuts, repairs


def _without(line: str, cuts: Sequence[tuple[int, int]]) -> list[str]:
    """`line` without what stands in `cuts`, in several lines where that frees a heading's mark."""
    pieces = [""]
    done = 0
    indent = line[: len(line) - len(line.lstrip())]
    for start, end in sorted(cuts):
        pieces[-1] += line[done:start]
        if _HEADING_MARK.match(line, end) and pieces[-1].strip():
            pieces += ["", indent]
        elif end > start + 1:
            pieces[-1] += " "  # two links in a row are two things to click
        done = end
    pieces[-1] += line[done:]
    return pieces
