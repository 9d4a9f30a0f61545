"""How far two readers agree, code by code."""

from collections.abc import Mapping

from benchmarks.topics.figures import Pair, counts, kappa, macro, micro
from benchmarks.topics.labels import NAMES, TOPICS, Key, Reading, readings
from benchmarks.topics.sheets import CATEGORIES
from policy_archive.topics.taxonomy import OPP115


def page() -> str:
    """The text of `agreement.md`."""
    gold = _pairs(readings("gold"), "g", "h")
    train = _pairs(readings("train"), "abcdef", "i")
    today = _pairs(readings("today"), "u", "v")
    apart = _pairs(readings("today"), "u", "w")
    return "\n".join(
        [
            "# Agreement of two readers",
            "",
            "`python -m benchmarks.topics.measure`. F1 of one reader against the other, and",
            "Cohen's kappa; n is how often the first gave the code. The readers were language",
            "models working to the same guideline (`docs/labelling.md`): this says how repeatable",
            "the labels are, not how right.",
            "",
            *_section("The gold set: readers g and h", gold),
            *_section("A tenth of the training set: readers a to f, and i", train),
            *_section("Services of today that are kept apart: readers u and v", today),
            "Readers u and v were one, who read the blocks twice in one sitting: the second is",
            "not independent, and these figures do not say how repeatable the labels are.",
            "",
            *_section("150 of these blocks, read anew: readers u and w", apart),
            "Reader w came to the blocks later, in the order of a digest, with the guideline and",
            "without the labels of u and v. These figures say how repeatable the labels are.",
            "",
        ]
    )


def _pairs(given: Mapping[Key, list[Reading]], first: str, second: str) -> list[Pair]:
    """What two readers gave the blocks that both read."""
    pairs: list[Pair] = []
    for each in given.values():
        one = [reading.names for reading in each if reading.reader in first]
        two = [reading.names for reading in each if reading.reader in second]
        if one and two:
            pairs.append((one[0], two[0]))
    return pairs


def _section(title: str, pairs: list[Pair]) -> list[str]:
    codes = {name: code for code, name in CATEGORIES.items()}
    same = sum(set(one) == set(two) for one, two in pairs)
    lines = [
        f"## {title}",
        "",
        f"{len(pairs)} blocks; on {same} of them ({same / len(pairs):.0%}) every code is the same.",
        "",
        "| code | n | F1 | kappa |",
        "|---|---|---|---|",
    ]
    for name in NAMES:
        row = counts(pairs, name)
        n, f1 = row.said, f"{row.f1:.2f}" if row.said + row.held else "–"
        lines.append(f"| {codes.get(name, name)} | {n} | {f1} | {kappa(pairs, name):.2f} |")
    for kind, names in (("topics", TOPICS), ("categories", OPP115)):
        table = [row for name in names if (row := counts(pairs, name)).held + row.said]
        lines.append(
            f"| **{kind}, micro / macro** | | {micro(table).f1:.2f} / {macro(table):.2f} | |"
        )
    return [*lines, ""]
