"""Text that was decoded wrongly once: `industryâ€™s` was `industry’s`."""

import re

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.walk import rewrite
from policy_archive.model import Block, Runs

# A UTF-8 lead byte shown as Windows-1252 or Latin-1, then at least one continuation byte. Most
# policies have none, and ftfy is asked only about the runs that do.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
)


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Decode such text again as it was meant; the ledger holds each word that changed."""
    return [_repair(block, ledger) if _suspect(block.text) else block for block in blocks]


def _suspect(text: str) -> bool:
    return not text.isascii() and _SUSPECT.search(text) is not None


def _repair(block: Block, ledger: Ledger) -> Block:
    def change(runs: Runs) -> Runs:
        return tuple(run._replace(text=_fix(run.text, block, ledger)) for run in runs)

    return rewrite(block, change)


def _fix(text: str, block: Block, ledger: Ledger) -> str:
    if not _suspect(text):
        return text
    import ftfy  # noqa: PLC0415  (seldom needed, and slow to load)

    fixed = ftfy.fix_encoding(text)
    if fixed != text:
        before, after = text.split(" "), fixed.split(" ")
        if len(before) != len(after):
            before, after = [text], [fixed]
        for old, new in zip(before, after, strict=True):
            if old != new:
                ledger.changed(block.lines, old, new)
    return fixed


RULE = Rule("mojibake", "Decodes again what was decoded wrongly before it was archived.", apply)
