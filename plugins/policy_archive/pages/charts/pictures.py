"""Pictures the server draws: small, deterministic SVG with a title and a description.

Positions are percentages and sizes pixels, so that a picture fills its column without shrinking
its words on a phone. Colours come from the style sheet through classes, with `currentColor` where
there is none, so both colour schemes and forced colours work.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import NamedTuple

from policy_archive.pages.language import gettext, ngettext, number

_CHART = 120
"""Height of the bars of the coverage picture."""
_TOP = 20
_MAX_LABELS = 12
_MAX_BAR = 5.0
"""Per cent of the width: a lone year is a bar, not a wall."""
_GAP_DAYS = 550
"""Between captures further apart than this (a year and a half) the timeline is hatched."""

_CLOSE = 30
"""From so many captures on dots are smaller and let each other show through."""


_DEGREES = (0.05, 0.2, 0.5)
"""From which share of changed words on a dot is darker."""


class Moment(NamedTuple):
    """A dated snapshot on a timeline."""

    date: str
    """ISO 8601; what follows the day is not looked at."""
    label: str
    url: str
    doubtful: bool = False
    change: float = 0.0
    """Share of the words that changed since the snapshot before, 0 to 1."""
    segment: str = ""
    """Its name in addresses, for scripts."""


class Timeline(NamedTuple):
    """A policy's captures in time, and which of its marks a legend is to explain."""

    html: str = ""
    doubtful: bool = False
    """Whether dots are hollow."""
    gaps: bool = False
    """Whether stretches are hatched."""


def coverage(years: Iterable[tuple[str, int]]) -> str:
    """Captures by year as bars; years without a capture keep their place, others stand last."""
    figures = _with_gaps(years)
    if not figures:
        return ""
    most = max(count for _, count in figures) or 1
    step = 100 / len(figures)
    thick = min(step * 0.68, _MAX_BAR)
    every = -(-len(figures) // _MAX_LABELS)
    base = _TOP + _CHART
    marks = [f'<line class="pa-pic-axis" x1="0" x2="100%" y1="{base}.5" y2="{base}.5"/>']
    for index, (year, count) in enumerate(figures):
        middle = step * (index + 0.5)
        height = round(_CHART * count / most, 1) if count else 0
        if count:
            marks.append(
                f'<rect class="pa-pic-bar" x="{decimals(middle - thick / 2)}%" '
                f'y="{decimals(base - height)}" width="{decimals(thick)}%" '
                f'height="{decimals(max(height, 1))}">'
                f"<title>{escape(year)}: {number(count)}</title></rect>"
            )
        if count and (len(figures) <= _MAX_LABELS or count == most):
            marks.append(text_at(middle, base - height - 6, number(count), "pa-pic-figure"))
        if index % every == 0 or (index == len(figures) - 1 and index % every > every / 2):
            marks.append(text_at(middle, base + 18, year, "pa-pic-label"))
    total = sum(count for _, count in figures)
    listed = "; ".join(f"{year}: {number(count)}" for year, count in figures if count)
    description = ngettext(
        "%(num)s capture. %(years)s.", "%(num)s captures. %(years)s.", total, years=listed
    )
    return svg("pa-coverage", base + 26, gettext("Captures by year"), description, marks)


def share(speaking: int, silent: int, unchecked: int) -> str:
    """How many policies speak to a topic, are silent, were not checked, as one divided bar."""
    total = speaking + silent + unchecked
    title = ngettext(
        "%(speaking)s of %(num)s speak to it",
        "%(speaking)s of %(num)s speak to it",
        total,
        speaking=number(speaking),
    )
    description = gettext(
        "Nothing found in %(silent)s; %(unchecked)s not checked.",
        silent=number(silent),
        unchecked=number(unchecked),
    )
    marks = ['<rect class="pa-pic-track" width="100%" height="8" rx="1"/>']
    at = 0.0
    for name, count in (("speaking", speaking), ("silent", silent), ("unchecked", unchecked)):
        if count:
            width = 100 * count / total
            marks.append(
                f'<rect class="pa-pic-{name}" x="{decimals(at)}%" width="{decimals(width)}%" '
                'height="8"/>'
            )
            at += width
    return (
        '<svg class="pa-pic pa-pic-share" width="100%" height="8" role="img" fill="currentColor">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(marks)}</svg>"
    )


def timeline(moments: Sequence[Moment]) -> Timeline:
    """A policy's captures in time: dots sized by change, long gaps hatched, doubts hollow.

    Empty with fewer than two: a line with one dot says nothing.
    """
    dated = sorted(((_day(moment.date), moment) for moment in moments), key=lambda pair: pair[0])
    if len(dated) < 2 or dated[0][0] == dated[-1][0]:
        return Timeline()
    first, last = dated[0][0], dated[-1][0]

    def place(day: int) -> float:
        return 2 + 96 * (day - first) / (last - first)

    marks = [
        '<defs><pattern id="pa-gap" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="pa-pic-hatch" x1="0" y1="0" x2="0" y2="6"/>'
        "</pattern></defs>",
        f'<line class="pa-pic-axis" x1="{decimals(place(first))}%" x2="{decimals(place(last))}%" '
        'y1="28" y2="28"/>',
    ]
    for (before, _), (after, _) in pairwise(dated):
        if after - before > _GAP_DAYS:
            left, width = place(before), place(after) - place(before)
            marks.append(
                f'<rect class="pa-pic-gap" x="{decimals(left)}%" y="20" width="{decimals(width)}%" '
                'height="16" fill="url(#pa-gap)"/>'
            )
    marks += [_year_mark(year, place(start)) for year, start in _year_starts(first, last).items()]
    close = len(dated) > _CLOSE
    marks += [_dot(moment, place(day), close=close) for day, moment in dated]
    doubtful = sum(moment.doubtful for _, moment in dated)
    gaps = sum(b - a > _GAP_DAYS for (a, _), (b, _) in pairwise(dated))
    description = _told(dated[0][1], dated[-1][1], len(dated), doubtful, gaps)
    title = gettext("Captures in time")
    picture = svg("pa-timeline", 64, title, description, marks, role="group")
    return Timeline(picture, doubtful > 0, gaps > 0)


def _told(first: Moment, last: Moment, captures: int, doubtful: int, gaps: int) -> str:
    """A timeline in words."""
    said = [
        ngettext(
            "%(num)s capture from %(first)s to %(last)s.",
            "%(num)s captures from %(first)s to %(last)s.",
            captures,
            first=first.label,
            last=last.label,
        )
    ]
    if doubtful:
        said.append(
            ngettext("%(num)s doubtful, drawn hollow.", "%(num)s doubtful, drawn hollow.", doubtful)
        )
    if gaps:
        said.append(
            ngettext(
                "%(num)s gap longer than eighteen months, hatched.",
                "%(num)s gaps longer than eighteen months, hatched.",
                gaps,
            )
        )
    return " ".join(said)


def _with_gaps(years: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The figures in order, with a zero for every year in between; what is no year comes last."""
    counted: Mapping[str, int] = dict(years)
    numbers = sorted(int(year) for year in counted if year.isascii() and year.isdigit())
    figures = []
    if numbers:
        span = range(numbers[0], numbers[-1] + 1)
        figures = [(str(year), counted.get(str(year), 0)) for year in span]
    return figures + sorted(item for item in counted.items() if not item[0].isdigit())


def _day(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()


def _year_starts(first: int, last: int) -> dict[int, int]:
    """Every year that begins on the line, thinned so that labels do not touch on a phone."""
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    every = max(1, -(-len(years) // 8))
    return {year: date(year, 1, 1).toordinal() for year in years[::every]}


def _year_mark(year: int, at: float) -> str:
    tick = f'<line class="pa-pic-tick" x1="{decimals(at)}%" x2="{decimals(at)}%" y1="24" y2="32"/>'
    return tick + text_at(at, 56, str(year), "pa-pic-label")


def _dot(moment: Moment, at: float, *, close: bool) -> str:
    least = 3 if close else 5
    radius = least + round((10 - least) * min(max(moment.change, 0.0), 1.0), 1)
    kind = "pa-pic-doubtful" if moment.doubtful else "pa-pic-dot"
    kind += " pa-pic-close" if close else ""
    name = moment.label
    if moment.doubtful:
        name = gettext("%(day)s (doubtful)", day=moment.label)
    degree = bisect_right(_DEGREES, moment.change)
    circle = (
        f'<circle class="{kind}" data-degree="{degree}" cx="{decimals(at)}%" cy="28" '
        f'r="{decimals(radius)}"/>'
    )
    # A wide transparent circle makes the target at least 24 pixels, whatever the dot's size.
    target = f'<circle cx="{decimals(at)}%" cy="28" r="12" fill="transparent"/>'
    name = escape(name)
    link = escape(moment.url)
    capture = f' data-capture="{escape(moment.segment)}"' if moment.segment else ""
    return (
        f'<a href="{link}"{capture} aria-label="{name}"><title>{name}</title>{target}{circle}</a>'
    )


def text_at(at: float, y: float, words: str, kind: str) -> str:
    """Words at a place in per cent of the width, in the style of `kind`."""
    # At the edges the words lean inwards, so that none is cut off.
    anchor = "start" if at < 2 else "end" if at > 98 else "middle"
    return (
        f'<text class="{kind}" x="{decimals(at)}%" y="{decimals(y)}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def svg(
    name: str,
    height: int,
    title: str,
    description: str,
    marks: Sequence[str],
    *,
    role: str = "img",
) -> str:
    """A picture of its marks, with a title and a description; `name` is its own on a page."""
    return (
        f'<svg class="pa-pic" width="100%" height="{height}" role="{role}" fill="currentColor" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{"".join(marks)}</svg>'
    )


def decimals(value: float) -> str:
    """A number with at most two decimals and no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
