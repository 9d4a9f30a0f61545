"""The ledger as readers see it: repairs by rule, with the words that differ marked."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from policy_archive.cleaning import RULES
from policy_archive.model import Lines, Repair
from policy_archive.pages.language import gettext
from policy_archive.reading import REPAIRS

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")
_AROUND = 60
"""Characters that are shown before and after what a repair changed."""
_CLOSE = 80
"""Longer differences are marked as a whole: comparing their words would cost more than it shows."""

_RULES = {rule.name: (position, rule) for position, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class RepairView:
    """One line of the ledger."""

    lines: str
    before_html: str
    after_html: str
    """Empty: removed. `<del>` and `<ins>` mark the words that differ."""


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """The repairs of one rule."""

    rule: str
    summary: str
    routine: bool
    repairs: tuple[RepairView, ...]


def grouped(repairs: Sequence[Repair]) -> tuple[RepairGroup, ...]:
    """Repairs by rule, in the order in which rules run; those of readers come first."""
    by_rule: dict[str, list[Repair]] = defaultdict(list)
    for repair in repairs:
        by_rule[repair.rule].append(repair)
    names = sorted(by_rule, key=lambda name: (_RULES[name][0] if name in _RULES else -1, name))
    return tuple(_group(name, by_rule[name]) for name in names)


def _group(name: str, repairs: Sequence[Repair]) -> RepairGroup:
    views = tuple(_view(repair) for repair in repairs)
    if name in REPAIRS:
        summary, routine = REPAIRS[name]
    else:
        rule = _RULES[name][1]
        summary, routine = rule.summary, rule.routine
    return RepairGroup(name, gettext(summary), routine, views)


def _view(repair: Repair) -> RepairView:
    before, after = _marked(repair.before, repair.after)
    return RepairView(_lines(repair.lines), before, after)


def _lines(lines: Lines) -> str:
    first, last = lines
    return str(first) if first == last else f"{first}–{last}"


def _marked(before: str, after: str) -> tuple[str, str]:
    """Both texts as HTML, what only one of them has in `del` or `ins`."""
    if not after:
        return f"<del>{escape(before)}</del>", ""
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    left, right = _differences(middle_a, middle_b)
    # What both have is on the page; only as much of it stays as shows where this is.
    opening, closing = "".join(a[:start]), "".join(a[len(a) - end :])
    opening = escape(opening if len(opening) <= _AROUND else f"… {opening[-_AROUND:]}")
    closing = escape(closing if len(closing) <= _AROUND else f"{closing[:_AROUND]} …")
    return opening + left + closing, opening + right + closing


def _differences(a: list[str], b: list[str]) -> tuple[str, str]:
    if max(len(a), len(b)) > _CLOSE:
        return _wrapped("del", a), _wrapped("ins", b)
    left, right = "", ""
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = tag == "equal"
        left += escape("".join(a[a1:a2])) if same else _wrapped("del", a[a1:a2])
        right += escape("".join(b[b1:b2])) if same else _wrapped("ins", b[b1:b2])
    return left, right


def _wrapped(tag: str, tokens: list[str]) -> str:
    return f"<{tag}>{escape(''.join(tokens))}</{tag}>" if tokens else ""
