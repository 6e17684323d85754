"""The headings of a document in order, as its contents page lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.reporting.content import Block, Document, Heading, KeepTogether
from desktop_app.reporting.numbering import Numbers


@dataclass(frozen=True)
class Entry:
    """A heading with its number. ``rank``: 0 for the highest level that the document has."""

    words: str
    level: int
    rank: int


def outline(document: Document) -> tuple[Entry, ...]:
    """Every heading in reading order; all writers meet them in this order."""
    found = list(_headings(document.blocks))
    highest = min((heading.level for heading in found), default=0)
    numbers = Numbers()
    return tuple(Entry(numbered(numbers, heading), heading.level, heading.level - highest) for heading in found)


def _headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, KeepTogether):
            yield from _headings(block.blocks)


def numbered(numbers: Numbers, heading: Heading) -> str:
    """The words of a heading with its number, counted on."""
    return heading.text if heading.plain else numbers.heading(heading.level) + heading.text
