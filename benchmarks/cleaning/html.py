"""Is the policy found in saved HTML? OPP-115's pages against the text of the policy alone.

    python -m pip install trafilatura readability-lxml
    python -m benchmarks.cleaning.html [--write] [--each]

Bags of words are compared, so order and structure do not count; means are over policies. The other
libraries are measured in the same run. `--each` prints every policy. Times are CPU time, the best
of three, whole pages: about 110 kB of HTML around 15 kB of policy.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean

from bs4 import BeautifulSoup

from benchmarks import corpora
from policy_archive.reading.decode import decode
from policy_archive.reading.html import read
from policy_archive.text.words import words

LACKING = {
    "517": "a PDF saved as text: none of its words can be read",
    "584": "the terms of use, in which the policy is a short section at the end",
    "641": "the text is the highlights of the policy, the page the whole policy",
}
"""Pages whose saved HTML is not the policy that the text is."""

Extractor = Callable[[str], str]


def ours(page: str) -> str:
    """The text of all blocks."""
    return "\n".join(block.text for block in read(page).blocks)


def everything(page: str) -> str:
    """All visible text."""
    soup = BeautifulSoup(page, "lxml")
    for tag in soup(["head", "script", "style", "noscript", "template"]):
        tag.decompose()
    return soup.get_text(" ")


def others() -> dict[str, Extractor]:
    """What is there to compare with; both are needed for this measurement alone."""
    import readability  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415

    def readable(page: str) -> str:
        return BeautifulSoup(readability.Document(page).summary(), "lxml").get_text(" ")

    def extracted(page: str) -> str:
        return trafilatura.extract(page, favor_recall=True) or ""

    return {"trafilatura (recall)": extracted, "readability-lxml": readable}


def cases() -> list[tuple[str, str, Counter[str]]]:
    """Each policy's number, its saved page, and the words of its text."""
    folder = corpora.unpacked("opp115-train")
    texts = {path.stem: path for path in folder.glob("**/text/*.html")}
    found = []
    for name, data in corpora.opp115_pages():
        number = name.removesuffix(".html")
        if number not in LACKING:
            text = texts[number].read_text(encoding="utf-8", errors="replace").replace("|||", "\n")
            bag = Counter(words(BeautifulSoup(text, "lxml").get_text(" ")))
            found.append((number, decode(data, html=True).text, bag))
    return sorted(found, key=lambda case: int(case[0]))


def score(found: str, expected: Counter[str]) -> tuple[float, float, float]:
    """F1, precision and recall of bags of words."""
    bag = Counter(words(found))
    same = (bag & expected).total()
    precision, recall = same / max(1, bag.total()), same / expected.total()
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def timed(work: Callable[[], str]) -> tuple[str, float]:
    """The result and the best CPU time of three, in milliseconds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return result, best * 1000


def measure(each: bool) -> list[str]:
    """Rows of the table, best first."""
    rows = []
    policies = cases()
    for name, extract in {"policy-archive": ours, **others(), "all visible": everything}.items():
        scores, milliseconds = [], []
        for number, page, expected in policies:
            text, spent = timed(partial(extract, page))
            scores.append(score(text, expected))
            milliseconds.append(spent)
            if each:
                print(f"{name:22} {number:>5}", *(f"{value:.3f}" for value in scores[-1]))
        f1, precision, recall = (mean(values) for values in zip(*scores, strict=True))
        worst = min(recall for _, _, recall in scores)
        rows.append(
            f"| {name} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {worst:.3f} "
            f"| {mean(milliseconds):.1f} |"
        )
    return rows


def main() -> None:
    """Print the table; `--write` keeps it beside this file."""
    page = "\n".join(
        (
            "# The policy in saved HTML",
            "",
            "`python -m benchmarks.cleaning.html --write`",
            "",
            "| OPP-115, 71 pages | F1 | precision | recall | lowest recall | ms a page |",
            "|---|---|---|---|---|---|",
            *measure("--each" in sys.argv),
            "",
            "Left out, because what was saved is not the policy that the text is:",
            "",
            *(f"- {number}: {why}" for number, why in LACKING.items()),
        )
    )
    print(page)
    if "--write" in sys.argv:
        Path(__file__).with_suffix(".md").write_text(page + "\n")


if __name__ == "__main__":
    main()
