"""Facts as pages show them: values, and the sentences that state them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from policy_archive.catalogue.questions.facts import names_of
from policy_archive.model import Fact
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.views import Link, StatedFact
from policy_archive.topics.facts.fact import FACTS


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
            FACTS[name].label,
            tuple(it.value for it in found),
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
        for order in ((name, FACTS[name].first), (f"-{name}", FACTS[name].last))
    )
