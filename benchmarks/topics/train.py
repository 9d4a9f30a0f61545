"""Makes `model.tsv`, the labeller's weights, from labelled blocks and both corpora.

    python -m benchmarks.topics.train [--check]

Needs the corpora (`benchmarks/corpora.py`), git, and SciPy beside the package; the shipped file
was made with NumPy 2.4.6 and SciPy 1.17.1 on CPython 3.11. A teacher learns from the blocks that
readers labelled, with the taxonomy's patterns as further features. Its answers on blocks that
nobody read, averaged with a language model's (`teacher.tsv`, see `teacher.py`) and raised where
heading and wording agree, then teach the shipped model, which sees words and headings alone. No
policy of the gold set is read, and nothing of OPP-115. `--check` says whether the file comes out
the same.
"""

import argparse
import base64
import json
import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.topics import around, guesses, learning, lessons
from benchmarks.topics import labels as given
from benchmarks.topics.around import UNTAUGHT, Taught
from benchmarks.topics.corpus import Sample
from benchmarks.topics.learning import Array, Matrix
from benchmarks.topics.lessons import Data
from benchmarks.topics.votes import votes
from policy_archive.topics import linear, surroundings
from policy_archive.topics.patterns import STOP, tokens
from policy_archive.topics.taxonomy import OPP115

BODY_GRAMS = 12_000
HEADING_GRAMS = 1_500
UNREAD_WEIGHT = 0.5
PENALTY = 0.15
ROUNDS = 60
"""What stands above was chosen by cross-validation over the policies of the training set."""

STEMS = 0.7
HEADED = 0.3
BRIEF = 0.8
RULES = 0.3
"""How much each kind of feature weighs beside the block's words."""
SELDOM = 50
"""Labelled blocks below which a topic's patterns have a say beside the model."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the shipped file")
    options = parser.parse_args()
    known = guesses.load()
    data = lessons.collect(known)
    text = train(data, np.array([known[block.block] for block in data.blocks[data.read :]]))
    if options.check:
        same = text == linear.MODEL.read_text("utf-8")
        print("the same" if same else "DIFFERENT from the shipped model")
        return 0 if same else 1
    linear.MODEL.write_text(text, "utf-8")
    print(f"{linear.MODEL}: {len(text)} bytes")
    return 0


Learned = tuple[Array, Array]
"""Weights and intercepts."""


class Features(NamedTuple):
    """What is known of every block, and the names and norms of its n-grams."""

    student: Matrix
    teacher: Matrix
    agreed: Array
    """Where a block's heading and its wording both match a name's patterns."""
    body_names: list[str]
    squares: Array
    scale: float
    heading_names: list[str]
    body_stems: Matrix
    heading_stems: Matrix


def features(blocks: list[Sample]) -> Features:
    """The features of all blocks."""
    texts = [tokens(block.text) for block in blocks]
    titles = [tokens(block.heading) for block in blocks]
    opened = [[STOP, *text] for text in texts]
    body_names = learning.commonest(opened, BODY_GRAMS)
    counts = learning.presence(opened, body_names)
    rarity = np.log((len(blocks) + 1) / (np.asarray(counts.sum(0)).ravel() + 1)) + 1
    squares = np.clip(np.rint(rarity**2), 1, 255)  # as they ship
    body = counts @ sparse.diags(np.sqrt(squares))
    norms = np.sqrt(np.maximum(counts @ squares, 1))
    # Long texts keep more of their weight than a norm of 1 would leave them.
    scale = float(np.median(norms)) ** (linear.POWER - 1)
    body = learning.rows(body, scale / norms**linear.POWER)
    heading_names = learning.commonest(titles, HEADING_GRAMS)
    heading = learning.presence(titles, heading_names)
    heading = learning.rows(heading, 1 / np.sqrt(np.maximum(heading.sum(1).A1, 1)))
    body_stems, heading_stems = learning.stems(body_names), learning.stems(heading_names)
    brevity = np.array([linear.brevity(len(text).bit_length()) for text in texts])
    student = learning.beside(
        body,
        STEMS * (body @ body_stems),
        HEADED * heading,
        HEADED * STEMS * (heading @ heading_stems),
        learning.rows(heading, BRIEF * brevity),
    )
    found = votes(texts, titles)
    rules = sparse.csr_matrix(RULES * found)
    return Features(
        student=student,
        teacher=learning.beside(student, rules),
        agreed=found[:, -len(given.NAMES) :],
        body_names=body_names,
        squares=squares,
        scale=scale,
        heading_names=heading_names,
        body_stems=body_stems,
        heading_stems=heading_stems,
    )


def teach(
    data: Data, known: Features, told: Array, read: NDArray[np.int64], unread: NDArray[np.int64]
) -> Learned:
    """The student's weights and intercepts, from these rows of read and of unread blocks.

    `told` is what the language model said of all blocks that nobody read.
    """
    answers, even = data.answers[read], np.ones(len(read))
    inner, outer = learning.fit(known.teacher[read], answers, PENALTY, even, ROUNDS)
    logits = known.teacher[unread] @ inner + outer
    shares = learning.probabilities((logits + told[unread - data.read]) / 2)
    # How often heading and wording are right where they agree, among blocks that were read.
    agreed = known.agreed[read]
    right = ((agreed * answers).sum(0) + 1) / (agreed.sum(0) + 2)
    shares = np.maximum(shares, known.agreed[unread] * right)
    weights = np.r_[even, np.full(len(unread), UNREAD_WEIGHT)]
    both = known.student[np.r_[read, unread]]
    return learning.fit(both, np.vstack([answers, shares]), PENALTY, weights, ROUNDS)


def unseen(data: Data, known: Features, told: Array) -> tuple[Array, list[Learned]]:
    """Log-odds of every read block by a student that knows nothing of its policy.

    And what each of these students learned, by the fold that it never saw.
    """
    folds = np.array([lessons.fold(block.source) for block in data.blocks])
    read, unread = np.arange(data.read), np.arange(data.read, len(data.blocks))
    logits = np.zeros_like(data.answers)
    students = []
    for part in range(lessons.FOLDS):
        kept, held = read[folds[read] != part], read[folds[read] == part]
        inner, outer = teach(data, known, told, kept, unread[folds[unread] != part])
        logits[held] = known.student[held] @ inner + outer
        students.append((inner, outer))
    return logits, students


def calibration(logits: Array, answers: Array) -> tuple[Array, Array]:
    """For each name: what to multiply log-odds with, and where "yes" begins before that.

    The slopes are Platt's; the shifts put 0.5 where F1 is best.
    """
    slopes, shifts = [], []
    even = np.ones(len(answers))
    for column in range(answers.shape[1]):
        scores, share = logits[:, column], answers[:, column : column + 1]
        inner, _ = learning.fit(sparse.csr_matrix(scores[:, None]), share, 1e-3, even, 100)
        slopes.append(float(np.clip(inner[0, 0], 0.5, 2.0)))
        shifts.append(learning.best_f1(scores, share[:, 0] > 0.5))
    return np.array(slopes), np.array(shifts)


def train(data: Data, told: Array) -> str:
    """The text of `model.tsv`."""
    known = features(data.blocks)
    logits, students = unseen(data, known, told)
    calibrated = slopes, shifts = calibration(logits, data.answers)
    report((logits - shifts) * slopes, data.answers)
    models = [linear.parse(written(known, student, calibrated, [])) for student in students]
    known_around = around.collect(data, models)
    second = around.teach(known_around)
    report(second.unseen, known_around.answers)
    every = np.arange(len(data.blocks))
    learned = teach(data, known, told, every[: data.read], every[data.read :])
    return written(known, learned, calibrated, _seldom(data.answers), second)


def written(
    known: Features,
    learned: Learned,
    calibrated: tuple[Array, Array],
    seldom: list[str],
    second: Taught = UNTAUGHT,
) -> str:
    """The text of `model.tsv` for what the student learned, with its slopes and shifts.

    Without a `second` stage, what stands around a text has no say.
    """
    inner, outer = learned
    slopes, shifts = calibrated
    # Words take over what their beginnings learned, so that the labeller looks up words alone.
    sizes = (known.body_stems.shape[0], known.body_stems.shape[1],
             known.heading_stems.shape[0], known.heading_stems.shape[1])  # fmt: skip
    words, word_stems, titles, title_stems, brief = np.split(inner, np.cumsum(sizes))
    body = words + STEMS * (known.body_stems @ word_stems)
    body = body * np.sqrt(known.squares)[:, None] * known.scale
    heading = HEADED * (titles + STEMS * (known.heading_stems @ title_stems))
    headings = np.hstack([heading * slopes, BRIEF * brief * slopes])
    header: dict[str, object] = {
        "topics": given.TOPICS,
        "categories": OPP115,
        "seldom": seldom,
        "intercepts": _rounded((outer - shifts) * slopes),
        "moved": _rounded(second.intercepts),
        "sobriety": second.sobriety,
    }
    around_names = surroundings.names(given.NAMES)
    lines = [
        *_rows(header, "body", known.body_names, body * slopes, known.squares),
        *_rows(header, "heading", known.heading_names, headings, np.ones(len(headings))),
        *_rows(header, "around", around_names, second.weights),
    ]
    return "\n".join([json.dumps(header), *lines]) + "\n"


def report(logits: Array, answers: Array) -> None:
    """Print how well blocks of unseen policies are labelled, from calibrated log-odds."""
    yes, scores = answers > 0.5, learning.probabilities(logits)
    topics = len(given.TOPICS)
    for name, part in (("topics", slice(0, topics)), ("categories", slice(topics, None))):
        said = scores[:, part] >= 0.5
        true = (said & yes[:, part]).sum(0)
        each = 2 * true / (said.sum(0) + yes[:, part].sum(0))
        micro = 2 * true.sum() / (said.sum() + yes[:, part].sum())
        print(f"cross-validated on {len(yes)} blocks, {name}: F1 {micro:.3f} / {each.mean():.3f}")
    for threshold in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        said = scores[:, :topics] >= threshold
        true = (said & yes[:, :topics]).sum(0)
        least = (true / np.maximum(said.sum(0), 1)).min()
        print(f"topics from {threshold}: {said.sum()} answers, precision "
              f"{true.sum() / said.sum():.3f}, the least precise topic {least:.2f}")  # fmt: skip


def _rounded(values: Array) -> list[float]:
    return [round(float(value), 3) for value in values]


def _seldom(answers: Array) -> list[str]:
    """Topics too rare among the labels to be left to words alone."""
    found = answers.sum(0)[: len(given.TOPICS)]
    return [topic for topic, count in zip(given.TOPICS, found, strict=True) if count < SELDOM]


def _rows(
    header: dict[str, object],
    kind: str,
    names: list[str],
    weights: Array,
    squares: Array | None = None,
) -> list[str]:
    """The lines of one kind of n-gram or feature, with the squares of the norms of n-grams.

    What a step of 8 bits is worth goes to the header.
    """
    scales = np.array([float(f"{scale:.4g}") for scale in np.abs(weights).max(0) / 127])
    header[kind] = scales.tolist()
    steps = np.clip(np.rint(weights / np.maximum(scales, 1e-12)), -127, 127) + 128
    if squares is not None:
        steps = np.hstack([steps, squares[:, None]])
    table = steps.astype(np.uint8)
    return [
        f"{kind}\t{name}\t{base64.b64encode(row.tobytes()).decode()}"
        for name, row in zip(names, table, strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
