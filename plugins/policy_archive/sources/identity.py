"""Which site a policy belongs to, as its path tells it when nothing better does."""

import re
from pathlib import PurePosixPath

from policy_archive.sources.files import SUFFIXES
from policy_archive.sources.urls import clean, host_name, without_www

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})")
_NOT_TLD = re.compile(
    r".*\.(aspx?|bak|cfm|cgi|csv|docx?|gz|json|jspx?|md|odt|orig|pdf|php|rtf|txt|warc|[sx]?html?"
    r"|xml|ya?ml)"
)
"""File name endings that would pass for a top-level domain."""


def domain(name: str) -> str:
    """`name` as a domain (lower case, IDNA, without `www.`) if it has the form of one, or empty."""
    name = name.strip().rstrip(".").lower()
    if not _DOMAIN.fullmatch(name) or _NOT_TLD.fullmatch(name):
        return ""
    return without_www(host_name(name))


def site_name(name: str) -> str:
    """A site as an archivist writes it: its domain, the host of a URL, or a name as it stands."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return domain(name) or without_www(clean(name).host) or name


def stem(path: str) -> str:
    """The last component of `path` without the ending that says what kind of file it is."""
    name = PurePosixPath(path)
    return name.stem if name.suffix.lower() in SUFFIXES else name.name


def site_from_path(path: str) -> str:
    """The nearest path component that is a domain, the file's stem first; else that stem."""
    name = stem(path)
    folders = PurePosixPath(path).parts[-2::-1]
    found = next(filter(None, map(domain, (name, *folders))), "")
    return found or site_name(name) or "unnamed"
