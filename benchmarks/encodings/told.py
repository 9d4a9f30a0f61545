"""Is the encoding of a text that says nothing of it told right, or at least doubted?

    python -m benchmarks.encodings.told [--write]

Thirty-five texts of our own, one a language, are saved in the encodings that were used for it:
whole, their first half, as an HTML page that declares nothing, with a paragraph of English, and in
pieces. Right is the same text, character for character; an encoding that gives the same is right.
"""

import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policy_archive.reading.decode import decode

TEXTS = Path(__file__).parent / "texts"

_WESTERN = ("cp1252", "iso-8859-1", "iso-8859-15", "mac_roman", "cp850")
_CENTRAL = ("cp1250", "iso-8859-2", "mac_latin2", "cp852")
_CYRILLIC = ("cp1251", "iso-8859-5", "koi8-r", "cp866", "mac_cyrillic")
_BALTIC = ("cp1257", "iso-8859-13", "iso-8859-4")
ENCODINGS = {
    **dict.fromkeys(["da", "de", "es", "fi", "fr", "is", "it", "nb", "nl", "pt", "sv"], _WESTERN),
    **dict.fromkeys(["cs", "hr", "hu", "pl", "ro", "sk", "sl"], _CENTRAL),
    **dict.fromkeys(["bg", "ru"], _CYRILLIC),
    **dict.fromkeys(["et", "lt", "lv"], _BALTIC),
    "sr": ("cp1251", "iso-8859-5", "mac_cyrillic"),
    "uk": ("cp1251", "iso-8859-5", "koi8-u", "mac_cyrillic"),
    "el": ("cp1253", "iso-8859-7", "mac_greek"),
    "tr": ("cp1254", "iso-8859-9", "mac_turkish"),
    "he": ("cp1255", "iso-8859-8"),
    "ar": ("cp1256", "iso-8859-6"),
    "vi": ("cp1258",),
    "th": ("tis-620",),
    "ja": ("cp932", "euc-jp", "iso2022_jp"),
    "ko": ("euc-kr", "cp949"),
    "zh-hans": ("gb2312", "gb18030"),
    "zh-hant": ("big5",),
}
"""Languages and the encodings that they were written in before UTF-8."""

_ENGLISH = (
    "This policy was last updated in May. Please contact us if you have any questions about how "
    "we handle your personal information or the choices that you have.\n"
)
_PAGE = (
    '<html><head><title>{0}</title><style>.main {{ margin: 0 auto }}</style></head><body class="x">'
    '{1}<a href="http://www.example.com/index.html">Home</a></body></html>'
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
SHAPES = {
    "whole": "about 90 words",
    "half": "about 45 words",
    "page": "HTML that declares nothing",
    "with English": "and a paragraph of English",
    "160": "pieces of 160 characters",
    "80": "pieces of 80 characters",
    "40": "pieces of 40 characters",
}


class Case(NamedTuple):
    """A text in an encoding."""

    language: str
    encoding: str
    shape: str
    text: str
    data: bytes


def cases() -> Iterator[Case]:
    """Every text in every shape and encoding, but for those that ASCII can hold."""
    for language, encodings in ENCODINGS.items():
        for shape, text in _shapes((TEXTS / f"{language}.txt").read_text("utf-8").strip()):
            for encoding in encodings:
                case = _case(language, encoding, shape, text)
                if case and (not case.data.isascii() or b"\x1b" in case.data):
                    yield case


def _shapes(text: str) -> Iterator[tuple[str, str]]:
    title, first, *rest = text.split("\n\n")
    yield "whole", text
    yield "half", f"{title}\n\n{first}"
    blocks = (f'<div class="section"><p style="margin:0">{it}</p></div>' for it in (first, *rest))
    yield "page", _PAGE.format(title, "\n".join(blocks))
    yield "with English", f"{text}\n\n{_ENGLISH}"
    for size in (160, 80, 40):
        for start in range(0, max(1, len(text) - size // 2), size):
            yield str(size), text[start : start + size].strip()


def _case(language: str, encoding: str, shape: str, text: str) -> Case | None:
    if encoding not in ("cp1252", "cp1250", "mac_roman"):
        text = text.replace("’", "'")
    if encoding == "cp1258":
        text = "".join(map(_with_tones, text))
    try:
        return Case(language, encoding, shape, text, text.encode(encoding))
    except UnicodeEncodeError:  # Icelandic on a Macintosh of elsewhere
        return None


def _with_tones(letter: str) -> str:
    """A Vietnamese letter as windows-1258 has it: its tone apart."""
    parts = unicodedata.normalize("NFD", letter)
    base = "".join(it for it in parts if it not in _TONES)
    tones = "".join(it for it in parts if it in _TONES)
    return letter if letter in "àáèéíóùú" else unicodedata.normalize("NFC", base) + tones


def outcome(case: Case) -> str:
    """`right`, `doubted` or `wrong`."""
    decoded = decode(case.data, html=case.shape == "page")
    right = unicodedata.normalize("NFC", decoded.text) == unicodedata.normalize("NFC", case.text)
    guessed = any(notice.code == "encoding-guessed" for notice in decoded.notices)
    return "doubted" if guessed else "right" if right else "wrong"


def measure() -> dict[str, Counter[str]]:
    """Outcomes by shape."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases():
        found[case.shape][outcome(case)] += 1
    return found


def main() -> None:
    """Print the table; `--write` keeps it beside this file."""
    started = time.process_time()
    found = measure()
    count = sum(sum(it.values()) for it in found.values())
    seconds = time.process_time() - started
    rows = [
        f"| {shape}: {SHAPES[shape]} | {sum(it.values())} | {it['right']} | {it['doubted']} "
        f"| {it['wrong']} | {1 - it['wrong'] / sum(it.values()):.1%} |"
        for shape, it in ((shape, found[shape]) for shape in SHAPES)
    ]
    page = "\n".join(
        (
            "# Encodings that are not declared",
            "",
            "`python -m benchmarks.encodings.told --write`",
            "",
            f"{len(ENCODINGS)} languages, {sum(map(len, ENCODINGS.values()))} pairs of language "
            "and encoding; texts of our own.",
            "",
            "| text | cases | right | doubted | wrong, undoubted | right or doubted |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            f"{seconds / count * 1000:.1f} ms a text.",
        )
    )
    print(page)
    if "--write" in sys.argv:
        Path(__file__).with_suffix(".md").write_text(page + "\n", "utf-8")


if __name__ == "__main__":
    main()
