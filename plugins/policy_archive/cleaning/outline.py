"""The last step: headings divide the blocks into sections, and everything gets its id."""

import re

from msgspec.structs import replace

from policy_archive.model import Block, Document, Lines, Section
from policy_archive.text.words import Distinct, block_id, slug

_TITLE = re.compile(
    r"privac|polic|terms|notice|statement|legal|datenschutz|confidential|privat", re.I
)


def outline(blocks: list[Block], fallback_title: str) -> Document:
    """Sections of `blocks`, with ids that depend on their own words alone.

    The title is the first heading of level 1; else the first heading if it names a policy; else
    `fallback_title`.
    """
    section_ids, block_ids = Distinct(), Distinct()
    sections: list[Section] = []
    heading: Block | None = None
    held: list[Block] = []

    def close() -> None:
        if heading is None and not held:
            return
        title = heading.text if heading else None
        sections.append(
            Section(
                section_ids(slug(title)) if title else "pa-start",
                title,
                heading.level if heading else 1,
                _span(heading, held),
                tuple(held),
            )
        )

    for block in blocks:
        if block.kind == "heading":
            close()
            heading, held = block, []
        else:
            held.append(replace(block, id=block_ids(block_id(block.text))))
    close()
    return Document(_title(sections) or fallback_title, tuple(sections))


def _span(heading: Block | None, blocks: list[Block]) -> Lines:
    first = heading or blocks[0]
    return first.lines[0], max(block.lines[1] for block in (first, *blocks))


def _title(sections: list[Section]) -> str | None:
    titled = [section for section in sections if section.title]
    for section in titled:
        if section.level == 1:
            return section.title
    return titled[0].title if titled and names_policy(titled[0].title or "") else None


def names_policy(title: str) -> bool:
    """Whether a heading has a word that titles of policies have."""
    return bool(_TITLE.search(title))
