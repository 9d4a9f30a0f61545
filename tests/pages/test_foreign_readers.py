"""Citations of hostile titles, as the programs that people feed them to read them."""

import random
from itertools import accumulate

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from policy_archive.pages.data import citation

from .test_small_parts import record

_PIECES = (
    *"{}\\\"@#%$&~^_,=a' \n\r\x0b\u2028",
    *("}}", "{{", "@misc{x,", "@string(", "@comment", "\\end", "\\input{/etc/passwd}", "%\n"),
    *("--", "---", "``", "''", "?`", "<<", "policy", "é", "漢", "\u202e", "“", "</pre>"),
)


def titles(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(_PIECES, k=chance.randint(1, 12))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(4))
def test_bibtex_reads_titles_as_they_are(seed: int) -> None:
    for title in titles(seed, 250):
        text = citation.bibtex(
            record(title=title), "20140521173313", title, "https://a.example/%7Eb_c"
        )
        # BibTeX itself counts every brace, whatever stands before it.
        depths = list(accumulate((it == "{") - (it == "}") for it in text))
        assert depths[-1] == 0
        assert 0 not in depths[text.index("{") : -1]
        found = parse_string(text)
        assert not found.failed_blocks
        assert not found.comments
        (only,) = found.entries
        assert only.key == "lamps.example-20140521173313"
        assert only.fields_dict["url"].value == "https://a.example/%7Eb_c"  # as it is, no TeX
        shown = " ".join(title.split())
        assert decoded(text) == shown.replace("^", "ˆ")


def decoded(text: str) -> str:
    """The title, without TeX."""
    # The decoder knows `\\{`, but not the word for it.
    known = text.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    found = parse_string(known, append_middleware=[LatexDecodingMiddleware()])
    return str(found.entries[0].fields_dict["title"].value)
