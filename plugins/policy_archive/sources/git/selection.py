"""Which versions of a repository are wanted, as a maintainer says it in `mkdocs.yml`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from policy_archive.errors import ProjectError
from policy_archive.text.dates import moment, written
from policy_archive.text.words import slug

_LISTS = ("paths", "exclude", "kinds", "languages")
_MOST_CANDIDATES = 2_000
"""Names among which the nearest right one is looked for."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which versions of a repository are wanted; everything where nothing is said.

    Raises:
        ProjectError: `since` or `until` is no date, or they are in the wrong order.
    """

    branch: str = ""
    side_branches: bool = False
    """What was merged commit by commit, and not only as the merge left it."""
    paths: tuple[str, ...] = ()
    """Globs of files or folders; `*` also stands for slashes."""
    exclude: tuple[str, ...] = ()
    """Globs of what is not wanted of these."""
    kinds: tuple[str, ...] = ()
    """As they stand in addresses: `terms-of-service`."""
    since: str = ""
    """`2019-06-01`: captured on that day or later."""
    until: str = ""
    languages: tuple[str, ...] = ()
    """Primary tags: `en`."""

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value and not moment(value):
                raise ProjectError(f"{name}: {value!r} is no date; write 2019-06-01")
        if self.since and self.until and _day(self.since) > _day(self.until):
            raise ProjectError(f"since: {self.since} is later than until: {self.until}")

    @property
    def history(self) -> "Selection":
        """Everything on the same lines of the history."""
        return Selection(self.branch, self.side_branches)

    def admits(self, *paths: str) -> bool:
        """Whether a file is wanted at all; `paths` are its path then and its path now."""
        named = not self.paths or _any_matches(paths, self.paths)
        return named and not _any_matches(paths, self.exclude)

    def keeps(self, kind: str, captured: str, language: str = "und") -> bool:
        """Whether a snapshot is wanted; one without a date is, unless a date is asked for."""
        day = captured[:8]
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.languages or language in (*self.languages, "und"))
            and (not self.since or day >= _day(self.since))
            and (not self.until or (bool(day) and day <= _day(self.until)))
        )


def parse(entry: Mapping[str, Any]) -> Selection:
    """The selection that an entry of the option `sources` makes; an empty value says nothing.

    Raises:
        ProjectError: a key is unknown, or a value cannot be used; names the nearest right one.
    """
    known = [field.name for field in fields(Selection)]
    chosen: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise ProjectError(f"unknown key {key!r}{_instead(str(key), known)}")
        if value is None:
            continue
        if key == "side_branches":
            if not isinstance(value, bool):
                raise ProjectError(f"{key}: {value!r} must be true or false")
            chosen[key] = value
            continue
        if key not in _LISTS:
            chosen[key] = str(value)  # YAML reads 2019-06-01 as a date
            continue
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(it, str) and it.strip() for it in values):
            raise ProjectError(f"{key}: {value!r} must be a text or a list of texts")
        chosen[key] = tuple(values)
    if "kinds" in chosen:
        chosen["kinds"] = tuple(map(slug, chosen["kinds"]))
    if "languages" in chosen:
        tags = (tag.lower().replace("_", "-").partition("-")[0] for tag in chosen["languages"])
        chosen["languages"] = tuple(tags)
    return Selection(**chosen)


class Seen(NamedTuple):
    """What filters look at; empty where it is not known before the text is read."""

    paths: tuple[str, ...] = ()
    """Then and now."""
    kind: str = ""
    captured: str = ""
    language: str = ""


def idle(selection: Selection, listed: Sequence[Seen], kept: Sequence[Seen]) -> list[str]:
    """A sentence on each filter that nothing passes, with the nearest right value.

    `listed` are all versions of the repository, `kept` those that the archive publishes.
    """
    said = []
    for name in ("paths", "exclude"):
        for glob in getattr(selection, name):
            if not any(_any_matches(it.paths, (glob,)) for it in listed):
                near = _instead(glob, _folders(listed))
                said.append(f"{name}: nothing in the repository is at {glob!r}{near}")
    kinds = {it.kind for it in (*listed, *kept) if it.kind}
    for kind in selection.kinds:
        if kind not in kinds:
            said.append(f"kinds: nothing is of the kind {kind!r}{_instead(kind, kinds)}")
    span = Selection(since=selection.since, until=selection.until)
    if not kept and not any(span.keeps("", it.captured) for it in listed):
        days = sorted(it.captured[:8] for it in listed if it.captured)
        all_ = f"; captures are from {written(days[0])} to {written(days[-1])}" if days else ""
        said.append(f"since, until: nothing was captured then{all_}")
    languages = {it.language for it in kept}
    for language in selection.languages if kept else ():
        if language not in languages:
            said.append(f"languages: nothing is in {language!r}")
    if not kept and not said:
        said.append("nothing is left of the repository")
    return said


def _any_matches(paths: Iterable[str], globs: Iterable[str]) -> bool:
    return any(
        fnmatchcase(path, glob) or fnmatchcase(path, f"{glob.rstrip('/')}/*")
        for glob in globs
        for path in paths
    )


def _folders(listed: Iterable[Seen]) -> set[str]:
    return {f"{it.paths[-1].partition('/')[0]}/*" for it in listed if "/" in it.paths[-1]}


def _instead(given: str, known: Iterable[str]) -> str:
    near = get_close_matches(given, sorted(known)[:_MOST_CANDIDATES], n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _day(text: str) -> str:
    return moment(text)[:8]
