"""Facts as pages show them: values, and the sentences that state them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from policy_archive.catalogue.questions.facts import names_of
from policy_archive.model import Fact
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.language import ENGLISH, current, gettext, marked, ngettext
from policy_archive.pages.views import Link, StatedFact
from policy_archive.topics.facts.fact import FACTS

_PERIOD = re.compile(r"(?:(\d+) to )?(\d+) (\w+ )?(hour|day|week|month|year)s?")
_UNITS: Mapping[str, Callable[[int], str]] = {
    "hour": lambda count: ngettext("%(num)s hour", "%(num)s hours", count),
    "day": lambda count: ngettext("%(num)s day", "%(num)s days", count),
    "week": lambda count: ngettext("%(num)s week", "%(num)s weeks", count),
    "month": lambda count: ngettext("%(num)s month", "%(num)s months", count),
    "year": lambda count: ngettext("%(num)s year", "%(num)s years", count),
}
_KINDS = {
    "": "%(period)s",
    "business": marked("%(period)s (business days)"),
    "working": marked("%(period)s (working days)"),
    "calendar": marked("%(period)s (calendar days)"),
    "consecutive": marked("%(period)s (consecutive)"),
}
_PHRASES = (
    *(marked("as long as needed"), marked("as long as the account exists")),
    *(marked("honoured"), marked("honoured in some cases"), marked("not honoured")),
)


def stated(
    facts: Iterable[Fact], addresses: Addresses, page: str, here: str
) -> tuple[StatedFact, ...]:
    """A snapshot's facts, in their order; the snapshot's page is at `page`."""
    return tuple(_stated(facts, addresses, page, here))


def _stated(
    facts: Iterable[Fact], addresses: Addresses, page: str, here: str
) -> Iterator[StatedFact]:
    for name, group in groupby(facts, key=lambda it: it.name):
        found = list(group)
        sentences = {it.sentence: addresses.relative(page, here, it.block) for it in found}
        yield StatedFact(
            name,
            gettext(FACTS[name].label),
            tuple(_said(it.value) for it in found),
            tuple(Link(text, url) for text, url in sentences.items()),
            f"{min(it.order for it in found):.10g}",
        )


def orders(topic: str, facts: Iterable[Iterable[StatedFact]]) -> tuple[tuple[str, str], ...]:
    """How rows with these facts can be sorted: an order's name, and what then stands first."""
    there = {it.name for row in facts for it in row}
    return tuple(
        order
        for name in names_of(topic)
        if name in there
        for order in (
            (name, gettext(FACTS[name].first)),
            (f"-{name}", gettext(FACTS[name].last)),
        )
    )


def _said(value: str) -> str:
    """A fact's value, which was read in English: a period, a phrase, or a day in figures."""
    if current() is ENGLISH:
        return value
    if value in _PHRASES:
        return gettext(value)
    found = _PERIOD.fullmatch(value)
    if not found or (found[3] or "").strip() not in _KINDS:
        return value
    first, number, kind, unit = found.groups()
    period = _UNITS[unit](int(number))
    if first:
        period = gettext("%(first)s to %(last)s", first=first, last=period)
    return gettext(_KINDS[(kind or "").strip()], period=period)
