"""Sheets of today's policies: drawn where the labeller is unsure, read in a short notation.

    python -m benchmarks.topics.modern draw FOLDER
    python -m benchmarks.topics.modern gather FOLDER

The newest policies of `open-terms-more` give two sets. Services that a digest keeps apart
(`kept_apart`) are only measured on: their blocks are drawn evenly over each policy and read twice,
the second time in another order. Of the others come blocks, and single sentences and items of
blocks, the likelier the less sure the shipped model is of them.

A sheet's line is a number and the words, after the line that introduces them; headings stand above
as `## …`. A reader writes `FOLDER/<sheet>.<reader>.labels`, a line an entry: its number and the
letters of its labels (`LETTERS`), `12 us` or `13 G`. A topic brings the category that it belongs
to; further categories are added, after `=` they stand instead: `14 aT`, `15 a=T`. Nothing is `-`.
`gather` adds what is not yet there to `labels.jsonl`, without any text.
"""

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.topics import labels
from benchmarks.topics.corpus import MODERN, Sample, documents, said_alone, samples
from benchmarks.topics.sheets import CATEGORIES, LABELS, SEED
from policy_archive.text.words import words
from policy_archive.topics import taxonomy
from policy_archive.topics.labeller import Labeller

TOPICS = {
    "d": ("data-collected", "FP"),
    "u": ("use", "FP"),
    "k": ("cookies", "FP"),
    "a": ("advertising", "FP"),
    "y": ("analytics", "FP"),
    "s": ("sharing", "TP"),
    "x": ("sale", "TP"),
    "l": ("disclosure", "TP"),
    "z": ("sensitive-data", ""),
    "c": ("choices", "UC"),
    "r": ("rights", "AE"),
    "g": ("legal-basis", "FP"),
    "t": ("retention", "DR"),
    "e": ("security", "DS"),
    "m": ("children", "IA"),
    "i": ("international", "IA"),
    "h": ("changes-contact", ""),
    "b": ("automated-decisions", "FP"),
}
"""By letter: the topic, and the category that it most often goes with."""
LETTERS = {"F": "FP", "T": "TP", "U": "UC", "A": "AE", "R": "DR", "S": "DS", "P": "PC",
           "N": "DNT", "I": "IA", "G": "IG", "X": "NC", "C": "CI"}  # fmt: skip
"""By letter: the code of a category."""

READERS = ("u", "v")
"""Of the services kept apart: the first and the second reading."""
_SHEET = 150
_APART = 450
_BLOCKS, _STATEMENTS, _DECIDING = 2_700, 1_050, 300
"""Drawn for training: whole blocks, parts of blocks, and what may be about automated decisions."""
_POLICIES = 60
"""A policy gives at most what it would if there were only so many."""
_LONGEST = 110
"""Words of a block that is read; longer lists and tables are scored part by part anyway."""
_SECOND = 2.0
"""How much doubt counts on topics that readers confuse."""
_CONFUSED = frozenset(
    ("data-collected", "use", "sharing", "rights", "legal-basis", "analytics", "choices")
)
_DECIDES = re.compile(
    r"automated|profiling|machine.learning|artificial intelligence|\bA\.?I\b|algorithm|\bmodels?\b"
    r"|inferences?|predict|scoring|fraud detection",
    re.IGNORECASE,
)


def kept_apart(source: str) -> bool:
    """Whether a service is measured on and never trained on: one in five, by its digest."""
    return hashlib.sha256(f"apart {source}".encode()).digest()[0] % 5 == 0


def draw() -> tuple[list[Sample], list[Sample]]:
    """What is kept apart to measure on, and what is drawn to learn from."""
    told = {block for kind in ("gold", "train") for _, block in labels.readings(kind)}
    apart: dict[str, list[Sample]] = {}
    blocks: dict[str, Sample] = {}
    parts: dict[str, Sample] = {}
    for source, document in documents((), only=MODERN):
        whole = [it for it in samples(source, document) if _readable(it) and it.block not in told]
        if kept_apart(source):
            apart[source] = list({it.block: it for it in whole}.values())
            continue
        blocks |= {it.block: it for it in whole}
        parts |= {it.block: it for it in said_alone(source, document) if _readable(it)}
    measured = list(_evenly(apart, _APART))
    held = {it.block for found in apart.values() for it in found}
    for block in [*parts]:
        if block in blocks or block in held or block in told:
            del parts[block]
    chance, labeller = random.Random(SEED), Labeller(taxonomy.load())
    ranked = {
        kind: _by_doubt([it for it in found.values() if it.block not in held], labeller, chance)
        for kind, found in (("blocks", blocks), ("parts", parts))
    }
    deciding = [it for it in [*ranked["blocks"], *ranked["parts"]] if _DECIDES.search(it.text)]
    chosen = {it.block for it in deciding[:_DECIDING]}
    each: Counter[tuple[str, str]] = Counter()
    for kind, most in (("blocks", _BLOCKS), ("parts", _STATEMENTS)):
        left = most
        for sample in ranked[kind]:
            each[sample.source, kind] += 1
            if left and each[sample.source, kind] <= most // _POLICIES:
                chosen.add(sample.block)
                left -= 1
    # In document order; policies in an order that says nothing, so that any part of it is even.
    both = [it for it in (blocks | parts).values() if it.block in chosen]
    return measured, sorted(both, key=lambda it: hashlib.sha256(it.source.encode()).digest())


def _readable(sample: Sample) -> bool:
    return len(words(sample.text)) >= 4 and len(sample.text.split()) <= _LONGEST


def _evenly(by_policy: Mapping[str, Sequence[Sample]], wanted: int) -> Iterator[Sample]:
    """As many of each policy as it takes, evenly over its length."""
    each, seen = -(-wanted // len(by_policy)), set()
    for found in by_policy.values():
        step = max(1.0, len(found) / each)
        for place in range(min(each, len(found))):
            sample = found[int(place * step)]
            if sample.block not in seen:
                seen.add(sample.block)
                yield sample


def _by_doubt(found: Sequence[Sample], labeller: Labeller, chance: random.Random) -> list[Sample]:
    """A random order in which what the labeller doubts most tends to come first."""
    ranked = []
    for sample in found:
        topics, categories = labeller.answer(sample.text, sample.heading)
        scores = [(score, _SECOND if id in _CONFUSED else 1.0) for id, score in topics.items()]
        scores += [(score, 1.0) for score in categories.values()]
        doubt = sum(weight * 4 * score * (1 - score) for score, weight in scores)
        # A random draw weighted by doubt (Efraimidis and Spirakis, 2006).
        ranked.append((chance.random() ** (1 / (doubt + 0.01)), sample))
    return [sample for _, sample in sorted(ranked, key=lambda pair: -pair[0])]


def write(folder: Path, measured: Sequence[Sample], trained: Sequence[Sample]) -> None:
    """The sheets, and `entries.jsonl`, which says what their numbers mean."""
    folder.mkdir(parents=True, exist_ok=True)
    again = random.Random(SEED).sample(measured, len(measured))
    with (folder / "entries.jsonl").open("w", encoding="utf-8") as rows:
        for kind, found in (("apart", measured), ("again", again), ("train", trained)):
            for start in range(0, len(found), _SHEET):
                name = f"{kind}-{start // _SHEET:02}"
                sheet = found[start : start + _SHEET]
                (folder / f"{name}.txt").write_text("\n".join(_lines(sheet)) + "\n", "utf-8")
                for number, sample in enumerate(sheet):
                    row = {"sheet": name, "number": number, **sample._asdict()}
                    rows.write(json.dumps(row, ensure_ascii=False) + "\n")


def _lines(sheet: Sequence[Sample]) -> Iterator[str]:
    above = None
    for number, sample in enumerate(sheet):
        if (sample.source, sample.heading) != above:
            above = sample.source, sample.heading
            yield f"## {sample.heading[-80:]} ({sample.source.partition(':')[2][:12]})"
        yield f"{number} {' / '.join(sample.text.split(chr(10)))}"


def gather(folder: Path) -> list[dict[str, object]]:
    """A row for each entry and reader.

    Raises:
        ValueError: a sheet's labels are not those of its entries; names file and line.
    """
    entries: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in (folder / "entries.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        entries[row["sheet"]].append(row)
    rows: list[dict[str, object]] = []
    for path in sorted(folder.glob("*.labels")):
        sheet, reader, _ = path.name.split(".")
        for entry, (topics, categories) in zip(
            entries[sheet], _answers(path, len(entries[sheet])), strict=True
        ):
            rows.append(
                {
                    "set": "train" if sheet.startswith("train") else "today",
                    "source": entry["source"],
                    "block": entry["block"],
                    "reader": reader,
                    "topics": topics,
                    "opp115": categories,
                }
            )
    return rows


def _answers(path: Path, size: int) -> list[tuple[list[str], list[str]]]:
    """Topics and categories of each of a sheet's `size` entries, as a reader wrote them."""
    given: list[tuple[list[str], list[str]]] = []
    for place, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        number, _, letters = line.strip().partition(" ")
        if not number:
            continue
        if number != str(len(given)) or len(given) == size:
            raise ValueError(f"{path}:{place}: {line!r} where {len(given)} of {size} should stand")
        try:
            given.append(meaning(letters.strip()))
        except ValueError as error:
            raise ValueError(f"{path}:{place}: {error}") from error
    if len(given) != size:
        raise ValueError(f"{path}: {len(given)} lines for {size} entries")
    return given


def meaning(letters: str) -> tuple[list[str], list[str]]:
    """Topics and categories of a reader's letters.

    Raises:
        ValueError: there is no such letter, or none at all.
    """
    if not letters:
        raise ValueError("no labels; of nothing, write -")
    free, instead, fixed = letters.strip("-").partition("=")
    if unknown := set(free + fixed) - {*TOPICS, *LETTERS}:
        raise ValueError(f"{letters!r}: no labels are {sorted(unknown)}")
    topics = sorted(TOPICS[letter][0] for letter in free if letter in TOPICS)
    codes = {LETTERS[letter] for letter in free + fixed if letter in LETTERS}
    if not instead:
        codes |= {TOPICS[letter][1] for letter in free if letter in TOPICS} - {""}
    return topics, sorted(CATEGORIES[code] for code in codes)


def main(arguments: Sequence[str]) -> None:
    """Run one of the two steps."""
    step, folder = arguments[0], Path(arguments[1])
    if step == "draw":
        measured, trained = draw()
        write(folder, measured, trained)
        print(f"{len(measured)} to measure on, {len(trained)} to learn from")
    else:
        kept = LABELS.read_text("utf-8").splitlines()
        fresh = [json.dumps(row) for row in gather(folder)]
        LABELS.write_text("\n".join([*kept, *sorted({*fresh} - {*kept})]) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
