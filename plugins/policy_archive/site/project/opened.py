"""An archive brought up to date for whoever only reads it: nothing is published or given."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from policy_archive.build.archive import read_archive
from policy_archive.build.tasks import read_source
from policy_archive.build.texts import RECORD, Texts
from policy_archive.build.update import named
from policy_archive.build.visit import Order, decoded
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.entries import Placed
from policy_archive.errors import ProjectError
from policy_archive.model import Record
from policy_archive.pages.addresses import Addresses
from policy_archive.site.project import cache, project
from policy_archive.site.project.project import Project
from policy_archive.sources.files import Source
from policy_archive.topics import taxonomy
from policy_archive.topics.taxonomy import Taxonomy


@dataclass(frozen=True)
class OpenedArchive:
    """A project's catalogue, and what it takes to have a whole text."""

    catalogue: Catalogue
    addresses: Addresses
    taxonomy: Taxonomy
    _texts: Texts
    _sources: Mapping[str, Source]
    _order: Order

    def record(self, entry: Placed) -> Record:
        """The whole record of a snapshot, with its corrected labels.

        Raises:
            OSError: its file cannot be read any more, and no record of it is kept.
        """
        data = self._texts.get(entry.key, RECORD)
        settings = self._order.settings
        record = decoded(data) if data else read_source(self._sources[entry.name], settings)
        return self._order.corrections.apply(record)


def project_of(place: Path) -> Project:
    """The project that a configuration file defines, or that a folder lies in.

    Raises:
        ProjectError: there is none, or it cannot be used.
    """
    file = place if place.is_file() else project.above(place)
    if file is None:
        raise ProjectError(f"{place}: there is no mkdocs.yml here or in a folder above")
    return project.load(file)


@contextmanager
def opened(found: Project) -> Iterator[OpenedArchive]:
    """The archive of a project as its sources are now; others may build it meanwhile.

    The catalogue of its builds is brought up to date, which takes as long as `check`.

    Raises:
        ProjectError: an option, or a file beside the sources, cannot be used.
        OSError: a file beside the sources cannot be read.
    """
    sources = named(found.sources())
    folder = found.cache
    catalogue, texts = cache.open_catalogue(folder)
    try:
        with cache.alone(folder):
            read = read_archive(
                catalogue,
                texts,
                sources,
                found.settings,
                found.beside,
                workers=found.workers(),
                rows=found.options.rows_per_page,
            )
        addresses = Addresses(found.config.use_directory_urls, found.config.site_url or "")
        topics = taxonomy.load(json.loads(found.settings.topics))
        with catalogue.reading():
            yield OpenedArchive(catalogue, addresses, topics, texts, sources, read.order)
    finally:
        catalogue.close()
        texts.close()
