"""Which kind of terms a page holds, as far as its address tells."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from policy_archive.model import PRIVACY_POLICY
from policy_archive.sources.provenance.generic_names import kind_named


def kind_of(url: str) -> str:
    """The kind that the address names, the end of its path first; else a privacy policy."""
    parts = urlsplit(url)
    names = [unquote(part) for part in reversed(parts.path.split("/")) if part]
    names += [pair.partition("=")[2] for pair in parts.query.split("&")]
    for name in names:
        if kind := kind_named(PurePosixPath(name).stem):
            return kind
    return PRIVACY_POLICY
