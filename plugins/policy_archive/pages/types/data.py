"""`data/`: the archive as a dataset, for a person who wants to read or check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from policy_archive.dataset.croissant import croissant
from policy_archive.dataset.data_package import NAME, About
from policy_archive.dataset.export import SUMS
from policy_archive.dataset.files import CSV, PARQUET, DataFile, Format
from policy_archive.dataset.tables import Table
from policy_archive.pages import capture_time
from policy_archive.pages.data import dataset_files
from policy_archive.pages.data.dataset_files import PLACE
from policy_archive.pages.language import gettext, ngettext
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.script_json import script_json


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to fetch."""

    name: str
    url: str
    format: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table."""

    table: Table
    rows: int
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """`data/`."""

    about: About
    tables: tuple[TableView, ...]
    package: FileView
    sums: str
    """The name of the list of digests, which is its address, too."""
    first: str
    """Days of the first and the last capture; empty: none has one."""
    last: str
    cite: str
    examples: tuple[tuple[str, str], ...]
    """How to read the passages: a program, and lines to type."""
    in_parts: bool
    """Whether they have several files, which the lines expect to be fetched."""
    json_ld: str


class DataPage(Page):
    """`data/`."""

    template = "data"

    def __init__(self, publication: Publication) -> None:
        """The page of a publication that has a dataset."""
        super().__init__(PLACE, publication)

    @property
    def title(self) -> str:
        """Always the same."""
        return gettext("Data")

    def depends(self) -> object:
        """The files, and what is said of them."""
        files = [(it.name, it.part.rows, it.made.sha256) for it in self.publication.tables]
        return list(self.publication.about), files, self.publication.days

    def view(self) -> object:
        """Tables, how to read them, how to cite them."""
        return data_view(self.publication)


def data_view(publication: Publication) -> DataView:
    """The dataset as the page shows it."""
    (first, last), about = publication.days, publication.about
    package = dataset_files.package(publication)
    digest = sha256(package).hexdigest()
    cite = _cite(publication, digest)
    return DataView(
        about=about,
        tables=tuple(_tables(publication)),
        package=FileView(NAME, NAME, "JSON", size(len(package)), digest),
        sums=SUMS,
        first=capture_time.shown(first) if first else "",
        last=capture_time.shown(last) if last else "",
        cite=cite,
        examples=tuple(_examples(publication)),
        in_parts=len(_passages(publication, CSV)) > 1,
        json_ld=script_json(
            croissant(
                publication.tables,
                about,
                lambda name: _address(publication, name),
                url=publication.addresses.absolute(PLACE),
                cite_as=cite,
                days=(capture_time.iso(first), capture_time.iso(last)),
            )
        ),
    )


def _tables(publication: Publication) -> Iterator[TableView]:
    for table, group in groupby(publication.tables, key=lambda it: it.part.table):
        files = list(group)
        rows = sum(it.part.rows for it in files if it.format is CSV)
        yield TableView(table, rows, tuple(_file(it) for it in files))


def _file(file: DataFile) -> FileView:
    made = file.made
    return FileView(file.name, file.name, file.format.name, size(made.size), made.sha256)


def _address(publication: Publication, name: str) -> str:
    """Where a file is for whoever reads it elsewhere; its name, where that is not known."""
    return publication.addresses.absolute(f"{PLACE}{name}") or name


def _passages(publication: Publication, format: Format) -> list[DataFile]:
    return [
        it for it in publication.tables if it.part.table.name == "passages" and it.format is format
    ]


def _examples(publication: Publication) -> Iterator[tuple[str, str]]:
    """Lines for the better of the formats, in which DuckDB and pandas read a pattern, too."""
    texts, tables = (_passages(publication, it) for it in (CSV, PARQUET))
    reads = "read_parquet" if tables else "read_csv"
    *more, first = tables or texts
    where = f"passages-*{first.format.ending}" if more else _address(publication, first.name)
    if more:
        yield (
            "pandas",
            (
                "import glob, pandas as pd\n"
                f'passages = pd.concat(map(pd.{reads}, glob.glob("{where}")))'
            ),
        )
    else:
        yield "pandas", f'import pandas as pd\npassages = pd.{reads}("{where}")'
    yield (
        "DuckDB",
        (f"SELECT topic, count(DISTINCT page) AS snapshots\nFROM '{where}' GROUP BY topic;"),
    )
    insert = "sqlite-utils insert archive.db passages - --csv"
    if more:
        fill = f"for it in passages-*{CSV.ending}; do gunzip -c $it | {insert}; done"
    elif url := publication.addresses.absolute(f"{PLACE}{texts[0].name}"):
        fill = f"curl -s {url} | gunzip | {insert}"
    else:
        fill = f"gunzip -c {texts[0].name} | {insert}"
    yield "Datasette and sqlite-utils", f"{fill}\ndatasette archive.db"


def _cite(publication: Publication, digest: str) -> str:
    """Who, what, where, of which days; and the digest that tells this state from others."""
    about, (first, last) = publication.about, publication.days
    days = gettext(
        "Captures from %(first)s to %(last)s",
        first=capture_time.shown(first),
        last=capture_time.shown(last),
    )
    parts = [
        about.keeper,
        gettext("%(title)s: tables [data set]", title=about.title),
        days if first else "",
        about.doi_url or publication.addresses.absolute(PLACE),
        gettext("SHA-256 of %(name)s %(digest)s", name=NAME, digest=digest),
    ]
    return ". ".join(part for part in parts if part) + "."


def size(count: int) -> str:
    """A number of bytes for a person: `12 kB`, `3.4 MB`."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.{0 if count >= 10 * unit else 1}f} {name}"
    return ngettext("%(num)s byte", "%(num)s bytes", count)
