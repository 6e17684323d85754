"""The bureau's arrangement of a report: order of its sections, which are printed, and paragraphs of its own.

Works on any document by its headings of level 1. What stands before the first (key figures, cover) and what closes the
report (notes, signatures) keeps its place; sections of a report in parts stay within their part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_app.reporting.content import Block, Document, Heading, KeepTogether, Note, Paragraph, SignatureBlock, Text

PERIOD_SLOT = "{期间}"
"""Stands for the report's period in paragraphs of the bureau's own."""
_BRACKETS = re.compile(r"（[^（）]*）")


@dataclass(frozen=True)
class SectionChoice:
    """One section. ``own``: the bureau's own, of which ``text`` is all; else ``text`` follows its computed words.

    ``name``: the heading without what stands in brackets (截至2021年3月), so that it holds for every period.
    """

    name: str
    on: bool = True
    own: bool = False
    text: str = ""


@dataclass(frozen=True)
class _Section:
    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Cut:
    """A document by sections: of each part the blocks of its own heading, then its sections."""

    head: tuple[Block, ...]
    parts: tuple[tuple[tuple[Block, ...], tuple[_Section, ...]], ...]
    tail: tuple[Block, ...]

    @property
    def names(self) -> list[str]:
        return [section.name for _, sections in self.parts for section in sections]


def arrange(document: Document, layout: Sequence[SectionChoice]) -> Document:
    """The document as the bureau wants it; without a layout it stays as it is."""
    cut = _cut(document)
    if not layout or not cut.names:
        return document
    choices = merged(cut.names, layout)
    homes = {section.name: number for number, (_, part) in enumerate(cut.parts) for section in part}
    blocks = list(cut.head)
    home = 0
    placed: list[list[SectionChoice]] = [[] for _ in cut.parts]
    for choice in choices:
        home = homes.get(choice.name, home) if not choice.own else home
        placed[home].append(choice)
    for (heading, sections), chosen in zip(cut.parts, placed, strict=True):
        found = {section.name: section for section in sections}
        shown = [blocks_ for choice in chosen if choice.on and (blocks_ := _blocks(choice, found, document))]
        if shown:
            blocks += heading
        for each in shown:
            blocks += each
    return replace(document, blocks=(*blocks, *cut.tail))


def sections_of(document: Document, layout: Sequence[SectionChoice]) -> tuple[SectionChoice, ...]:
    """Every section that the document has or the layout knows, in the order in which they are printed."""
    return merged(_cut(document).names, layout)


def merged(names: Sequence[str], layout: Sequence[SectionChoice]) -> tuple[SectionChoice, ...]:
    """The layout with the sections that it does not know yet, each behind the one that it follows by itself.

    A section of the bureau's own stands for the shipped one of its name.
    """
    choices = list(layout)
    before = ""
    for name in names:
        if not any(choice.name == name for choice in choices):
            at = next((n + 1 for n, choice in enumerate(choices) if choice.name == before and not choice.own), 0)
            choices.insert(at, SectionChoice(name))
        before = name
    return tuple(choices)


def _blocks(choice: SectionChoice, found: dict[str, _Section], document: Document) -> list[Block]:
    own = [
        Paragraph((Text(line.strip().replace(PERIOD_SLOT, document.period_label)),), key=f"own.{choice.name}.{number}")
        for number, line in enumerate(filter(str.strip, choice.text.split("\n")), start=1)
    ]
    if choice.own:
        return [Heading(choice.name), *own] if own else []
    section = found.get(choice.name)
    if section is None:
        return []
    blocks = list(section.blocks)
    at = 1
    while at < len(blocks) and isinstance(blocks[at], Paragraph):
        at += 1
    return [*blocks[:at], *own, *blocks[at:]]


def _cut(document: Document) -> _Cut:
    blocks = list(document.blocks)
    end = end_of_text(blocks)
    first = next((n for n, block in enumerate(blocks[:end]) if _level(block) <= 1), end)
    parts: list[tuple[list[Block], list[_Section]]] = []
    for block in blocks[first:end]:
        level = _level(block)
        if level < 1:
            parts.append(([block], []))
        elif level == 1 and isinstance(block, Heading):
            if not parts:
                parts.append(([], []))
            parts[-1][1].append(_Section(_name(block.text, parts), (block,)))
        elif parts[-1][1]:
            last = parts[-1][1][-1]
            parts[-1][1][-1] = replace(last, blocks=(*last.blocks, block))
        else:
            parts[-1][0].append(block)
    return _Cut(
        tuple(blocks[:first]),
        tuple((tuple(heading), tuple(sections)) for heading, sections in parts),
        tuple(blocks[end:]),
    )


def end_of_text(blocks: Sequence[Block]) -> int:
    """Where the notes and signatures that close the report begin."""
    signed = next((n for n, block in enumerate(blocks) if _signs(block)), len(blocks))
    while signed and isinstance(blocks[signed - 1], Note):
        signed -= 1
    return signed


def _signs(block: Block) -> bool:
    if isinstance(block, KeepTogether):
        return any(_signs(each) for each in block.blocks)
    return isinstance(block, SignatureBlock)


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 99


def _name(text: str, parts: Iterable[tuple[list[Block], list[_Section]]]) -> str:
    bare = _BRACKETS.sub("", text).strip() or text
    taken = {section.name for _, sections in parts for section in sections}
    name, number = bare, 1
    while name in taken:
        number += 1
        name = f"{bare}#{number}"
    return name
