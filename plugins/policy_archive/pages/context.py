"""What a page's body states of the site around it, small enough to travel to every worker."""

from dataclasses import dataclass
from pathlib import Path

from policy_archive.pages.addresses import Addresses
from policy_archive.pages.language import ENGLISH

_OVERRIDES = "policy_archive"
"""The folder of a site's `custom_dir` whose templates go before ours."""


@dataclass(frozen=True, slots=True)
class BodyContext:
    """The choices of a site that every body may show."""

    addresses: Addresses
    name: str
    """Of the site or collection, as citations give it."""
    topics: tuple[tuple[str, str], ...]
    """Ids and names, in the taxonomy's order."""
    concepts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """By a topic's id, concepts of the Data Privacy Vocabulary: IRI and label."""
    data: bool = True
    """Whether the archive is published as a dataset as well."""
    templates: tuple[tuple[str, str], ...] = ()
    """Names and sources of the templates that the site overrides."""
    language: str = ENGLISH.code
    """Of our own words."""


def overridden(custom_dir: str | None) -> tuple[tuple[str, str], ...]:
    """The templates that a site's `custom_dir` holds for our bodies, with their sources.

    Raises:
        OSError: one cannot be read.
        UnicodeDecodeError: one is not UTF-8.
    """
    if not custom_dir:
        return ()
    folder = Path(custom_dir)
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for path in sorted(folder.glob(f"{_OVERRIDES}/**/*.html"))
    )
