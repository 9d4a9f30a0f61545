"""A small archive with hostile texts, read, and what its tables are drawn from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_archive.build.archive import Beside, read_archive
from policy_archive.build.texts import Texts
from policy_archive.build.update import named
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.dataset.rows import Contents
from policy_archive.dataset.sections import Sections
from policy_archive.settings import Settings
from policy_archive.sources.files import find
from policy_archive.topics import taxonomy

FORMULA = "=cmd|' /C calc'!A0"
SAID = 'We use cookies to remember, as they say, "your basket",\tand +1 more; @home and -1.'
TEXT = f"""# {FORMULA}

{SAID}

- We share your address with the carrier who brings the parcel.
- We do not sell your personal information, 'quotes' and "quotes", commas, or not.

## Security

Your information is kept on servers that are locked. We protect it with encryption on its way.
"""
FILES = {
    "lamps.example/20140521173313.md": TEXT,
    "lamps.example/20150521.md": TEXT.replace("locked", "locked and guarded day and night"),
    "=chairs.example.txt": TEXT,
    "tables.md": '---\nsite: tables.example\ncaptured: 2016-02-03\ncollection: "a\\0b\\ud800, c"\n---\n'
    + TEXT,
}


@pytest.fixture(scope="session")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contents]:
    folder = tmp_path_factory.mktemp("archive")
    for name, text in FILES.items():
        path = folder / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    catalogue, texts, settings = Catalogue(), Texts(), Settings()
    sources = named(find(folder / "policies", folder))
    read_archive(catalogue, texts, sources, settings, Beside())
    yield Contents(catalogue, Sections(texts, sources, settings), taxonomy.load())
    catalogue.close()
    texts.close()


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as they stand in it."""
    import csv  # noqa: PLC0415
    import gzip  # noqa: PLC0415

    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
