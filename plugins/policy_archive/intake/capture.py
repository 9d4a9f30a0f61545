"""A capture on its way into an archive's folder, and what is known of it."""

from dataclasses import dataclass

from policy_archive.errors import ArchiveError
from policy_archive.model import PRIVACY_POLICY


class IntakeError(ArchiveError):
    """Something cannot be added; the message says what, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a text was taken out of, and by what."""

    data: bytes
    ending: str
    """`.pdf` or `.docx`."""
    by: str
    """Name and version of the program."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture: its text's bytes as they were archived, and where they come from."""

    data: bytes
    ending: str
    """Of the file's name, which tells how it is read: `.html`."""
    site: str
    kind: str = PRIVACY_POLICY
    captured: str = ""
    """14 or 8 digits (UTC); empty: nobody knows."""
    original_url: str = ""
    memento_url: str = ""
    encoding: str = ""
    """As the server declared it."""
    status: str = ""
    """Of the archived answer: `200`."""
    content_type: str = ""
    """The same header of that answer, as it stands."""
    digest: str = ""
    """As the web archive has it: `sha1:` and 32 letters."""
    redirects: tuple[str, ...] = ()
    """Addresses of captures that led on to this one, in their order."""
    source: str = ""
    """Where it was had from: an address, or the name of a file."""
    document: Document | None = None
    doubt: str = ""
    """Why it may not be whole."""
