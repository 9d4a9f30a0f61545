"""The dataset in the terms of schema.org and of Croissant 1.1, as one statement in JSON-LD.

https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from policy_archive.dataset.data_package import About
from policy_archive.dataset.files import CSV, DataFile
from policy_archive.dataset.tables import Table

_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The names that Croissant gives to the terms it uses."""
_TYPES: Mapping[type, str] = {
    str: "sc:Text",
    int: "sc:Integer",
    float: "sc:Float",
    bool: "sc:Boolean",
}


def croissant(
    files: Sequence[DataFile],
    about: About,
    address: Callable[[str], str],
    *,
    url: str,
    cite_as: str,
    days: tuple[str, str],
) -> Mapping[str, object]:
    """The statement on a dataset of `files`.

    `address` says where a file is; `url` is the page's own, empty where that is not known. `days`
    are those of the first and the last capture, in ISO 8601. The last one stands for the day of
    publication, which Croissant asks for: that of the build would make every build another.
    """
    first, last = days
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": about.title,
        "description": about.description,
        "url": url,
        "identifier": about.doi_url,
        "license": about.licence,
        "creator": {"@type": "Organization", "name": about.keeper or about.title},
        "citeAs": cite_as,
        "datePublished": last,
        "temporalCoverage": f"{first}/{last}" if first else "",
        "keywords": ["privacy policies", "terms of service", "web archive"],
        "isAccessibleForFree": True,
        "distribution": [_file(it, address) for it in files],
        "recordSet": list(_records(it for it in files if it.format is CSV)),
    }
    return {name: value for name, value in found.items() if value}


def _file(file: DataFile, address: Callable[[str], str]) -> Mapping[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": f"{file.format.name}, {file.part.rows} rows: {file.part.table.description}",
        "contentUrl": address(file.name),
        "contentSize": f"{file.made.size} B",
        "encodingFormat": file.format.media_type,
        "sha256": file.made.sha256,
    }


def _records(files: Iterable[DataFile]) -> Iterable[Mapping[str, object]]:
    """A set of records for each table, and for each of its parts where it has several."""
    for table, group in groupby(files, key=lambda it: it.part.table):
        for file in group:
            yield {
                "@type": "cr:RecordSet",
                "@id": file.part.name,
                "name": file.part.name,
                "description": table.description,
                "key": [{"@id": f"{file.part.name}/{name}"} for name in table.key],
                "field": list(_fields(table, file)),
            }


def _fields(table: Table, file: DataFile) -> Iterable[Mapping[str, object]]:
    for column in table.columns:
        yield {
            "@type": "cr:Field",
            "@id": f"{file.part.name}/{column.name}",
            "name": column.name,
            "description": column.description,
            "dataType": _TYPES[column.type],
            "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
        }
