"""Measures the labeller, and writes `results.md`, `agreement.md` and the shipped `accuracy.toml`.

    python -m benchmarks.topics.measure [--set-thresholds]

`--set-thresholds` first chooses the categories' thresholds on 25 policies of OPP-115 and writes
`categories.toml`. Needs the corpora (`benchmarks/corpora.py`) and git.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.topics import agreement, gold, opp115, speed

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set-thresholds", action="store_true")
    options = parser.parse_args()
    rows = opp115.segments()
    if options.set_thresholds:
        opp115.set_thresholds(rows)
    (HERE / "agreement.md").write_text(agreement.page(), "utf-8")
    found = gold.measured()
    gold.ACCURACY.write_text(gold.accuracy(found), "utf-8")
    sections = [
        opp115.section(rows),
        gold.section(found, "The gold set"),
        gold.section(gold.today(), "Services of today that are kept apart"),
        speed.section(rows),
    ]
    head = [
        "# The labeller, measured",
        "",
        "`python -m benchmarks.topics.measure`, all in one run.",
    ]
    text = "\n\n".join("\n".join(lines) for lines in [head, *sections]) + "\n"
    (HERE / "results.md").write_text(text, "utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
