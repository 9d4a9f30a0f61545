"""Is the policy found in saved HTML? Two corpora of pages, against the text of the policy alone.

    python -m pip install trafilatura readability-lxml
    python -m benchmarks.cleaning.html [--write] [--each]

Bags of words are compared, so order and structure do not count; means are over pages. The other
libraries are measured in the same run. `--each` prints every page. Times are CPU time, the best
of three, whole pages: about 110 kB of HTML around 15 kB of policy.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import mean

from bs4 import BeautifulSoup

from benchmarks import corpora
from policy_archive.reading import markdown
from policy_archive.reading.decode import decode
from policy_archive.reading.html import read
from policy_archive.text.words import words

LACKING = {
    "517": "a PDF saved as text: none of its words can be read",
    "584": "the terms of use, in which the policy is a short section at the end",
    "641": "the text is the highlights of the policy, the page the whole policy",
}
"""Pages whose saved HTML is not the policy that the text is."""
WORST = {
    "591": "Google's boxes of examples, which open at the policy's own links: text to readers and "
    "to Open Terms Archive, but not to OPP-115",
    "723": "of 229 words: the page's name above the policy, and the line of copyright below it",
    "1221": "of 293 words: a notice of closed offices in the policy's own box",
}
"""The three worst of OPP-115 but for mixed documents, read by eye."""
MIXED = {"144", "541", "891", "1164", "Coffee Meets Bagel/Copyright Claims Policy"}
"""Pages that hold a second document, such as the terms of use, in the same box."""
LACKING_WORDS = 0.03
"""Of a text of today: pages that lack more were saved on another day, or in another language."""

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


Case = tuple[str, str, Counter[str]]
"""A page's name, its markup, and the words of its policy."""


def cases() -> list[Case]:
    """OPP-115's pages, by number."""
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


def cases_of_today() -> list[Case]:
    """Pages that a crawler saved in 2024 to 2026, by service."""
    found = []
    for name, data, text in corpora.ota_html():
        page = decode(data, html=True).text
        bag = Counter(w for block in markdown.read(text).blocks for w in words(block.text))
        seen = Counter(words(everything(page)))
        if (bag - seen).total() <= LACKING_WORDS * bag.total():
            found.append((name, page, bag))
    return found


def halves(found: list[Case]) -> tuple[list[Case], list[Case]]:
    """Every other service's pages: what was looked at in the making, and what never was."""
    services = sorted({name.partition("/")[0] for name, _, _ in corpora.ota_html()})
    seen = set(services[::2])
    looked_at = [case for case in found if case[0].partition("/")[0] in seen]
    return looked_at, [case for case in found if case not in looked_at]


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


def measure(policies: list[Case], each: bool) -> list[str]:
    """Rows of the table, ours first."""
    rows = []
    for name, extract in {"policy-archive": ours, **others(), "all visible": everything}.items():
        scores, milliseconds = [], []
        for number, page, expected in policies:
            text, spent = timed(partial(extract, page))
            scores.append(score(text, expected))
            milliseconds.append(spent)
            if each:
                print(f"{name:22} {number:>5}", *(f"{value:.3f}" for value in scores[-1]))
        f1, precision, recall = (mean(values) for values in zip(*scores, strict=True))
        worst = min(f1 for f1, _, _ in scores)
        lowest = min(recall for _, _, recall in scores)
        rows.append(
            f"| {name} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {worst:.3f} | {lowest:.3f} "
            f"| {mean(milliseconds):.1f} |"
        )
    return rows


def tables(each: bool) -> Iterator[str]:
    """A table for each set of pages, with and without those that hold a second document."""
    looked_at, not_looked_at = halves(cases_of_today())
    for name, policies in (
        ("OPP-115 (2015)", cases()),
        ("2024 to 2026, services looked at", looked_at),
        ("2024 to 2026, services never looked at", not_looked_at),
    ):
        pure = [case for case in policies if case[0] not in MIXED]
        for which, chosen in ((name, policies), (f"{name}, without mixed documents", pure)):
            if which == name or len(pure) < len(policies):
                yield f"| {which}: {len(chosen)} pages | F1 | precision | recall | worst F1 | lowest recall | ms a page |"  # noqa: E501
                yield "|---|---|---|---|---|---|---|"
                yield from measure(chosen, each and which == name)
                yield ""


def main() -> None:
    """Print the tables; `--write` keeps them beside this file."""
    page = "\n".join(
        (
            "# The policy in saved HTML",
            "",
            "`python -m benchmarks.cleaning.html --write`",
            "",
            *tables("--each" in sys.argv),
            "The pages of today are those of every other service, by name: the first half was "
            "looked at while rules were made, of the other only these figures.",
            "",
            "Left out, because what was saved is not the policy that the text is:",
            "",
            *(f"- {number}: {why}" for number, why in LACKING.items()),
            f"- pages of today that lack over {LACKING_WORDS:.0%} of the text's words",
            "",
            f"Mixed documents: {', '.join(sorted(MIXED))}.",
            "",
            "The three worst pages of OPP-115 besides, read by eye; what is more than the text is:",
            "",
            *(f"- {number}: {why}" for number, why in WORST.items()),
        )
    )
    print(page)
    if "--write" in sys.argv:
        Path(__file__).with_suffix(".md").write_text(page + "\n")


if __name__ == "__main__":
    main()
