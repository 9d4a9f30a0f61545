"""Facts as pages show them: values, and the sentences that state them."""

from collections.abc import Iterable, Iterator

from policy_archive.catalogue.questions.facts import first, names_of
from policy_archive.model import Fact
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.views import Link, StatedFact
from policy_archive.topics.facts.fact import FACTS


def stated(
    facts: Iterable[Fact], topic: str, addresses: Addresses, page: str, here: str
) -> tuple[StatedFact, ...]:
    """Those of a snapshot's facts that belong to a topic; the snapshot's page is at `page`."""
    return tuple(_stated(list(facts), topic, addresses, page, here))


def _stated(
    facts: list[Fact], topic: str, addresses: Addresses, page: str, here: str
) -> Iterator[StatedFact]:
    for name in names_of(topic):
        found = [it for it in facts if it.name == name]
        if found:
            sentences = {it.sentence: addresses.relative(page, here, it.block) for it in found}
            yield StatedFact(
                name,
                FACTS[name].label,
                tuple(it.value for it in found),
                tuple(Link(text, url) for text, url in sentences.items()),
                f"{first(found, name):.10g}",
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
