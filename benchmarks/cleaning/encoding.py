"""Are characters right? DMOZ's 3,000 files as they are, and saved again in other encodings.

    python -m benchmarks.cleaning.encoding [--write]

The files are Windows-1252 throughout, so what each byte means is known: decoded text must be the
same character for character. UTF-8 that was read as Windows-1252 shows in pairs such as "â€™".
"""

import codecs
import re
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks import corpora
from policy_archive.reading.decode import decode

_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u2018-\u201d\u20ac]|\u00e2\u20ac.")
_QUOTES = dict(zip(b"\x91\x92\x93\x94", "‘’“”", strict=True))


def as_windows_1252(data: bytes) -> str:
    """What the file says, byte for byte, NULs left out and line ends made LF."""
    data = data.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return "".join(
        bytes((b,)).decode("cp1252", "ignore") or chr(b) if b > 127 else chr(b) for b in data
    )


def saved_again(text: str) -> dict[str, bytes]:
    """`text` in the encodings that an archive may meet, marked and unmarked."""
    return {
        "UTF-8": text.encode(),
        "UTF-8 with a mark": text.encode("utf-8-sig"),
        "UTF-16 with a mark": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        "UTF-16 LE, unmarked": text.encode("utf-16-le"),
        "UTF-16 BE, unmarked": text.encode("utf-16-be"),
        "UTF-8 declared iso-8859-1": b'<meta charset="iso-8859-1">' + text.encode(),
    }


def measure() -> list[str]:
    """Rows of the table."""
    count: Counter[str] = Counter()
    again: Counter[str] = Counter()
    seconds = size = 0.0
    for _, data in corpora.dmoz():
        start = time.process_time()
        text = decode(data, html=False).text
        seconds += time.process_time() - start
        size += len(data)
        expected = as_windows_1252(data)
        count["files"] += 1
        count["exact"] += text == expected
        count["no U+FFFD"] += "\ufffd" not in text
        count["no mojibake"] += len(_MOJIBAKE.findall(text)) <= len(_MOJIBAKE.findall(expected))
        count["quotes"] += all(
            data.count(bytes((byte,))) == text.count(quote) for byte, quote in _QUOTES.items()
        )
        for name, other in saved_again(text).items():
            again[name] += decode(other, html="declared" in name).text.endswith(text)
    files = count["files"]
    rows = [
        ("as archived: every character as its byte means", count["exact"]),
        ("as archived: no U+FFFD", count["no U+FFFD"]),
        ("as archived: no mojibake that the bytes do not hold", count["no mojibake"]),
        ("as archived: every curly quote", count["quotes"]),
        *((f"saved again as {name}: same text", number) for name, number in again.items()),
    ]
    table = [f"| {name} | {number} of {files} |" for name, number in rows]
    return [*table, f"| time per 13 kB | {seconds / size * 13_000 * 1000:.2f} ms |"]


def main() -> None:
    """Print the table; `--write` keeps it beside this file."""
    page = "\n".join(
        (
            "# Encodings",
            "",
            "`python -m benchmarks.cleaning.encoding --write`",
            "",
            "| DMOZ, 3,000 files | right |",
            "|---|---|",
            *measure(),
        )
    )
    print(page)
    if "--write" in sys.argv:
        Path(__file__).with_suffix(".md").write_text(page + "\n")


if __name__ == "__main__":
    main()
