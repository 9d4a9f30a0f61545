"""`datapackage.json`: what the dataset is, and what each column of it holds.

Data Package v2: https://datapackage.org/standard/data-package/
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from policy_archive.dataset.files import CSV, DataFile
from policy_archive.dataset.tables import Column, Table

NAME = "datapackage.json"

_PROFILE = "https://datapackage.org/profiles/2.0"


class About(NamedTuple):
    """What its keepers say of an archive; empty where they say nothing."""

    title: str = ""
    homepage: str = ""
    keeper: str = ""
    contact: str = ""
    licence: str = ""
    """In a few words, or an address: `ODC-BY 1.0`."""
    doi: str = ""
    """`10.5281/zenodo.1234567`."""

    @property
    def doi_url(self) -> str:
        """Where the DOI leads; empty: there is none."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def description(self) -> str:
        """What the dataset is, in a sentence."""
        return (
            f"{self.title}: archived privacy policies and other terms as tables: every snapshot, "
            "the passages of its text that speak to a topic, what changed from one snapshot to the "
            "next, and what is doubted of it."
        )


def data_package(files: Sequence[DataFile], about: About) -> bytes:
    """The descriptor of a dataset of `files`, which lie beside it."""
    found = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", about.title.casefold()).strip("-") or "archive",
        "id": about.doi_url,
        "title": about.title,
        "description": about.description,
        "homepage": about.homepage if re.match("https?://", about.homepage) else "",
        "licenses": [_licence(about.licence)] if about.licence else [],
        "contributors": [{"title": about.keeper, "roles": ["publisher"]}] if about.keeper else [],
        "resources": [_resource(list(it)) for _, it in groupby(_by_format(files), _of_one_table)],
    }
    shown = {name: value for name, value in found.items() if value}
    return (json.dumps(shown, ensure_ascii=False, indent=2) + "\n").encode()


def _of_one_table(file: DataFile) -> tuple[str, str]:
    return file.format.name, file.part.table.name


def _by_format(files: Iterable[DataFile]) -> list[DataFile]:
    return sorted(files, key=lambda it: it.format.name)


def _resource(files: Sequence[DataFile]) -> Mapping[str, Any]:
    """A table in one format, which has one file or several."""
    first = files[0]
    table, format = first.part.table, first.format
    ending = "" if format is CSV else f"-{format.name.lower()}"
    return {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": f"{table.name}{ending}",
        "type": "table",
        "path": first.name if len(files) == 1 else [it.name for it in files],
        "description": table.description,
        "format": format.name.lower(),
        "mediatype": format.media_type,
        **({"encoding": "utf-8"} if format is CSV else {}),
        **_proof(files),
        "schema": _schema(table, ending),
    }


def _proof(files: Sequence[DataFile]) -> Mapping[str, Any]:
    """Digest and size of a table's one file; of several the standard has none."""
    if len(files) > 1:
        return {}
    made = files[0].made
    # frictionless checks the size of what it has read as bytes, which Parquet is not.
    size = {"bytes": made.size} if files[0].format is CSV else {}
    return {**size, "hash": f"sha256:{made.sha256}"}


def _schema(table: Table, ending: str) -> Mapping[str, Any]:
    """Table Schema v2: https://datapackage.org/standard/table-schema/."""
    keys = [
        {"fields": [name], "reference": {"resource": f"snapshots{ending}", "fields": ["page"]}}
        for name in table.snapshots
    ]
    return {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(column: Column) -> Mapping[str, Any]:
    required = {} if column.nullable else {"constraints": {"required": True}}
    return {
        "name": column.name,
        "type": column.kind,
        "description": column.description,
        **required,
    }


def _licence(text: str) -> Mapping[str, str]:
    """A licence's name as Open Definition has it, `ODC-BY-1.0`, or its address."""
    if re.match("https?://", text):
        return {"path": text, "title": text}
    name = re.sub(r"[^-\w.]+", "-", text, flags=re.ASCII).strip("-")
    return {"name": name or "other", "title": text}
