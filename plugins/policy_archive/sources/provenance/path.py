"""Of which site a policy is, and from when, as its path tells it when nothing better does."""

import re
from pathlib import PurePosixPath

from policy_archive.sources.forms import form
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.dated_name import DatedName, dated
from policy_archive.sources.site_names import domain, site_name

_PARTS = re.compile(r"[\s_@,+]+|-{2,}")
_SAYS_THE_KIND = re.compile(
    r"(?:[\W_]|privacy|policy|policies|cookies?|data|legal|notice|statement|terms?|of|and|service|use"
    r"|conditions|tos|index|page|snapshot|version)*",
    re.IGNORECASE,
)
"""What a file in a site's own folder is called."""


def read(path: str) -> Claims:
    """What the path of a file says; it always says some site."""
    return Claims("the file’s name", site=site_from_path(path), captured=captured_in_path(path))


def stem(path: str) -> str:
    """The last component of `path` without the ending that says what kind of file it is."""
    name = PurePosixPath(path)
    return name.stem if form(path) else name.name


def site_from_path(path: str) -> str:
    """The nearest path component that is a domain, the file's stem first; else that stem.

    A date in the stem is no part of it: `example.com-20190501` is of the site `example.com`, and
    so is `example.com/2019-05-01`.
    """
    name, captured = _dated(stem(path))
    folders = PurePosixPath(path).parts[-2::-1]
    parts = _PARTS.split(name) if captured else ()
    found = next(filter(None, map(domain, (name, *folders, *parts))), "")
    if not found and captured and folders and _SAYS_THE_KIND.fullmatch(name):
        name = folders[0]
    return found or site_name(name) or "unnamed"


def site_in_name(path: str) -> str:
    """The domain that the file is named after; empty without one."""
    return domain(_dated(stem(path)).rest)


def captured_in_path(path: str) -> str:
    """The date in the file's name, or that which a folder above it is named: 14 or 8 digits."""
    if captured := _dated(stem(path)).captured:
        return captured
    folders = map(dated, PurePosixPath(path).parts[-2::-1])
    return next((it.captured for it in folders if it.captured and not it.rest), "")


def _dated(name: str) -> DatedName:
    """`name` and its date, unless the date is a part of a domain: `20190501.com`."""
    found = dated(name)
    return DatedName(name) if domain(name) and not domain(found.rest) else found
