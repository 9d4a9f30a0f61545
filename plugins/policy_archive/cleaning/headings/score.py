"""Is this line a heading? What speaks for and against it, weighed.

A line is judged by its own words, by the lines above and below it, and by what its text does with
other lines of the same style: an author who writes headings in capitals, or numbers them, puts
text under each. The weights were fitted on services of Open Terms Archive
(`benchmarks/cleaning/headings.py`).
"""

import math
from collections.abc import Sequence

from policy_archive.cleaning.headings.context import (
    among_brief,
    by_number,
    by_style,
    habits_of,
    neighbours,
    repeats,
    runs_of_brief_lines,
    short_lines,
)
from policy_archive.cleaning.headings.features import LineFeatures, TextLine, own_features
from policy_archive.cleaning.headings.numbers import counting
from policy_archive.cleaning.headings.weights import WEIGHTS


def heading_scores(lines: Sequence[TextLine]) -> list[float]:
    """For each of `lines`, how likely it is a heading, from 0 to 1."""
    weight = WEIGHTS.get
    return [
        _probability(sum([weight(feature, 0.0) for feature in features])) if features else 0.0
        for features in heading_features(lines)
    ]


def heading_features(lines: Sequence[TextLine]) -> list[list[str]]:
    """For each of `lines`, what there is to weigh; nothing where it cannot be a heading."""
    seen = [LineFeatures(line) for line in lines]
    runs, habits, repeated = runs_of_brief_lines(seen), habits_of(seen), repeats(seen)
    short, counts = short_lines(seen), counting([line.number for line in seen])
    result: list[list[str]] = []
    for position, line in enumerate(seen):
        if not line.brief or runs[position].deep or not line.possible:
            result.append([])
            continue
        features = ["any", *own_features(line), *neighbours(seen, position)]
        features += among_brief(runs[position], short[position])
        features += by_style(line, habits)
        if repeated[position]:
            features.append(repeated[position])
        if line.number:
            features += by_number(seen, position, counts[position])
        result.append(features)
    return result


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
