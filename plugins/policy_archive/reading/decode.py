"""Bytes to text: which encoding an archived file really has.

Captures reach archives as UTF-8, as UTF-16 saved by an editor, as whatever a page declared, and
most often as Windows-1252 that declares nothing. Every byte ends up as a character: a policy must
never lose a word, or a build stop, over its encoding.
"""

import codecs
import re
from dataclasses import dataclass

from policy_archive.model import Notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 8192
_SAMPLE = 65_536

# What browsers make of labels that mean something else on the web than in Python (WHATWG
# Encoding Standard): pages that declare ISO-8859-1 or ASCII are Windows-1252 with curly quotes.
_LABELS_OF = {
    "cp1252": "ascii us-ascii ansi iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 x-cp1252",
    "cp1254": "iso-8859-9 iso8859-9 latin5 windows-1254",
    "cp874": "iso-8859-11 tis-620 windows-874",
    "iso-8859-8": "iso-8859-8-i logical",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j",
    "gb18030": "gb2312 gb_2312-80 gbk x-gbk chinese",
    "cp949": "euc-kr ks_c_5601-1987 korean windows-949",
    "big5hkscs": "big5 big5-hkscs x-x-big5",
    "mac_roman": "macintosh mac x-mac-roman",
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it claims.
    "utf-8": "utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be",
}
_CODECS = {label: codec for codec, labels in _LABELS_OF.items() for label in labels.split()}

# Python's own codecs, which no browser knows: a label in a page must not choose them.
_NOT_ON_THE_WEB = frozenset(
    ("utf-7", "hz", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "mbcs", "oem")
)

# Windows-1252 leaves five bytes undefined; browsers map them to their C1 controls.
_CP1252 = "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in range(256))

_BLANKED = bytes(b if b >= 0x80 else 0x20 for b in range(0x100))
_NOT_LETTERS = bytes(b for b in range(0x100) if not chr(b).isalpha() or b >= 0x80)
_SEQUENCES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)

# Two letters in three of real text are among these; of text read in the wrong encoding, few are
# (which is why capitals are left out: they are what KOI8-R and Windows-1251 make of each other).
_FREQUENT = {
    "cp1251": frozenset("оеаинтсрвлкмдпуяы"),
    "koi8-r": frozenset("оеаинтсрвлкмдпуяы"),
    "cp1253": frozenset("αοιετσνηυρπκμλωςόίάέ"),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, line ends normalised to LF, and the encoding it was taken to be in."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, *, html: bool) -> Decoded:
    """The text of `data`; `html` says whether a charset declared inside may be believed."""
    text, encoding = _decode(data, html=html)
    notices = _losses(text)
    text = text.removeprefix("\ufeff").replace("\0", "")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, notices)


def _decode(data: bytes, *, html: bool) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lossless(data[len(bom) :], encoding), encoding
    if wide := _wide(data):
        return _lossless(data, wide), wide
    # Padding with NULs says nothing about the encoding (and no multi-byte encoding here uses them).
    data = data.replace(b"\0", b"")
    declared = _declared(data) if html else ""
    if declared and declared != "utf-8":
        try:
            # Valid UTF-8 beyond ASCII does not come about by chance: trust it over the label.
            if not (data.isascii() or declared.startswith("iso2022")):
                return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
        return _lossless(data, declared), _published(declared)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        runs = data[:_SAMPLE].translate(_BLANKED).split()
    if not declared and (other := _other_script(data[:_SAMPLE], runs)):
        return _lossless(data, other), _published(other)
    if _mostly_utf8(runs):
        return data.decode("utf-8", "policy-archive.windows-1252"), "utf-8"
    return _windows_1252(data), "windows-1252"


def _published(encoding: str) -> str:
    return "windows-" + encoding[2:] if encoding.startswith("cp125") else encoding


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of western text is NUL, on one side alone."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half < 8 or len(data) % 2:
        return ""
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    head = data[:_DECLARED_WITHIN]
    found = _XML.match(head) or _META.search(head)
    if not found:
        return ""
    label = found[1].decode("ascii", "replace").lower()
    encoding = _CODECS.get(label, label)
    try:
        name = codecs.lookup(encoding).name
        # Encoding a letter weeds out codecs that are not for text ("hex") or not ASCII-based.
        usable = name.replace("_", "-") not in _NOT_ON_THE_WEB and "a".encode(name) == b"a"
    except (LookupError, UnicodeError, ValueError):
        return ""
    return name if usable else ""


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


def _mostly_utf8(runs: list[bytes]) -> bool:
    """Whether UTF-8 sequences outnumber the bytes beyond ASCII that cannot be UTF-8."""
    sequences = _SEQUENCES.findall(b" ".join(runs))
    stray = sum(map(len, runs)) - sum(map(len, sequences))
    return len(sequences) > 2 * stray


def _other_script(sample: bytes, runs: list[bytes]) -> str:
    """A Cyrillic or Greek encoding, where words of high bytes are made of its frequent letters.

    Western text has high bytes one by one inside Latin words; three in a row, and more of them
    than Latin letters, are another script.
    """
    high = b"".join(run for run in runs if len(run) > 2)
    if len(high) < 60 or len(high) < len(sample.translate(None, _NOT_LETTERS)):
        return ""
    best, share = "", 0.0
    for encoding, frequent in _FREQUENT.items():
        text = high.decode(encoding, "ignore")
        hits = sum(character in frequent for character in text) / len(high)
        if hits > share:
            best, share = encoding, hits
    return best if share > 0.6 else ""


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
