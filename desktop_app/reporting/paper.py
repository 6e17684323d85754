"""How large a document's paper must be: by its widest table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_app.reporting.content import Block, Document, KeepTogether, Table

MOST_UPRIGHT, MOST_ACROSS = 10, 16
"""Columns that a page of A4 holds at a legible size, upright and lying on its long side; more of them need A3."""


def on_fitting_paper(document: Document) -> Document:
    """The document across, or on A3 across, when its widest table asks for it."""
    widest = max((len(table.columns) for table in _tables(document.blocks)), default=0)
    return replace(
        document, across=document.across or widest > MOST_UPRIGHT, large=document.large or widest > MOST_ACROSS
    )


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, KeepTogether):
            yield from _tables(block.blocks)
