"""Provenance beside a text: `<name of the text>.provenance.yml`, which `policy-archive add` writes.

It has the keys of front matter, since archived bytes are never written into, and what else is known
of the fetching: status, content type, digest, redirects. Who keeps the archive may edit it.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from policy_archive.model import Notice
from policy_archive.sources.forms import DOCUMENTS
from policy_archive.sources.provenance import front_matter
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.front_block import KEYS, Field
from policy_archive.text.bounded_yaml import BoundedLoader

SUFFIX = ".provenance.yml"
"""Behind the whole name of the text."""

PLACE = "the provenance file beside it"

RECORDED = (
    *("status", "content_type", "digest", "redirects"),
    *("source", "fetched", "fetched_by", "extracted_from", "extracted_by", "doubt"),
)
"""Keys that say how the text was got; the others are those of front matter."""

_LONGEST = 64_000
_HEAD = "# Where {name} comes from. What is said here goes before what the file itself says.\n"


class _Strings(BoundedLoader):
    """Plain data, every value as it is written."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}  # type: ignore[assignment]


def parsed(text: str) -> dict[str, Any]:
    """Keys and values as they stand: strings, and lists of them.

    Raises:
        ValueError: it is no such file; the message says why.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST:,} characters")
    try:
        found = yaml.load(text, _Strings)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is nested too deeply"
        raise ValueError(
            f"is not valid YAML{f' in line {mark.line + 1}' if mark else ''}: {what}"
        ) from error
    if not isinstance(found, dict):
        raise ValueError("holds no keys with values")
    return {str(key): value for key, value in found.items()}


def read(text: str) -> Claims:
    """What the provenance file with this text says."""
    claims = Claims(PLACE, own=True)
    try:
        found = parsed(text)
    except ValueError as error:
        message = f"{PLACE[0].upper()}{PLACE[1:]} {error}. Mend it, or add the capture again."
        claims.notices.append(Notice("invalid-front-matter", message, "problem"))
        return claims
    fields = (
        Field(key, value if isinstance(value, str) else None, 1)
        for key, value in found.items()
        if key not in RECORDED
    )
    front_matter.say(claims, tuple(fields))
    extracted = PurePosixPath(str(found.get("extracted_from", ""))).suffix.lower()
    claims.document = extracted if extracted in DOCUMENTS else ""
    if isinstance(doubt := found.get("doubt"), str):
        claims.doubt("doubtful-capture", doubt, 1)
    return claims


def written(name: str, values: Mapping[str, str | Iterable[str]]) -> str:
    """The provenance file of the text called `name`; empty values are left out."""
    ordered = [key for key in (*KEYS, *RECORDED) if values.get(key)]
    lines = (f"{key}: {_quoted(values[key])}\n" for key in ordered)
    return _HEAD.format(name=name) + "".join(lines)


def _quoted(value: str | Iterable[str]) -> str:
    """As JSON, which is YAML as well, and has one form for any characters."""
    return json.dumps(value if isinstance(value, str) else list(value))
