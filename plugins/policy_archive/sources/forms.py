"""The forms in which a policy is archived, told by the ending of the file's name."""

from pathlib import PurePosixPath

FORMS = (
    *(".md", ".markdown"),
    *(".html", ".htm", ".xhtml", ".xht", ".mhtml", ".mht"),
    *(".txt", ".text"),
)
"""Endings of archived texts, in lower case. Of one capture in several forms, the first is read."""

HTML = FORMS[2:8]
"""Those of pages."""


DOCUMENTS = (".pdf", ".docx")
"""Endings of documents whose text is taken out once, when they are added, and lies beside them."""


def form(path: str) -> str:
    """The ending of the file at `path`, in lower case; empty where no text is archived so."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix if suffix in FORMS else ""


def rank(path: str) -> int:
    """Where the form of the file at `path` stands in `FORMS`; behind all of them for another."""
    suffix = form(path)
    return FORMS.index(suffix) if suffix else len(FORMS)
