"""Blocks to label: drawn with a fixed seed, written as sheets for readers, gathered as labels.

    python -m benchmarks.topics.sheets draw FOLDER
    python -m benchmarks.topics.sheets more FOLDER
    python -m benchmarks.topics.sheets gather FOLDER

`draw` writes `FOLDER/<set>-<number>.txt` (to read) and `FOLDER/blocks.jsonl` (identifiers); `more`
adds sheets of the blocks that the shipped model is least sure of. A
reader writes `FOLDER/<set>-<number>.<reader>.labels`, a line a block: its number, topics and
categories (`docs/labelling.md`), divided by spaces and commas: `0012 use,sharing FP,TP` or
`0013 - -`. `gather` checks these and writes `benchmarks/topics/labels.jsonl`, without any text.
"""

import json
import random
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.topics import labels
from benchmarks.topics.corpus import documents, service
from policy_archive.build.tasks import read_bytes
from policy_archive.model import Document
from policy_archive.settings import Settings
from policy_archive.text.words import words
from policy_archive.topics import taxonomy
from policy_archive.topics.labeller import Labeller

LABELS = Path(__file__).with_name("labels.jsonl")
SEED = 115
CATEGORIES = {
    "FP": "First Party Collection/Use",
    "TP": "Third Party Sharing/Collection",
    "UC": "User Choice/Control",
    "AE": "User Access, Edit and Deletion",
    "DR": "Data Retention",
    "DS": "Data Security",
    "PC": "Policy Change",
    "DNT": "Do Not Track",
    "IA": "International and Specific Audiences",
    "IG": "Introductory/Generic",
    "NC": "Practice not covered",
    "CI": "Privacy contact information",
}
_SHEET = 90
_MORE = 2_160
"""Blocks of a second draw."""
_SHARE, _OLD = 0.4, 12
"""They come from this share of the DMOZ policies, at most so many of each."""
_MODERN = 80
"""And at most so many of each version of a modern policy."""
_SHOWN = 170
"""Words of a block that a sheet shows; the middle of a longer one is left out."""


class Item(NamedTuple):
    """A block as a reader sees it."""

    source: str
    block: str
    heading: str
    intro: str
    text: str


def items(source: str, document: Document) -> Iterator[Item]:
    """Every block of a policy that is worth a label."""
    for section in document.sections:
        intro = ""
        for block in section.blocks:
            if block.folded:
                continue
            text = " ".join(block.text.split())
            if len(words(text)) >= 4:
                lead = intro if block.kind in ("list", "table") else ""
                yield Item(source, block.id[2:10], section.title or "", lead, text)
            intro = text[-300:] if text.endswith(":") else ""


def policies() -> Iterator[tuple[str, str, bytes]]:
    """Set, source and bytes of every policy to draw from.

    Every second Open Terms service and a share of the DMOZ sites are for the gold set alone.
    """
    for number, (path, versions) in enumerate(sorted(corpora.open_terms_versions().items())):
        chosen = versions if number % 2 else versions[-1:]
        for revision, data in (chosen[0], chosen[-1])[: len(chosen)]:
            yield ("train" if number % 2 else "gold"), f"open-terms:{path}@{revision}", data
    names = [(name, data) for name, data in corpora.dmoz() if 3_000 < len(data) < 60_000]
    drawn = random.Random(SEED).sample(names, 160)
    for number, (name, data) in enumerate(drawn):
        yield ("gold" if number < 30 else "train"), f"dmoz:{name}", data


def draw(per_policy: dict[str, int]) -> dict[str, list[Item]]:
    """Blocks evenly over the length of each policy, no words twice, none of gold in train."""
    sets: dict[str, list[Item]] = {"gold": [], "train": []}
    seen: set[str] = set()
    for kind, source, data in sorted(policies()):
        record = read_bytes(data, source.partition(":")[2].partition("@")[0], Settings())
        if record.language != "en" or not record.checked:
            continue
        fresh = {item.block: item for item in items(source, record.document)}
        found = [item for block, item in fresh.items() if block not in seen]
        wanted = per_policy[kind]
        step = max(1.0, len(found) / wanted)
        picked = [found[int(place * step)] for place in range(min(wanted, len(found)))]
        seen |= {item.block for item in picked}
        sets[kind] += picked
    return sets


def unsure(wanted: int, drawn: Collection[str]) -> list[Item]:
    """Blocks of training policies that nobody read, drawn the likelier the less sure they are.

    Those `drawn` before, by their digests, are left out.
    """
    readings = [*labels.readings("gold"), *labels.readings("train")]
    closed = {service(source) for source, _ in labels.readings("gold")}
    told = {block for _, block in readings}
    found: dict[str, tuple[float, Item]] = {}
    labeller, draw = Labeller(taxonomy.load()), random.Random(SEED)
    for source, document in documents(()):
        modern = source.startswith("open-terms:")
        if service(source) in closed or not (modern or draw.random() < _SHARE):
            continue
        fresh = [
            item
            for item in items(source, document)
            if f"p-{item.block}" not in told and item.block not in drawn
        ]
        for item in draw.sample(fresh, min(len(fresh), _MODERN if modern else _OLD)):
            if len(item.text.split()) <= labels.HIDDEN:
                scores = [score for score, _ in labeller.scores(item.text, item.heading).values()]
                scores += labeller.opp115(item.text, item.heading).values()
                doubt = sum(4 * score * (1 - score) for score in scores)
                # A random draw weighted by doubt (Efraimidis and Spirakis, 2006).
                found.setdefault(item.block, (draw.random() ** (1 / (doubt + 0.01)), item))
    best = sorted(found.values(), key=lambda pair: -pair[0])[:wanted]
    return sorted((item for _, item in best), key=lambda item: item.source)


def write(folder: Path, sets: dict[str, list[Item]], first: int = 0, mode: str = "w") -> None:
    """Sheets in policy order, so that a reader sees blocks of one policy together."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "blocks.jsonl").open(mode, encoding="utf-8") as rows:
        for kind, drawn in sets.items():
            for start in range(0, len(drawn), _SHEET):
                sheet = drawn[start : start + _SHEET]
                name = f"{kind}-{first + start // _SHEET:02}"
                lines = [line for n, item in enumerate(sheet) for line in _shown(n, item)]
                (folder / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
                for number, item in enumerate(sheet):
                    row = {"sheet": name, "number": number, "set": kind, **item._asdict()}
                    rows.write(json.dumps(row, ensure_ascii=False) + "\n")


def _shown(number: int, item: Item) -> Iterator[str]:
    tokens = item.text.split(" ")
    if len(tokens) > _SHOWN:
        half = _SHOWN // 2
        tokens = [*tokens[:half], f"[… {len(tokens) - _SHOWN} words …]", *tokens[-half:]]
    yield f"#{number:04} {item.source}"
    if item.heading:
        yield f"  heading: {item.heading}"
    if item.intro:
        yield f"  after: {item.intro}"
    yield " ".join(tokens)
    yield ""


def gather(folder: Path) -> Iterator[dict[str, object]]:
    """One row for each block and reader.

    Raises:
        ValueError: a label file has an unknown code or an unknown block; names file and line.
    """
    rows = [json.loads(line) for line in (folder / "blocks.jsonl").open(encoding="utf-8")]
    known = {(row["sheet"], row["number"]): row for row in rows}
    topics = {topic.id for topic in taxonomy.load().topics}
    for path in sorted(folder.glob("*.labels")):
        sheet, reader, _ = path.name.split(".")
        for line_number, line in enumerate(path.open(encoding="utf-8"), 1):
            if not line.strip():
                continue
            try:
                number, given, codes = line.split()
                row = known[sheet, int(number.lstrip("#"))]
                subjects = _codes(given, topics)
                categories = [CATEGORIES[code] for code in _codes(codes, set(CATEGORIES))]
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}:{line_number}: {line.strip()!r}: {error}") from error
            yield {
                "set": row["set"],
                "source": row["source"],
                "block": f"p-{row['block']}",
                "reader": reader,
                "topics": subjects,
                "opp115": categories,
            }


def _codes(text: str, known: set[str]) -> list[str]:
    codes = sorted(set() if text == "-" else set(text.split(",")))
    if unknown := set(codes) - known:
        raise ValueError(f"unknown codes {sorted(unknown)}")
    return codes


def _save(rows: Iterable[dict[str, object]]) -> None:
    LABELS.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Run one of the two steps."""
    step, folder = arguments
    if step == "draw":
        sets = draw({"gold": 15, "train": 31})
        write(Path(folder), sets)
        for kind, drawn in sets.items():
            print(kind, len(drawn), "blocks of", len({item.source for item in drawn}), "policies")
    elif step == "more":
        first = len(list(Path(folder).glob("train-*.txt")))
        rows = (Path(folder) / "blocks.jsonl").read_text("utf-8").splitlines()
        known = {json.loads(row)["block"] for row in rows}
        write(Path(folder), {"train": unsure(_MORE, known)}, first, "a")
    else:
        _save(gather(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
