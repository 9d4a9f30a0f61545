"""Are all words accounted for? Source words = words in titles and blocks + removed ones.

    python -m benchmarks.cleaning.words

The visible words of the source are found here without the readers: from Markdown by taking out
link targets and marks with regular expressions, from plain text by taking all words.
"""

import html
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import corpora
from benchmarks.cleaning.html import everything
from policy_archive.build.tasks import read_bytes
from policy_archive.model import Record
from policy_archive.reading.decode import decode
from policy_archive.settings import Settings
from policy_archive.sources import provenance

RESULT = Path(__file__).with_name("words.md")
NOTES = (
    "What was not exact before was so by the count, one by one:",
    "",
    "- `www-lesliesmithart-com-1.txt`, `www-ecampustours-com-1.txt`, `www-etz-chayim-org-1.txt`,",
    "  `www-gandhiserve-net-1.txt` and `www-catsoft-ch-1.txt` of DMOZ hold HTML, and are read as",
    "  that (`other-form`): of a page the words count that it shows, not its tags and scripts.",
    "- One text of Open Terms Archive has two stretches of bold side by side, of which the second",
    "  begins a name (`**Twitch.tv****Privacy Notice**`): they are two words.",
    "- Addresses of links with spaces, or with a backslash at their end, are no words.",
)
_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
_TARGET = re.compile(
    r"\]\((?:(?:mailto:|https?://)(?:[^()\\\"]|\\.)*|[^()\s\\]+\\)\)(?=[,.;:]?(?:\s|$))"
    r"|\]\((?:<[^<>\n]*>|[^()\s\\]|\\.|\((?:[^()\s\\]|\\.|\([^()\s]*\))*\))*(?:\s+\"[^\"]*\")?\s*\)"
)
_SIDE_BY_SIDE = re.compile(r"(?<=[a-z])\*{4}(?=[A-Z])")
"""Two stretches of bold, of which the second begins a name."""
_CHANGES_WORDS = {"mojibake", "printed-bullet", "stray-character"}
_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def words(text: str) -> list[str]:
    """Words blind to underscores, which are letters of a cookie's name or a leftover mark."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def source_words(data: bytes, path: str, *, markup: bool) -> list[str]:
    """The words that a reader of the archived text saw, provenance left out."""
    body = provenance.read(decode(data, html=False).text, path).body
    if markup:
        body = everything(body)
    elif path.endswith(".md"):
        body = html.unescape(_ESCAPE.sub(r"\1", _TARGET.sub("]", body)))
        body = _SIDE_BY_SIDE.sub(" ", body).replace("*", "")
    return words(_STRAY.sub("", body))


def result_words(record: Record) -> list[str]:
    """Words of titles and blocks, in order."""
    return [word for text in record.document.texts for word in words(text)]


def difference(data: bytes, path: str) -> tuple[Counter[str], Counter[str], bool]:
    """Words lost, words invented, and whether the rest stand in order."""
    record = read_bytes(data, path, Settings())
    markup = any(notice.code == "other-form" for notice in record.notices)
    source, result = source_words(data, path, markup=markup), result_words(record)
    expected = Counter(source)
    for repair in record.repairs:
        if repair.after and repair.rule not in _CHANGES_WORDS:
            continue
        shown = _STRAY.sub("", repair.before)  # as in the source above
        before, after = Counter(words(shown)), Counter(words(repair.after))
        expected -= before - after
        expected += after - before
    found = Counter(result)
    rest = iter(source)
    changed = {w for r in record.repairs if r.rule in _CHANGES_WORDS for w in words(r.after)}
    in_order = all(word in changed or word in rest for word in result)
    return expected - found, found - expected, in_order


def measure(name: str, files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """One row of the table; differences go to standard error."""
    count = exact = size = 0
    started = time.process_time()
    for path, data in files:
        count, size = count + 1, size + len(data)
        lost, invented, in_order = difference(data, path)
        exact += not lost and not invented and in_order
        if lost or invented or not in_order:
            print(path, "lost", dict(lost), "invented", dict(invented), in_order, file=sys.stderr)
    yield f"| {name} | {count} | {exact} | {100 * exact / count:.2f} % |"
    print(f"{name}: {time.process_time() - started:.0f} s, {size / 1e6:.0f} MB", file=sys.stderr)


def main() -> None:
    """Write the table."""
    wanted = sys.argv[1:] or ["seeds", "dmoz", "open_terms", "open_terms_more"]
    rows = [row for name in wanted for row in measure(name, getattr(corpora, name)())]
    title = ("# Words accounted for", "", "`python -m benchmarks.cleaning.words`", "")
    head = ("| corpus | files | exact | share |", "|---|---|---|---|")
    table = "\n".join((*title, *head, *rows, "", *NOTES))
    print(table)
    if len(wanted) == 4:
        RESULT.write_text(table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
