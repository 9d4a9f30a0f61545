"""The licence that an archive's repository gives itself, by the name that people know it by."""

import re
from pathlib import Path

from policy_archive.sources.git import objects
from policy_archive.sources.git.blobs import blobs

_FILES = re.compile(r"(?:licen[cs]e|copying|readme)(?:\.\w+)?", re.IGNORECASE)
_LONGEST = 100_000

_NUMBER = r".{0,80}?\b(?:v(?:ersion)?\.? ?)?([1-9]\.[0-9])"
_NAMES = tuple(
    (re.compile(f"(?:{pattern}){_NUMBER}", re.IGNORECASE | re.DOTALL), name)
    for pattern, name in (
        (r"\bOpen Database Licen[cs]e|\bODbL", "ODbL"),
        (r"\bODC[- ]BY|\bOpen Data Commons Attribution Licen[cs]e", "ODC-BY"),
        (r"\bPublic Domain Dedication and Licen[cs]e|\bPDDL", "PDDL"),
        (r"\bCC0|\bCC[- ]?Zero", "CC0"),
        (r"\bCC[- ]BY[- ]SA|\bCreative Commons Attribution[- ]ShareAlike", "CC BY-SA"),
        (r"\bCC[- ]BY\b(?!-)|\bCreative Commons Attribution\b(?!-)", "CC BY"),
        (r"\bEuropean Union Public Licen[cs]e|\bEUPL", "EUPL"),
    )
)
_SECTION = re.compile(r"(?im)^#+ *licen[cs](?:e|es|ing)\b[^\n]*\n")
"""Of a README: other sections may speak of licences of programs, or of what is archived."""


def licence(folder: Path, tip: str) -> str:
    """`ODC-BY 1.0`, as the files beside the texts of the commit `tip` say; empty if they do not."""
    files = (it for it in objects.standing(folder, tip, below=False) if it.is_file)
    found = {it.path: it.blob for it in files if _FILES.fullmatch(it.path)}
    for name in sorted(found, key=lambda it: (it.lower().startswith("readme"), it)):
        try:
            text = blobs(folder).read(found[name])[:_LONGEST].decode("utf-8", "replace")
        except OSError:
            continue
        if name.lower().startswith("readme"):
            text = _SECTION.split(text, maxsplit=1)[1] if _SECTION.search(text) else ""
        if named := _named(text):
            return named
    return ""


def _named(text: str) -> str:
    """The licence that is named first."""
    matches = ((pattern.search(text), name) for pattern, name in _NAMES)
    first = min(((match.start(), name, match[1]) for match, name in matches if match), default=None)
    return f"{first[1]} {first[2]}" if first else ""
