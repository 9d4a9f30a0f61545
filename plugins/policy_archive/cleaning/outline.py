"""The last step: headings divide the blocks into sections, and everything gets its id."""

from msgspec.structs import replace

from policy_archive.cleaning.title import title_of
from policy_archive.model import Block, Document, Lines, Section
from policy_archive.text.words import Distinct, block_id, slug


def outline(blocks: list[Block], fallback_title: str, page_title: str = "") -> Document:
    """Sections of `blocks`, with ids that depend on their own words alone.

    The title is the document's own (see `title.py`), else `fallback_title`; `page_title` is what
    the page around it was called.
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
    return Document(title_of(sections, page_title) or fallback_title, tuple(sections))


def _span(heading: Block | None, blocks: list[Block]) -> Lines:
    first = heading or blocks[0]
    return first.lines[0], max(block.lines[1] for block in (first, *blocks))
