"""Texts of documents that are no pages: PDF by its text layer, DOCX by its paragraphs.

The text is taken out once, when the document is added, and lies beside it: what a program makes of
a document differs from version to version, and an archive must not.
"""

import zipfile
from collections.abc import Callable
from importlib import metadata
from io import BytesIO
from typing import NamedTuple

from policy_archive.intake.capture import Document, IntakeError

LARGEST = 64 << 20
"""Bytes of a document, and of all that is packed in it."""

_MOST_PAGES = 1_000


class Extracted(NamedTuple):
    """The text of a document."""

    data: bytes
    ending: str
    document: Document


def extract(data: bytes, ending: str) -> Extracted:
    """The text of the document in `data`, of which `ending` (`.pdf`, `.docx`) tells the form.

    Raises:
        IntakeError: it holds no text, or the library that reads it is not installed.
    """
    if len(data) > LARGEST:
        raise IntakeError(f"it is larger than {LARGEST >> 20} MB")
    read, suffix = _READERS[ending]
    try:
        text, by = read(data)
    except IntakeError:
        raise
    except Exception as error:  # whatever a damaged document may do to a library that is not ours
        raise IntakeError(
            f"its text cannot be taken out ({type(error).__name__}: {error})"
        ) from error
    if not text.strip():
        raise IntakeError("it holds no text, as scans do; recognise its text (OCR) first")
    version = metadata.version(by)
    return Extracted(
        text.encode("utf-8", "replace"), suffix, Document(data, ending, f"{by} {version}")
    )


def _pdf(data: bytes) -> tuple[str, str]:
    try:
        from pdfminer.high_level import extract_text  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise missing("PDF documents", "pdfminer.six", "pdf") from error
    return extract_text(BytesIO(data), maxpages=_MOST_PAGES), "pdfminer.six"


def _docx(data: bytes) -> tuple[str, str]:
    try:
        import mammoth  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise missing("DOCX documents", "mammoth", "docx") from error
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(it.file_size for it in packed.infolist()) > LARGEST:
            raise IntakeError(f"it unpacks to more than {LARGEST >> 20} MB")
    no_pictures = mammoth.images.img_element(lambda image: {"src": ""})
    body = mammoth.convert_to_html(BytesIO(data), convert_image=no_pictures).value
    if not body.strip():
        return "", "mammoth"
    return (
        f'<!doctype html>\n<html><meta charset="utf-8">\n<body>\n{body}\n</body></html>\n',
        "mammoth",
    )


_READERS: dict[str, tuple[Callable[[bytes], tuple[str, str]], str]] = {
    ".pdf": (_pdf, ".txt"),
    ".docx": (_docx, ".html"),
}


def missing(what: str, library: str, extra: str) -> IntakeError:
    """That reading `what` takes a library that comes with an extra, and how to get it."""
    return IntakeError(
        f"{what} need {library}, which is not installed: pip install "
        f"'mkdocs-policy-archive[{extra}]'"
    )
