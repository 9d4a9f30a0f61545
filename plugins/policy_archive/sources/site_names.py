"""The site that a policy is archived under: a domain, or the name of a service without one."""

import re
import unicodedata

from policy_archive.sources.urls import clean, host_name, without_www

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})")
_NOT_TLD = re.compile(
    r".*\.(aspx?|bak|cfm|cgi|csv|docx?|gz|json|jspx?|md|odt|orig|pdf|php|rtf|txt|warc|[sx]?html?"
    r"|xml|ya?ml)"
)
"""File name endings that would pass for a top-level domain."""


def domain(name: str) -> str:
    """`name` as a domain (lower case, IDNA, without `www.`) if it has the form of one, or empty."""
    name = name.strip().rstrip(".")
    # Vowel signs are no letters to a pattern, and full stops have many forms.
    name = name.lower() if name.isascii() or " " in name else host_name(name)
    if not _DOMAIN.fullmatch(name) or _NOT_TLD.fullmatch(name):
        return ""
    return without_www(host_name(name))


def printed(name: str) -> str:
    """A name as it can be shown: one line, no control characters, composed (Unicode NFC).

    Names that look the same on every screen and disk (`é` as one character or as two) are one name.
    """
    text = "".join(character if character.isprintable() else " " for character in name)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def site_name(name: str) -> str:
    """A site as an archivist writes it: its domain, the host of a URL, or a name as it stands."""
    shown = printed(name)
    return domain(name) or without_www(clean(shown).host) or shown
