"""Bytes to text: which encoding an archived file really has.

Captures reach archives as UTF-8, as UTF-16 saved by an editor, as whatever a page declared, and
most often as Windows-1252 that declares nothing. Every byte ends up as a character: a policy must
never lose a word, or a build stop, over its encoding.
"""

import codecs
import contextlib
import re
import unicodedata
from dataclasses import dataclass

from policy_archive.model import Notice
from policy_archive.reading.evidence import Guess, guess, utf_16
from policy_archive.reading.unpack import unpack
from policy_archive.text.encodings import codec, published

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,4000}?-->\s*)?<(?:!doctype\s+html|html|head|\?xml)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_FRONT_MATTER = re.compile(
    rb"\s*(?:---\w*[ \t]*\r?\n.{0,32000}?\n(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n.{0,32000}?\n\+\+\+"
    rb"|\{.{0,32000}?\n\})",
    re.DOTALL,
)
_ENCODING = re.compile(
    rb"^[ \t{]*[\"']?encoding[\"']?[ \t]*[:=][ \t]*[\"']?([\w.:-]{2,40})",
    re.IGNORECASE | re.MULTILINE,
)
_ISO_2022 = re.compile(rb"\x1b\$(?:[@B]|\([D-O]|(\)C))")
"""Where another alphabet begins, Japanese or (the group) Korean."""
_DECLARED_WITHIN = 8192
_SAMPLE = 65_536

_MOST_ACCENTS = 0.25
"""Share of bytes beyond ASCII in a text with Latin letters."""

_MOST_LOST = 0.02
"""Share of bytes beyond ASCII that may not fit a declared encoding."""

_LINE_ENDS = ("\r\n", *"\r\v\f\x1c\x1d\x1e\u2028\u2029")
"""What ends lines in Unicode (UAX 14), and NEL."""
_NEL = re.compile("(?<![\u00c2-\u00f4])\x85")
"""Not behind a letter: so looks UTF-8 that was read as Latin-1."""

_ASCII = bytes(range(0x80))

# Windows-1252 leaves five bytes undefined; browsers map them to their C1 controls.
_CP1252 = "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in range(256))

_BLANKED = bytes(b if b >= 0x80 else 0x20 for b in range(0x100))
_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, line ends normalised to LF, and the encoding it was taken to be in."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, *, html: bool, charset: str = "") -> Decoded:
    """The text of `data`; `html` says whether the file is named as a page.

    A charset declared inside is believed in a page; in front matter, anywhere. `charset` is what
    was declared outside of it, as by the server, which goes before what a page declares.

    Raises:
        NotTextError: it is no text, whatever its name.
    """
    found = unpack(data)
    data = found.data
    text, encoding, unsure = _decode(
        data, found.charset or charset, html=html or bool(_PAGE.match(data))
    )
    notices = (*found.notices, *_doubt(encoding, unsure), *_losses(text))
    if encoding == "cp1258":
        text = unicodedata.normalize("NFC", text)  # it has most of Vietnamese in two bytes a letter
    text = found.head + text.removeprefix("\ufeff").replace("\0", "")
    written = " in ".join((published(encoding), *reversed(found.wrappings)))
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return Decoded(_NEL.sub("\n", text), written, notices)


def _decode(data: bytes, charset: str, *, html: bool) -> tuple[str, str, bool]:
    """The text, its encoding by Python's name, and whether that is but a guess."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lossless(data[len(bom) :], encoding), encoding, False
    if wide := utf_16(data):
        return _lossless(data, wide), wide, False
    # Padding with NULs says nothing about the encoding (and no multi-byte encoding here uses them).
    data = data.replace(b"\0", b"")
    if named := _in_front_matter(data):
        return _lossless(data, named), named, False
    declared = codec(charset) or (_declared(data) if html else "")
    if escapes := _ISO_2022.search(data):
        japanese = declared if declared.startswith("iso2022") else "iso2022_jp"
        named = "iso2022_kr" if escapes[1] else japanese
        return _lossless(data, named), named, False
    with contextlib.suppress(UnicodeDecodeError):
        # Valid UTF-8 beyond ASCII does not come about by chance: trust it over the label.
        return data.decode("utf-8"), "utf-8", False
    if declared and _holds(data, declared):
        return _lossless(data, declared), declared, False
    if _mostly_utf8(data[:_SAMPLE]):
        return data.decode("utf-8", "policy-archive.windows-1252"), "utf-8", False
    guessed = guess(data)
    if declared not in ("", "utf-8") and not guessed.sure:
        guessed = Guess(declared, sure=False)
    return _lossless(data, guessed.codec), guessed.codec, not guessed.sure


def _holds(data: bytes, declared: str) -> bool:
    """Whether `data` can be what was declared, and is not another script throughout.

    Servers and templates declare UTF-8 and Windows-1252 of everything.
    """
    if declared == "utf-8":
        return False
    high = len(data.translate(None, _ASCII))
    if declared == "cp1252":
        return high < _MOST_ACCENTS * len(_TAG.sub(b"", data))
    with contextlib.suppress(UnicodeDecodeError):
        data.decode(declared)
        return True
    return data.decode(declared, "replace").count("\ufffd") < _MOST_LOST * high


def _declared(data: bytes) -> str:
    head = data[:_DECLARED_WITHIN]
    found = _XML.match(head) or _META.search(head)
    return codec(found[1].decode("ascii", "replace")) if found else ""


def _in_front_matter(data: bytes) -> str:
    block = _FRONT_MATTER.match(data)
    found = _ENCODING.search(block[0]) if block else None
    return codec(found[1].decode("ascii", "replace")) if found else ""


def _lossless(data: bytes, encoding: str) -> str:
    """`data` in `encoding`; bytes that do not fit are read as Windows-1252, one by one."""
    if encoding == "cp1252":
        return _windows_1252(data)
    return data.decode(encoding, "policy-archive.windows-1252")


def _windows_1252(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", _CP1252)[0]


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error("policy-archive.windows-1252", _stray_bytes)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether UTF-8 sequences outnumber the bytes beyond ASCII that cannot be UTF-8."""
    runs = sample.translate(_BLANKED).split()
    sequences = _SEQUENCES.findall(b" ".join(runs))
    stray = sum(map(len, runs)) - sum(map(len, sequences))
    return len(sequences) > 2 * stray


def _doubt(encoding: str, unsure: bool) -> tuple[Notice, ...]:
    if not unsure:
        return ()
    message = (
        f"The file does not say in which encoding it is; it was read as {published(encoding)}, "
        "which is a guess. If letters are wrong, name the right one in front matter: "
        "`encoding: windows-1250`."
    )
    return (Notice("encoding-guessed", message),)


def _losses(text: str) -> tuple[Notice, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    characters = "character was" if count == 1 else "characters were"
    message = (
        f"{count} {characters} already lost when the page was saved (shown as \ufffd); "
        "what stood there cannot be told."
    )
    return (Notice("replacement-characters", message, line=line),)
