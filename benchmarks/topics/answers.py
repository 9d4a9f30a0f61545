"""How often what is quoted on a topic is what a reader would quote, and how often it is wrong.

    python -m benchmarks.topics.answers

200 pairs of a policy and a topic, of services that `open-terms-more` holds: what stands in
`answers.tsv` was read by the guideline (`docs/labelling.md`) and is named by its digest, so that no
archived text is kept. Half of the services, by a digest of their name, may be tuned on. Pairs of
further services were read once, by a stricter reader: 80 first, and 60 (the second set) and 45
more between which patterns were mended; last the 50 of the third set, after which nothing was
changed: its figure is the one to quote. Beside it stands what was quoted before: the beginning of
the block that scores highest. Writes `answers.md`.
"""

import csv
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks import corpora
from policy_archive.build.tasks import read_bytes
from policy_archive.catalogue.rows import excerpt
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.text.words import block_id
from policy_archive.topics.answers import answers

READ = Path(__file__).with_name("answers.tsv")
PAGE = Path(__file__).with_name("answers.md")
_EXCERPT = 600
_LATER = {"second": "read before", "third": "read last"}
"""Sets that a stricter reader read, and once."""

Pair = tuple[str, str, str]
"""Set, source, topic."""
Grades = Mapping[str, tuple[str, str]]
"""By digest: two readings, each `b` (among the best), `f` (fair), `w` (wrong) or empty."""


def pairs() -> dict[Pair, Grades]:
    """What readers made of statements, and of beginnings of blocks."""
    found: dict[Pair, dict[str, tuple[str, str]]] = defaultdict(dict)
    with READ.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            pair = (row["set"], row["source"], row["topic"])
            found[pair][row["words"]] = (row["first"], row["second"])
    return dict(found)


def tuned_on(source: str) -> bool:
    """Whether patterns and weights may be chosen by this service."""
    return hashlib.sha256(f"x{source}".encode()).digest()[0] % 2 == 0


def records(sources: Iterable[str]) -> dict[str, Record]:
    """The policies by source: `open-terms-more:<service>/<file>`, or `open-terms:` and the path."""
    folder = next(corpora.unpacked("open-terms-more").glob("**/123Greetings")).parent
    newest = {path: versions[-1][1] for path, versions in corpora.open_terms_versions().items()}
    found = {}
    for source in sorted(set(sources)):
        corpus, _, path = source.partition(":")
        data = newest[path] if corpus == "open-terms" else (folder / path).read_bytes()
        found[source] = read_bytes(data, path, Settings())
    return found


def beginning(record: Record, topic: str) -> str:
    """The beginning of the block that scores highest."""
    texts = {block.id: block.text for block in record.document.blocks}
    found = [it for it in record.passages if it.topic == topic]
    if not found:  # the labeller has learned since the pair was read
        return ""
    best = max(found, key=lambda it: it.score)
    return ("… " if best.start else "") + excerpt(texts[best.block][best.start :], _EXCERPT)


def main() -> int:
    read = pairs()
    texts = records(source for _, source, _ in read)
    found = {source: answers(it.document, it.passages) for source, it in texts.items()}
    tables: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (set_, source, topic), grades in read.items():
        part = _LATER.get(set_) or ("tuned on" if tuned_on(source) else "kept apart")
        answer = found[source].get(topic)
        shown = answer.statement.shown if answer else ""
        for name, words in (("answer", shown), ("block", beginning(texts[source], topic))):
            tables[name, part].update(_told(words, grades))
    lines = [
        "# What is quoted on a topic, measured",
        "",
        "`python -m benchmarks.topics.answers`. Of pairs of a policy and a topic: how often what",
        "is quoted is among the best of its text, by either reading and by both; how often a",
        "reading calls it wrong; how often nothing is quoted, or something that nobody read.",
        "Readings were a language model's. Patterns were mended after the failures of all pairs",
        "but those read last. These, and those read before them, one stricter reader read, once.",
        "",
        "| quoted | services | pairs | best: 1st | best: 2nd | both | wrong | nothing | unread |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    names = {"answer": "the statement chosen", "block": "the beginning of the best block"}
    for name, label in names.items():
        for part in ("read last", "read before", "kept apart", "tuned on"):
            it = tables[name, part]
            if name == "block" and part.startswith("read"):
                continue  # nobody read it
            shares = [
                f"{it[key] / it['pairs']:.2f}"
                for key in ("first", "second", "both", "wrong", "nothing", "unread")
            ]
            lines.append(f"| {label} | {part} | {it['pairs']} | {' | '.join(shares)} |")
    text = "\n".join(lines) + "\n"
    PAGE.write_text(text, "utf-8")
    print(text)
    return 0


def _told(words: str, grades: Grades) -> list[str]:
    """What is counted of one quotation."""
    if not words:
        return ["pairs", "nothing"]
    given = grades.get(block_id(words))
    if given is None:
        return ["pairs", "unread"]
    first, second = (it or given[0] or given[1] for it in given)
    told = ["pairs"]
    told += ["first"] * (first == "b") + ["second"] * (second == "b")
    told += ["both"] * (first == second == "b") + ["wrong"] * ("w" in (first, second))
    return told


if __name__ == "__main__":
    sys.exit(main())
