"""Names of encodings: as pages and people write them, as Python has them, as we publish them."""

import codecs
import re

# What browsers make of labels that mean something else on the web than in Python (WHATWG
# Encoding Standard): pages that declare ISO-8859-1 or ASCII are Windows-1252 with curly quotes.
_LABELS_OF = {
    "cp1252": "ascii us-ascii ansi iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 x-cp1252",
    "cp1254": "iso-8859-9 iso8859-9 latin5 windows-1254",
    "cp874": "iso-8859-11 tis-620 tis620 windows-874",
    "iso-8859-8": "iso-8859-8-i logical",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
    "gb18030": "gb2312 gb_2312-80 gbk x-gbk chinese",
    "cp949": "euc-kr ks_c_5601-1987 korean windows-949",
    "big5hkscs": "big5 big5-hkscs x-x-big5",
    "mac_roman": "macintosh mac x-mac-roman macroman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it claims.
    "utf-8": "utf8 unicode-1-1-utf-8 utf-16 utf-16le utf-16be",
}
_CODECS = {label: codec for codec, labels in _LABELS_OF.items() for label in labels.split()}

_WINDOWS = re.compile(r"^cp(125\d)$")
_ISO = re.compile(r"^iso8859")
_PUBLISHED = {
    "cp874": "windows-874",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "big5hkscs": "big5",
    "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    "cp866": "ibm866",
    "iso2022-jp": "iso-2022-jp",
}

# Python's own codecs, which no browser knows: a label in a page must not choose them.
_NOT_ON_THE_WEB = frozenset(
    ("utf-7", "hz", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "mbcs", "oem")
)


def codec(label: str) -> str:
    """Python's name of the encoding that a page or a person calls `label`; empty for none."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_CODECS.get(label, label)).name
        # Encoding a letter weeds out codecs that are not for text ("hex") or not ASCII-based.
        usable = name.replace("_", "-") not in _NOT_ON_THE_WEB and "a".encode(name) == b"a"
    except (LookupError, UnicodeError, ValueError):
        return ""
    return name if usable else ""


def published(name: str) -> str:
    """The name, as browsers know it, of the encoding that Python calls `name`."""
    name = name.lower().replace("_", "-")
    name = _WINDOWS.sub(r"windows-\1", _ISO.sub("iso-8859", name))
    return _PUBLISHED.get(name, name)
