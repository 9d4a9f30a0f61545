"""Headings recovered from policies of Open Terms Archive with all Markdown marks stripped.

    python -m benchmarks.cleaning.headings [--fit] [--write]

`--fit` fits the weights anew on all services and writes them to the package; the figures to quote
are those of policies weighed with what was fitted on other services.
`--write` writes the tables beside this file. Headings that the Markdown shows as a line all in bold
or italics are headings to the eye but not in the Markdown: a second table leaves them out.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.cleaning.open_terms import BareText, further, policies, texts
from policy_archive.cleaning.headings import weights
from policy_archive.cleaning.headings.features import LONGEST, TextLine
from policy_archive.cleaning.headings.score import heading_features
from policy_archive.cleaning.rule import Ledger
from policy_archive.cleaning.rules import bare_heading
from policy_archive.model import Block
from policy_archive.reading import plain

FEWEST_HEADINGS = 5
"""Texts whose Markdown marks fewer are left out: their headings are there, but not as headings."""
FOLDS = 6
RAREST = 15
"""What speaks for or against fewer lines is not weighed."""
FEWEST_LINES, USUAL_LINES = 20, 60
"""Lines that may be headings: texts weigh the same when fitting, but for those with fewest."""
PENALTY = 3.0
EMPHASISED = 0.2
"""Weight of a line all in bold, when fitting: it may be a heading or not."""
RESTYLED = 0.3
"""Weight of a text whose headings are set in an older style."""
SMALLEST = 0.15
HEAD = "| policies | precision | recall | F1 | F1, mean of policies |\n|---|---|---|---|---|"
UNFITTED, FITTED, LENGTH = WAYS = (
    "**weights fitted on other services**",
    "weights as shipped, fitted on all",
    "length and punctuation alone",
)
READ = Path(__file__).with_name("headings-read.md")
"""What a reader found among the errors; kept by hand."""

Sample = tuple[list[str], float, float]
Policy = list[BareText]
"""The versions of a policy, and its near copies under other names."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A text, what it counts, and the lines of it that each way takes for headings."""

    text: BareText
    vote: float
    unseen: bool
    """No error in it, or in a near copy, was read while features were made."""
    found: dict[str, set[int]]


@dataclass
class Count:
    """Heading lines found, wrongly found, and missed."""

    right: float = 0
    wrong: float = 0
    missed: float = 0
    means: float = 0
    votes: float = 0

    def add(self, found: set[int], gold: frozenset[int], vote: float) -> None:
        """Count the lines `found` in one text against those of its Markdown."""
        right, wrong, missed = len(found & gold), len(found - gold), len(gold - found)
        self.right += vote * right
        self.wrong += vote * wrong
        self.missed += vote * missed
        self.means += vote * 2 * right / (2 * right + wrong + missed)
        self.votes += vote

    def row(self, name: str) -> str:
        """A row of the table."""
        precision = self.right / (self.right + self.wrong)
        recall = self.right / (self.right + self.missed)
        f1 = 2 * precision * recall / (precision + recall)
        mean = self.means / self.votes
        return f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {mean:.3f} |"


def by_rule(text: BareText) -> set[int]:
    """The headings that are read from bare lines, each by its line.

    Where a number and its title on two lines are one heading, it is the line the Markdown marks.
    """
    blocks = list(plain.read(text.text).blocks)
    blocks = bare_heading.RULE.apply(blocks, Ledger(rule="bare-heading"))
    spans = [range(b.lines[0], b.lines[1] + 1) for b in blocks if b.kind == "heading"]
    return {next((line for line in span if line in text.headings), span[0]) for span in spans}


def by_length(text: BareText) -> set[int]:
    """The rule to beat: brief, and no punctuation at the end."""
    lines = enumerate(text.text.split("\n"), 1)
    return {n for n, line in lines if len(line) <= 80 and line[-1:] not in ".,;:"}


def evidence(text: BareText) -> list[Sample]:
    """Features, label and weight of every line that may be a heading; texts weigh the same."""
    lines = [
        (number, TextLine(line, enclosed))
        for block in plain.read(text.text).blocks
        for number, line, enclosed in _lines(block, enclosed=False)
    ]
    found = heading_features([line for _, line in lines])
    size = max(FEWEST_LINES, sum(map(bool, found))) / USUAL_LINES
    return [
        (features, label, weight / size)
        for features, (number, line) in zip(found, lines, strict=True)
        if features
        for label, weight in [_label(text, number, line)]
    ]


def _label(text: BareText, number: int, line: TextLine) -> tuple[float, float]:
    if number not in text.emphasised or number in text.headings:
        return float(number in text.headings), 1.0
    sentence = line.text[-1] in ".!;," or len(line.text) > LONGEST
    return float(not sentence), EMPHASISED


def _lines(block: Block, *, enclosed: bool) -> list[tuple[int, str, bool]]:
    if block.kind == "list":
        inner = [inner for item in block.items for inner in item.blocks]
        return [line for found in inner for line in _lines(found, enclosed=True)]
    return [(block.lines[0], line, enclosed) for line in block.text.split("\n")]


def restyled(text: BareText) -> BareText:
    """`text` with its headings in capitals, with a full stop, or both, as in policies of 2005."""
    style = _number(text.service + text.version) % 3
    lines = text.text.split("\n")
    for number in text.headings:
        line = lines[number - 1]
        line = line if style == 1 else line.upper()
        lines[number - 1] = line if style == 0 or line[-1] in "?!" else line.rstrip(".: ") + "."
    return replace(text, text="\n".join(lines))


def fit(found: Iterable[Policy]) -> dict[str, float]:
    """Logistic regression by Newton's method; small weights are left out.

    A policy's versions and near copies share one vote. Each text is seen in an older style as well.
    """
    samples = [
        (features, label, weight * share / len(policy))
        for policy in found
        for text in policy
        for shown, share in ((text, 1.0), (restyled(text), RESTYLED))
        for features, label, weight in evidence(shown)
    ]
    counts = Counter(feature for features, _, _ in samples for feature in features)
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names)))
    for row, (features, _, _) in enumerate(samples):
        matrix[row, [column[feature] for feature in features if feature in column]] = 1
    label = np.array([label for _, label, _ in samples])
    weight = np.array([weight for _, _, weight in samples])
    beta = np.zeros(len(names))
    for _ in range(30):
        guess = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        slope = matrix.T @ (weight * (guess - label)) + PENALTY * beta
        curve = (matrix.T * (weight * guess * (1 - guess))) @ matrix
        step = np.linalg.solve(curve + PENALTY * np.eye(len(names)), slope)
        beta -= step
        if np.abs(step).max() < 1e-4:
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


def answers(found: Sequence[Policy]) -> list[Answers]:
    """What each way of finding headings says of each text."""
    shipped = dict(weights.WEIGHTS)
    result = []
    for fold in range(FOLDS):
        tested = [policy for policy in found if _digest(policy) % FOLDS == fold]
        use(fit(policy for policy in found if _digest(policy) % FOLDS != fold))
        unfitted = [[by_rule(text) for text in policy] for policy in tested]
        use(shipped)
        for policy, lines in zip(tested, unfitted, strict=True):
            unseen = all(_number(text.service) % 2 for text in policy)
            for text, by_others in zip(policy, lines, strict=True):
                ways = dict(zip(WAYS, (by_others, by_rule(text), by_length(text)), strict=True))
                result.append(Answers(text, 1 / len(policy), unseen, ways))
    return result


def _number(service: str) -> int:
    return int(hashlib.sha256(service.encode()).hexdigest(), 16)


def _digest(policy: Policy) -> int:
    return _number(min(text.service for text in policy))


def report(found: Sequence[Answers]) -> str:
    """Tables of precision, recall and F1, strict and lenient."""
    rest = [answer for answer in found if answer.text.further]
    sets = {
        "40 services, newest": [a for a in found if not a.text.further and a.text.newest],
        "40 services, up to four versions": [a for a in found if not a.text.further],
        "further services, errors read": [a for a in rest if not a.unseen],
        "further services, never looked at": [a for a in rest if a.unseen],
    }
    parts = []
    for title, lenient in (
        ("Headings of the Markdown alone count", False),
        ("Lines all in bold or italics, heads of tables and first cells are left out", True),
    ):
        rows = []
        for way in WAYS:
            for name, chosen in sets.items():
                count = Count()
                for answer in chosen:
                    lines, text = answer.found[way], answer.text
                    lines = lines - text.emphasised if lenient else lines
                    count.add(lines, text.headings, answer.vote)
                rows.append(count.row(f"{name} ({len(chosen)}), {way}"))
        parts.append("\n".join([f"## {title}", "", HEAD, *rows]))
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit and write the weights anew")
    parser.add_argument("--write", action="store_true", help="write headings.md")
    options = parser.parse_args()
    every = [*texts(), *further()]
    corpus = policies([text for text in every if len(text.headings) >= FEWEST_HEADINGS])
    if options.fit:
        write_weights(fit(corpus))
    left_out = sorted(
        f"{t.service} ({t.version})" for t in every if len(t.headings) < FEWEST_HEADINGS
    )
    page = "\n\n".join(
        (
            "# Headings recovered",
            "`python -m benchmarks.cleaning.headings --write`",
            "Policies of Open Terms Archive with all Markdown marks stripped, one block a line, a "
            "line of a table's cell a line, no blank lines; read as plain text, then "
            "`bare-heading`. Versions and near copies of a policy share one vote and are never on "
            "both sides of a fit. Of further services in English, errors were read in those whose "
            "name's SHA-256 is even; the others were never looked at.",
            report(answers(corpus)),
            READ.read_text(encoding="utf-8").strip(),
            f"Left out, with fewer than {FEWEST_HEADINGS} headings in their Markdown: "
            f"{', '.join(left_out)}.",
        )
    )
    print(page)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(page + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
