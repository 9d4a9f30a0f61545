"""Headings recovered from policies of the Open Terms bundle with all Markdown marks stripped.

    python -m benchmarks.cleaning.headings [--fit] [--write]

`--fit` fits the weights anew on all services and writes them to the package; the figures to quote
are those of policies weighed with what was fitted on the other half of the services.
`--write` writes the table beside this file. Headings that the Markdown shows as a line all in bold
or italics are headings to the eye but not in the Markdown: a second figure leaves them out.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cleaning.open_terms import BareText, further, texts, votes
from policy_archive.cleaning.headings import weights
from policy_archive.cleaning.headings.features import TextLine
from policy_archive.cleaning.headings.score import heading_features
from policy_archive.cleaning.rule import Ledger
from policy_archive.cleaning.rules import bare_heading
from policy_archive.model import Block
from policy_archive.reading import plain

FEWEST_HEADINGS = 5
"""Texts whose Markdown marks fewer are left out: their headings are there, but not as headings."""
PENALTY = 3.0
EMPHASISED = 0.5
"""Weight of a line all in bold, when fitting: it may be a heading or not."""
SMALLEST = 0.15
HEAD = "| policies | precision | recall | F1 |\n|---|---|---|---|"


Found = tuple[BareText, set[int]]
"""A policy, and the lines of it that were taken for headings."""


@dataclass
class Count:
    """Heading lines found, wrongly found, and missed."""

    right: float = 0
    wrong: float = 0
    missed: float = 0

    def add(self, found: set[int], gold: frozenset[int], vote: float = 1) -> None:
        """Count the lines `found` in one text against those of its Markdown."""
        self.right += vote * len(found & gold)
        self.wrong += vote * len(found - gold)
        self.missed += vote * len(gold - found)

    def row(self, name: str) -> str:
        """A row of the table."""
        precision = self.right / max(1e-9, self.right + self.wrong)
        recall = self.right / max(1e-9, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


def by_rule(text: str) -> set[int]:
    blocks = list(plain.read(text).blocks)
    blocks = bare_heading.RULE.apply(blocks, Ledger(rule="bare-heading"))
    return {block.lines[0] for block in blocks if block.kind == "heading"}


def by_length(text: str) -> set[int]:
    """The rule to beat: brief, and no punctuation at the end."""
    lines = enumerate(text.split("\n"), 1)
    return {n for n, line in lines if len(line) <= 80 and line[-1:] not in ".,;:"}


def measure(found: Iterable[Found], *, lenient: bool) -> Count:
    count = Count()
    for text, lines in found:
        count.add(lines - text.emphasised if lenient else lines, text.headings)
    return count


def evidence(text: BareText) -> list[tuple[list[str], float, float]]:
    """Features, label and weight of every line that may be a heading."""
    lines = [
        (number, TextLine(line, enclosed))
        for block in plain.read(text.text).blocks
        for number, line, enclosed in _lines(block, enclosed=False)
    ]
    samples = []
    found = heading_features([line for _, line in lines])
    for (number, line), features in zip(lines, found, strict=True):
        if not features:
            continue
        if number in text.headings:
            samples.append((features, 1.0, 1.0))
        elif number not in text.emphasised:
            samples.append((features, 0.0, 1.0))
        else:
            sentence = line.text[-1] in ".!;," or len(line.text) > 120
            samples.append((features, 0.0 if sentence else 1.0, EMPHASISED))
    return samples


def _lines(block: Block, *, enclosed: bool) -> list[tuple[int, str, bool]]:
    if block.kind == "list":
        inner = [inner for item in block.items for inner in item.blocks]
        return [line for found in inner for line in _lines(found, enclosed=True)]
    return [(block.lines[0], line, enclosed) for line in block.text.split("\n")]


def fit(corpus: Iterable[BareText]) -> dict[str, float]:
    """Logistic regression by Newton's method; small weights are left out."""
    samples = [sample for text in corpus for sample in evidence(text)]
    names = sorted({feature for features, _, _ in samples for feature in features})
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names)))
    for row, (features, _, _) in enumerate(samples):
        matrix[row, [column[feature] for feature in features]] = 1
    label = np.array([label for _, label, _ in samples])
    weight = np.array([weight for _, _, weight in samples])
    beta = np.zeros(len(names))
    for _ in range(30):
        guess = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        slope = matrix.T @ (weight * (guess - label)) + PENALTY * beta
        curve = (matrix.T * (weight * guess * (1 - guess))) @ matrix
        step = np.linalg.solve(curve + PENALTY * np.eye(len(names)), slope)
        beta -= step
        if np.abs(step).max() < 1e-5:
            break
    return {
        name: round(float(b), 1) for name, b in zip(names, beta, strict=True) if abs(b) >= SMALLEST
    }


def use(found: dict[str, float]) -> None:
    """Weigh with these from now on."""
    weights.WEIGHTS.clear()
    weights.WEIGHTS.update(found)


def write_weights(found: dict[str, float]) -> None:
    path = Path(weights.__file__)
    rows = "".join(f'    "{name}": {weight},\n' for name, weight in found.items())
    head = path.read_text().partition("WEIGHTS")[0]
    path.write_text(f"{head}WEIGHTS: dict[str, float] = {{\n{rows}}}\n")
    use(found)


def crossed(halves: Sequence[Sequence[BareText]]) -> list[tuple[BareText, set[int]]]:
    """Every policy's headings, found with weights fitted on the half of services it is not of."""
    shipped = dict(weights.WEIGHTS)
    found = []
    for train, test in (halves, halves[::-1]):
        use(fit(train))
        found += [(text, by_rule(text.text)) for text in test]
    use(shipped)
    return found


def by(rule: Callable[[str], set[int]], corpus: Iterable[BareText]) -> list[Found]:
    return [(text, rule(text.text)) for text in corpus]


def report(halves: Sequence[Sequence[BareText]]) -> str:
    every = [text for half in halves for text in half]
    answers = (
        ("**weights fitted on the other half of the services**", crossed(halves)),
        ("weights as shipped, fitted on all", by(by_rule, every)),
        ("length and punctuation alone", by(by_length, every)),
    )
    parts = []
    for title, lenient in (
        ("Headings of the Markdown alone count", False),
        ("Lines all in bold or italics, heads of tables and first cells are left out", True),
    ):
        rows = []
        for name, found in answers:
            newest = [(text, lines) for text, lines in found if text.newest]
            for which, chosen in (("newest", newest), ("up to four versions", found)):
                count = measure(chosen, lenient=lenient)
                rows.append(count.row(f"{which} ({len(chosen)}), {name}"))
        parts.append("\n".join([f"## {title}", "", HEAD, *rows]))
    return "\n\n".join(parts)


def report_on_further() -> str:
    """Services that nothing was fitted on; near copies of a policy share one vote."""
    corpus = [text for text in further() if len(text.headings) >= FEWEST_HEADINGS]
    rows = []
    for name, rule in (("weights as shipped", by_rule), ("length and punctuation", by_length)):
        count = Count()
        for text, vote in zip(corpus, votes(corpus), strict=True):
            count.add(rule(text.text) - text.emphasised, text.headings, vote)
        rows.append(count.row(f"{len(corpus)} services never fitted on, {name}"))
    title = "## Further services, lines all in bold, heads of tables and first cells left out"
    return "\n".join([title, "", HEAD, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit and write the weights anew")
    parser.add_argument("--write", action="store_true", help="write headings.md")
    options = parser.parse_args()
    every = list(texts())
    corpus = [text for text in every if len(text.headings) >= FEWEST_HEADINGS]
    left_out = sorted(
        {f"{t.service} ({t.version})" for t in every}
        - {f"{t.service} ({t.version})" for t in corpus}
    )
    services = sorted({text.service for text in every})
    halves = [[text for text in corpus if text.service in services[first::2]] for first in (0, 1)]
    if options.fit:
        write_weights(fit(corpus))
    page = "\n\n".join(
        (
            "# Headings recovered",
            "`python -m benchmarks.cleaning.headings --write`",
            "Policies of the Open Terms bundle with all Markdown marks stripped, one block a line, "
            "a table's cell a line, no blank lines; read as plain text, then `bare-heading`. The "
            "halves are every other service by name.",
            report(halves),
            report_on_further(),
            f"Left out, with fewer than {FEWEST_HEADINGS} headings in their Markdown: "
            f"{', '.join(left_out)}.",
        )
    )
    print(page)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(page + "\n")


if __name__ == "__main__":
    main()
