"""The archive as one build publishes it: what pages draw on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from policy_archive.build.tasks import read_source
from policy_archive.build.texts import RECORD, Texts, unpacked
from policy_archive.build.visit import Order, decoded
from policy_archive.catalogue.archive import Entry
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.published.moved import NOWHERE, Former
from policy_archive.catalogue.published.withdrawn import NOTHING, Withdrawn
from policy_archive.catalogue.questions import (
    contents,
    listings,
    policies,
    ranges,
    similar,
    timeline,
)
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.questions.listings import Figures, Range, Tally
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.dataset.data_package import About
from policy_archive.dataset.files import DataFile
from policy_archive.dataset.rows import Contents
from policy_archive.dataset.sections import Sections
from policy_archive.errors import SourceError
from policy_archive.model import Record
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.context import BodyContext
from policy_archive.sources.files import Source
from policy_archive.topics.taxonomy import Taxonomy

MOST_POLICIES_FOR_YEARS = 5_000
"""Larger archives have the picture of all years, but no pages for each of them: these repeat every
policy for each topic and year, which is half of what the snapshots themselves take."""

WORDS_OF_A_TEXT = 2_000
"""Of a usual policy: longer ones count for several in the theme's index."""


@dataclass(eq=False)
class Publication:
    """An archive, and the choices of the site that shows it."""

    catalogue: Catalogue
    texts: Texts
    sources: Mapping[str, Source]
    """By the names that the catalogue has."""
    order: Order
    taxonomy: Taxonomy
    context: BodyContext
    rows: int
    """Rows of a listing's page, at most."""
    search_texts: int
    """How many snapshots, or policies, the theme's own index may hold."""
    search_page: bool
    """Whether there is a page that searches every text, with Pagefind."""
    built: str
    withdrawn: Withdrawn = NOTHING
    """What is shown no more."""
    former: Former = NOWHERE
    """Addresses that pages have left."""
    data: bool = True
    """Whether the archive is published as a dataset as well."""
    about: About = field(default_factory=About)
    """What its keepers say of it."""
    tables: Sequence[DataFile] = ()
    """The files of the dataset, where it is published."""
    robots: str = "allow"
    """Whether `robots.txt` lets programs in: "allow", "refuse"; "none": there is no such file."""
    noindex: str = "none"
    """Which pages ask search engines not to list them: "none", "archived", "all"."""
    sitemap: bool = False
    """Whether the site has a sitemap."""
    site_name: str = ""
    repo_url: str = ""
    theme_search: bool = False
    """Whether the theme's own search opens from the page's head."""
    _changes_on: dict[str, Sequence[tuple[bytes, str]]] = field(default_factory=dict)
    _change_pages: dict[str, Sequence[Sequence[tuple[bytes, str]]]] = field(default_factory=dict)
    _history: dict[int, PolicyHistory] = field(default_factory=dict)
    _inherited: tuple[object, ...] = ()

    def open_again(self) -> None:
        """In a copy of this process: have connections of its own."""
        # Those of the first process must not be closed from here.
        self._inherited = self.catalogue, self.texts
        self.catalogue, self.texts = self.catalogue.opened_again(), self.texts.opened_again()

    @property
    def addresses(self) -> Addresses:
        """Where pages stand."""
        return self.context.addresses

    @property
    def contents(self) -> Contents:
        """What rows of the dataset are drawn from."""
        sections = Sections(self.texts, self.sources, self.order.settings)
        return Contents(self.catalogue, sections, self.taxonomy)

    @property
    def name(self) -> str:
        """Of the site or collection."""
        return self.context.name

    @property
    def disabled_rules(self) -> frozenset[str]:
        """Cleaning rules that are left out."""
        return self.order.settings.disabled_rules

    def history(self, policy: int) -> PolicyHistory:
        """A policy by its id, whole; one is held at a time, since its pages follow each other."""
        if policy not in self._history:
            self._history.clear()
            self._history[policy] = policies.history(self.catalogue, policy)
        return self._history[policy]

    def record(self, entry: Entry) -> Record:
        """The whole record of a snapshot, with its corrected labels."""
        data = self.texts.get(entry.key, RECORD)
        record = decoded(data) if data else self._read(entry)
        return self.order.corrections.apply(record)

    def _read(self, entry: Entry) -> Record:
        assert isinstance(entry, Placed)
        return read_source(self.sources[entry.name], self.order.settings)

    def part(self, entry: Entry, name: str) -> bytes | None:
        """What the visit to a snapshot's text has made under `name`; None: it is not kept."""
        return self.change_part(entry.key, name)

    def change_part(self, key: str, name: str) -> bytes | None:
        """The same of the visit to two texts, by the key of their change."""
        data = self.texts.get(key, name)
        return unpacked(data) if data else None

    def source_bytes(self, entry: Placed) -> bytes:
        """The archived bytes, of which the snapshot's page states the digest.

        Raises:
            SourceError: the file holds others now.
            OSError: it cannot be read any more.
        """
        data = self.sources[entry.name].read()
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise SourceError(
                f"{entry.name}: edited during this build, which shows its text of before without "
                "the source; build again"
            )
        return data

    @cached_property
    def documents(self) -> Mapping[str, Path]:
        """Documents that texts were taken out of, by the names of these."""
        return {name: it.document for name, it in self.sources.items() if it.document}

    @cached_property
    def figures(self) -> Figures:
        """How much there is."""
        return listings.figures(self.catalogue)

    @cached_property
    def days(self) -> tuple[str, str]:
        """Days (`YYYYMMDD`) of the oldest and the newest of all captures; empty: none has one."""
        return listings.days(self.catalogue)

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        """Figures by topic id."""
        return listings.tallies(self.catalogue, [it.id for it in self.taxonomy.topics])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of policy there is."""
        return tuple(listings.kinds(self.catalogue))

    @cached_property
    def pages(self) -> Sequence[Range]:
        """The pages of each listing of all policies."""
        return listings.pages(self.catalogue)

    @cached_property
    def page_digests(self) -> Sequence[str]:
        """Of each page, a digest of all that its policies show."""
        names = listings.names(self.catalogue)
        return [digest(it) for it in divided(names, [page.first for page in self.pages])]

    @cached_property
    def similar_digests(self) -> Mapping[tuple[str, int], object]:
        """By topic and number of a page: another value where similar passages became others."""
        return similar.page_states(self.catalogue, [page.first for page in self.pages])

    @cached_property
    def years(self) -> Sequence[str]:
        """The years that a comparison can go back to."""
        return timeline.years(self.catalogue)

    @cached_property
    def year_figures(self) -> Mapping[str, Sequence[tuple[str, int, int]]]:
        """By topic: year, policies that spoke to it at its end, policies that were checked."""
        return timeline.year_figures(self.catalogue, [it.id for it in self.taxonomy.topics])

    @property
    def year_pages(self) -> Sequence[str]:
        """The years that have comparisons of their own: all but the last, whose end is now."""
        few = self.figures.policies <= MOST_POLICIES_FOR_YEARS
        return self.years[:-1] if few else ()

    @cached_property
    def year_digests(self) -> Mapping[str, str]:
        """By year, a digest of who stood in the archive at its end, and with what."""
        return {year: listings.digest_then(self.catalogue, year) for year in self.year_pages}

    @cached_property
    def changes(self) -> Sequence[tuple[bytes, str]]:
        """Every change of the sites' own words, newest first: name, digest of what it shows."""
        return timeline.change_names(self.catalogue)

    def changes_on(self, topic: str) -> Sequence[tuple[bytes, str]]:
        """The same of those that touch a topic; of all without one."""
        if not topic:
            return self.changes
        if topic not in self._changes_on:
            self._changes_on[topic] = timeline.change_names(self.catalogue, topic)
        return self._changes_on[topic]

    @cached_property
    def change_years(self) -> Sequence[str]:
        """The years that have changes of the sites' own words, newest first."""
        found = {month[:4] for month, own, *_ in self.changes_by_month if own}
        return sorted(found, reverse=True)

    def change_pages(self, topic: str = "") -> Sequence[Sequence[tuple[bytes, str]]]:
        """The same by the page of their list; one, and empty, where there are none."""
        if topic not in self._change_pages:
            self._change_pages[topic] = list(ranges.pages(self.changes_on(topic), self.rows))
        return self._change_pages[topic]

    @cached_property
    def changes_by_month(self) -> Sequence[tuple[str, int, int, int]]:
        """Months (`YYYYMM`), how many changes of the sites' own words, technical ones, returns."""
        return timeline.changes_by_month(self.catalogue)

    @cached_property
    def has_changes(self) -> bool:
        """Whether any two captures were compared."""
        return bool(self.changes_by_month)

    @cached_property
    def topics_with_changes(self) -> frozenset[str]:
        """Topics that have a feed: a change to tell of, and absolute addresses to do it with."""
        if not self.addresses.site_url:
            return frozenset()
        return frozenset(timeline.topics_with_changes(self.catalogue))

    @cached_property
    def full_text_search(self) -> bool:
        """Whether the theme's own index, which every reader downloads, holds whole texts."""
        few = self.figures.snapshots <= self.search_texts
        return few and listings.words(self.catalogue) <= self.search_texts * WORDS_OF_A_TEXT

    @cached_property
    def theme_finds_snapshots(self) -> bool:
        """Whether they are in the theme's index; not where there are many, and a better one."""
        return self.full_text_search or not self.search_page

    @cached_property
    def theme_finds_policies(self) -> bool:
        """The same of policies' pages."""
        return self.figures.policies <= self.search_texts or not self.search_page

    @cached_property
    def page_count(self) -> int:
        """About how many pages there are, for those who wait for them."""
        return self.figures.policies + self.figures.snapshots + len(self.changes)

    def find(self, urls: Sequence[str]) -> Sequence[PolicyRow]:
        """The policies at some addresses."""
        return list(contents.at(self.catalogue, urls))


def divided(rows: Sequence[tuple[bytes, str]], firsts: Sequence[bytes]) -> list[list[str]]:
    """`rows`, in the order of their names, by the page that each is on, without the names."""
    found: list[list[str]] = [[] for _ in firsts]
    ends = [end for _, end in pairwise([*firsts, None])]
    at = 0
    for name, value in rows:
        while (end := ends[at]) is not None and name >= end:
            at += 1
        found[at].append(value)
    return found
