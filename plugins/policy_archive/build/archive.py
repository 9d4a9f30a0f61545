"""Brings a catalogue up to date with an archive's sources and what people keep beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from policy_archive.build.parallel import OpenWorkers
from policy_archive.build.texts import Texts
from policy_archive.build.update import Progress, update
from policy_archive.build.visit import ChangeExtra, Extra, Order
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.published import lock as published
from policy_archive.catalogue.published import moved, withdrawn
from policy_archive.catalogue.published.lock import Published
from policy_archive.catalogue.published.moved import NOWHERE, Former
from policy_archive.catalogue.questions.ranges import ROWS
from policy_archive.model import Notice
from policy_archive.settings import Settings
from policy_archive.sources.files import Source
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Corrections, load


class Beside(NamedTuple):
    """The files that people keep beside an archive's sources; None: there is no such file."""

    labels: Path | None = None
    """Corrected labels."""
    addresses: Path | None = None
    """Addresses that are given already (`catalogue.published`); it is read, not written. What is
    withdrawn stands in a list beside it."""


class ReadArchive(NamedTuple):
    """How an archive was read, besides what its catalogue holds now."""

    order: Order
    published: Published
    """All addresses that must be written down."""
    former: Former
    """Where captures stood before."""
    wrong: Sequence[tuple[Path, Notice]]
    """What is wrong with the files beside the sources."""


def read_archive(
    catalogue: Catalogue,
    texts: Texts,
    sources: Mapping[str, Source],
    settings: Settings,
    beside: Beside,
    *,
    extras: tuple[Extra, ...] = (),
    change_extras: tuple[ChangeExtra, ...] = (),
    workers: OpenWorkers | None = None,
    progress: Progress | None = None,
    rows: int = ROWS,
    whole: bool = True,
) -> ReadArchive:
    """Have catalogue and texts hold what `sources`, by name (`update.named`), say now.

    Where visits are to make nothing else of texts, what was made of them before is left. Long
    listings are divided into pages of `rows` at most. Where `sources` are not the `whole` archive,
    nothing is said of addresses where others stood.

    Raises:
        OSError: a file beside the sources cannot be read.
        ProjectError: the list of what is withdrawn cannot be read.
    """
    wrong: list[tuple[Path, Notice]] = []
    corrections, given, hidden = Corrections(), published.NOTHING, withdrawn.NOTHING
    if beside.labels:
        corrections, faults = load(beside.labels, taxonomy.load(json.loads(settings.topics)))
        wrong += [(beside.labels, fault) for fault in faults]
    if beside.addresses:
        given, unread = published.read(beside.addresses)
        wrong += [(beside.addresses, fault) for fault in unread]
        hidden = withdrawn.read(beside.addresses.with_name(withdrawn.NAME))
    order = Order(settings, corrections, extras, change_extras, hidden)
    now = update(
        catalogue,
        texts,
        sources,
        order,
        published=given,
        workers=workers,
        progress=progress,
        rows=rows,
    )
    former = NOWHERE
    if beside.addresses and whole:
        pages = moved.current(catalogue)
        former = moved.former(given.pages, pages, hidden)
        wrong += [(beside.addresses, doubt) for doubt in former.notices()]
        now = replace(now, pages=moved.kept(given.pages, pages))
    return ReadArchive(order, now, former, wrong)
