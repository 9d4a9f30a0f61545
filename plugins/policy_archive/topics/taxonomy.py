"""The topics of the archive: `taxonomy.toml`, with what `mkdocs.yml` adds, changes or removes."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from policy_archive.errors import ProjectError

OPP115 = (
    "First Party Collection/Use",
    "Third Party Sharing/Collection",
    "User Choice/Control",
    "User Access, Edit and Deletion",
    "Data Retention",
    "Data Security",
    "Policy Change",
    "Do Not Track",
    "International and Specific Audiences",
    "Introductory/Generic",
    "Practice not covered",
    "Privacy contact information",
)
"""The data-practice categories of OPP-115 by their exact names, "Other" split into its three."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LETTER = re.compile(r"[^\W_]")
_IRI = re.compile(r"https?://[^\s<>\"]+")
_TEXTS = ("name", "question", "explanation")
_PATTERNS = ("headings", "wording", "counter")


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject that readers look for; patterns are in the notation of `taxonomy.toml`."""

    id: str
    name: str
    question: str
    explanation: str
    opp115: tuple[str, ...]
    """Exact names of OPP-115 categories, the closest first."""
    dpv: tuple[tuple[str, str], ...]
    """Concepts of the W3C Data Privacy Vocabulary: IRI and label."""
    headings: tuple[str, ...]
    wording: tuple[str, ...]
    counter: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """Ids under which the topic was known before `mkdocs.yml` renamed it."""

    @property
    def patterns(self) -> tuple[tuple[str, ...], ...]:
        """All that decides what the topic finds."""
        return self.headings, self.wording, self.counter


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All topics in reading order, with the versions that results depend on."""

    topics: tuple[Topic, ...]
    version: str
    """Of `taxonomy.toml`; overrides add a digest of themselves, as `1+3f2a…`."""
    dpv_version: str

    def __getitem__(self, id: str) -> Topic:
        """The topic with this id, or with this id before a renaming."""
        for topic in self.topics:
            if topic.id == id:
                return topic
        for topic in self.topics:
            if id in topic.aliases:
                return topic
        raise KeyError(id)


def load(overrides: Mapping[str, object] | None = None) -> Taxonomy:
    """The shipped taxonomy, merged with `overrides` from `mkdocs.yml`.

    `overrides` maps a topic's id to the fields to replace; to `false`, which removes the topic;
    or, for an id not known so far, to a whole new topic. A field `id` renames, `after` places a
    topic behind another one.

    Raises:
        ProjectError: an override is invalid; the message names the key and what to write instead.
    """
    try:
        # Not sorted: new topics stand in the order in which they are written.
        key = json.dumps(overrides or {})
    except (TypeError, ValueError) as error:
        raise ProjectError(
            f"topics: holds a value that is neither text, list nor mapping ({error}); "
            "quote texts that look like dates, and use texts as keys"
        ) from None
    return _load(key)


@lru_cache(maxsize=16)
def _load(key: str) -> Taxonomy:
    overrides = json.loads(key)
    shipped = _shipped()
    if not overrides:
        return shipped
    topics = _merge(list(shipped.topics), overrides)
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return Taxonomy(tuple(topics), f"{shipped.version}+{digest}", shipped.dpv_version)


def _shipped() -> Taxonomy:
    data = tomllib.loads(Path(__file__).with_name("taxonomy.toml").read_text("utf-8"))
    topics = tuple(_topic(entry["id"], entry) for entry in data["topic"])
    return Taxonomy(topics, data["version"], data["dpv_version"])


def _merge(topics: list[Topic], overrides: Mapping[str, object]) -> list[Topic]:
    """Apply `overrides` one after the other."""
    for id, override in overrides.items():
        place = next((n for n, topic in enumerate(topics) if topic.id == id), None)
        if override is False or override is None:
            if place is None:
                raise ProjectError(
                    f"topics.{id}: there is no such topic to remove; {_known(topics)}"
                )
            del topics[place]
        elif not isinstance(override, dict):
            raise ProjectError(
                f"topics.{id}: must be a mapping of fields to replace, or false to remove the topic"
            )
        else:
            _place(topics, place, id, dict(override))
    if not topics:
        raise ProjectError("topics: every topic is removed; leave at least one")
    return topics


def _place(topics: list[Topic], place: int | None, id: str, entry: dict[str, Any]) -> None:
    """Put the new or changed topic `id` where it stands, or behind the one named in `after`."""
    after = entry.pop("after", None)
    if place is None:
        topic = _topic(id, entry)
        place = len(topics)
    else:
        topic = _changed(topics.pop(place), id, entry)
    if any(topic.id == other.id for other in topics):
        raise ProjectError(f"topics.{id}.id: {topic.id!r} is another topic's id; choose a free one")
    if after is not None:
        ids = [other.id for other in topics]
        if after not in ids:
            raise ProjectError(f"topics.{id}.after: there is no topic {after!r}; {_known(topics)}")
        place = ids.index(after) + 1
    topics.insert(place, topic)


def _known(topics: list[Topic]) -> str:
    return "topics are " + ", ".join(topic.id for topic in topics)


def _topic(id: str, entry: Mapping[str, Any]) -> Topic:
    """A whole topic from its fields."""
    missing = [name for name in (*_TEXTS[:2], "wording") if name not in entry]
    if missing:
        raise ProjectError(
            f"topics.{id}: a new topic needs {' and '.join(missing)}; to change a topic that is "
            "there already, use its id"
        )
    empty = Topic(id, "", "", "", (), (), (), (), ())
    return _changed(empty, id, entry)


def _changed(topic: Topic, id: str, entry: Mapping[str, Any]) -> Topic:
    """`topic` with the fields of `entry` in place of its own."""
    known = {field.name for field in fields(Topic)} - {"aliases"}
    checked: dict[str, Any] = {}
    for name, value in entry.items():
        if name not in known:
            raise ProjectError(
                f"topics.{id}.{name}: there is no such field; fields are "
                f"{', '.join(sorted(known))} and after"
            )
        checked[name] = _field(f"topics.{id}.{name}", name, value)
    new = replace(topic, **checked)
    if not _SLUG.fullmatch(new.id):
        raise ProjectError(
            f"topics.{id}: an id is lower-case letters, digits and single hyphens; "
            f"{new.id!r} is not"
        )
    if new.id != topic.id:
        new = replace(new, aliases=(*topic.aliases, topic.id))
    return new


def _field(key: str, name: str, value: Any) -> Any:
    """`value` in the type of the field `name`."""
    if name in ("id", *_TEXTS):
        if not isinstance(value, str) or not value.strip():
            raise ProjectError(f"{key}: must be a text that is not empty")
        return " ".join(value.split())
    if not isinstance(value, list):
        raise ProjectError(f"{key}: must be a list")
    if name == "dpv":
        return tuple(_concept(key, item) for item in value)
    if not all(isinstance(item, str) for item in value):
        raise ProjectError(f"{key}: must be a list of texts; quote entries that look like numbers")
    if name == "opp115":
        for item in value:
            if item not in OPP115:
                raise ProjectError(
                    f"{key}: {item!r} is no OPP-115 category; they are {'; '.join(OPP115)}"
                )
    if name in _PATTERNS:
        for item in value:
            if not _LETTER.search(item) or item.split()[0] in ("..", "*"):
                raise ProjectError(
                    f"{key}: {item!r} must begin with a word; write words, with | between "
                    "alternatives, * after a beginning and .. for a gap"
                )
    return tuple(value)


def _concept(key: str, item: Any) -> tuple[str, str]:
    """An IRI and its label."""
    match item:
        case [str(iri), str(label)] if _IRI.fullmatch(iri) and label.strip():
            return iri, label
    raise ProjectError(f"{key}: each entry must be a pair [IRI, label]; {item!r} is not")
