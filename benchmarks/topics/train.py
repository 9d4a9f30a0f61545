"""Makes `model.tsv`, the labeller's weights, from weak labels on two corpora.

    python benchmarks/topics/train.py [--corpora ../shared/corpora] [--check]

Needs scikit-learn 1.5 or newer (the package itself never imports it) and git. Blocks are labelled
by the headings they stand under and by their wording (`taxonomy.toml`, `weak.toml`); a linear
model then learns which words go with which label, headings aside. No text, no label and no
statistic of OPP-115 is used. `--check` says whether the shipped file comes out the same.
"""

import argparse
import json
import os
import random
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import numpy as np
from corpus import Sample, samples
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from policy_archive.topics import linear
from policy_archive.topics.patterns import Patterns, outside, tokens
from policy_archive.topics.taxonomy import OPP115, load

HERE = Path(__file__).parent
MODEL = Path(linear.__file__).with_name("model.tsv")
BLOCKS = 45_000
BODY_GRAMS = 5_000
HEADING_GRAMS = 1_500
REGULARISATION = 1.0
_ABOUT_DATA = re.compile(r"\b(privacy|personal|personally|cookies?|information|data)\b", re.I)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", "../shared")) / "corpora"
    parser.add_argument("--corpora", type=Path, default=default)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not (options.corpora / "dmoz-3000.tar.xz").exists():
        print(f"{options.corpora} holds no corpora; name their folder with --corpora")
        return 2
    text = train(choose(samples(options.corpora)))
    if options.check:
        same = text == MODEL.read_text("utf-8")
        print("the same" if same else "DIFFERENT from the shipped model")
        return 0 if same else 1
    MODEL.write_text(text, "utf-8")
    print(f"{MODEL}: {len(text)} bytes")
    return 0


def choose(found) -> list[Sample]:
    """Blocks of documents that speak of data at all, at most 250 a document, drawn by lot."""
    documents: dict[str, list[Sample]] = defaultdict(list)
    for sample in found:
        documents[sample.source].append(sample)
    chosen: list[Sample] = []
    for blocks in documents.values():
        text = " ".join(block.text for block in blocks)
        size = len(text.split())
        if size > 200 and len(_ABOUT_DATA.findall(text)) / size > 0.03:
            chosen += [block for block in blocks[:250] if len(block.text.split()) < 400]
    random.Random(0).shuffle(chosen)
    return chosen[:BLOCKS]


def weak_patterns():
    """Labels, and the wording, counter-examples and headings of each as one matcher a kind."""
    taxonomy = load()
    kinds = ("wording", "counter", "headings")
    pairs = {kind: [(t.id, p) for t in taxonomy.topics for p in getattr(t, kind)] for kind in kinds}
    rules = tomllib.loads((HERE / "weak.toml").read_text("utf-8"))
    for category, rule in rules.items():
        for kind in kinds:
            pairs[kind] += [(category, pattern) for pattern in rule[kind]]
            if kind != "headings":
                for id in rule["topics"]:
                    pairs[kind] += [(category, p) for p in getattr(taxonomy[id], kind)]
    labels = (*(topic.id for topic in taxonomy.topics), *OPP115)
    return labels, *(Patterns(pairs[kind]) for kind in kinds)


def votes(chosen: list[Sample]):
    """For each block and label: matches of wording, matches of the heading; and its length."""
    labels, wording, counter, headings = weak_patterns()
    words = np.zeros((len(chosen), len(labels)), int)
    headed = np.zeros((len(chosen), len(labels)), bool)
    lengths = np.zeros(len(chosen), int)
    for row, sample in enumerate(chosen):
        text = tokens(sample.text)
        lengths[row] = len(text)
        found, against = wording.find(text), counter.find(text)
        under = headings.find(tokens(sample.heading))
        for column, label in enumerate(labels):
            words[row, column] = len(outside(found.get(label, ()), against.get(label, ())))
            headed[row, column] = label in under
    return labels, words, headed, lengths


def train(chosen: list[Sample]) -> str:
    """The text of `model.tsv`."""
    labels, words, headed, lengths = votes(chosen)
    short = lengths[:, None] < 25
    # Two pieces of wording, or one that the heading or the block's shortness makes clear, are a
    # yes; nothing at all is a no; whatever lies between teaches nothing.
    yes = (words >= 2) | ((words >= 1) & (headed | short))
    clear = yes | ((words == 0) & ~headed)
    body_grams, counts = grams_of([sample.text for sample in chosen], BODY_GRAMS, 5)
    rarity = np.log(len(chosen) / np.asarray(counts.sum(0)).ravel()) + 1
    # Rarity is rounded as it ships, so that training and scoring see the same norm.
    squares = np.clip(np.rint(rarity**2), 1, 255)
    rarity = np.sqrt(squares)
    body = normalize(counts.multiply(rarity).tocsr()).tocsr()
    coefficients, intercepts = fit(body, yes, clear.astype(float))
    leaning = 1 / (1 + np.exp(-(body @ coefficients + intercepts)))

    # A heading's words learn what the blocks below usually speak of.
    heading_grams, counts = grams_of([sample.heading for sample in chosen], HEADING_GRAMS, 8)
    heading = normalize(counts.astype(float)).tocsr()
    doubled = sparse.vstack([heading, heading]).tocsr()
    answers = np.vstack([np.ones(leaning.shape, bool), np.zeros(leaning.shape, bool)])
    headings, _ = fit(doubled, answers, np.vstack([leaning, 1 - leaning]))

    header: dict[str, object] = {"labels": labels}
    rows: list[str] = []
    parts = (
        ("body", body_grams, coefficients * rarity[:, None], intercepts, squares),
        ("heading", heading_grams, headings, np.zeros(len(labels)), np.ones(len(heading_grams))),
    )
    for kind, names, weights, offsets, norms in parts:
        scales = np.array([float(f"{s:.4g}") for s in np.abs(weights).max(0) / 127])
        header[kind] = {
            "scales": scales.tolist(),
            "intercepts": [round(float(offset), 3) for offset in offsets],
        }
        steps = np.clip(np.rint(weights / scales), -127, 127).astype(int) + 128
        lanes = np.hstack([steps, norms[:, None].astype(int)]).astype(np.uint8)
        rows += [f"{kind}\t{n}\t{row.tobytes().hex()}" for n, row in zip(names, lanes, strict=True)]
    return "\n".join([json.dumps(header), *rows]) + "\n"


def grams_of(texts: list[str], most: int, rarest: int):
    """The commonest words and pairs of words, and in which text each stands."""
    counter = CountVectorizer(
        tokenizer=tokens, lowercase=False, token_pattern=None, ngram_range=(1, 2), binary=True,
        max_features=most, min_df=rarest,
    )  # fmt: skip
    counts = counter.fit_transform(texts)
    return list(counter.get_feature_names_out()), counts


def fit(features, answers, weights):
    """One logistic regression a label."""
    coefficients, intercepts = [], []
    for column in range(answers.shape[1]):
        used = weights[:, column] > 0
        model = LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=0)
        model.fit(features[used], answers[used, column], sample_weight=weights[used, column])
        coefficients.append(model.coef_[0])
        intercepts.append(model.intercept_[0])
    return np.array(coefficients).T, np.array(intercepts)


if __name__ == "__main__":
    sys.exit(main())
