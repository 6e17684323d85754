"""Words that the clerk has written over a report: a document and its edits → the document that is printed.

A figure in edited words stays a typed run where it is still the figure that the data give, so that it can be traced and
counted; one that has moved since, or that nobody can trace, is marked. Nothing in her words is changed by the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.models.values import plain
from desktop_app.reporting.content import (
    Block,
    Document,
    FigureRun,
    Heading,
    KeepTogether,
    Paragraph,
    Run,
    Text,
    figures,
)
from desktop_app.reporting.matching import FigureMark, Matched, match_words

Cells = tuple[str, str, str, str, str, str, str]
"""Code, measure, period, subject, text, exact value, unit of a figure."""


@dataclass(frozen=True)
class Edit:
    """What has been made of one paragraph.

    ``text``: her words, a new line begins a new paragraph, none at all leaves it out. ``base``: the computed words when
    she wrote; ``figures``: the computed figures then.
    """

    text: str
    base: str
    figures: tuple[Cells, ...]


@dataclass(frozen=True)
class ParagraphState:
    """One paragraph that can be edited. ``section``: heading over it. ``computed``: what the program says today.

    ``text``: what is printed. ``placed``: False when the report has no such paragraph this time, so that her words are
    not printed. ``moved``: the computed words are others than when she wrote.
    """

    key: str
    section: str
    computed: str
    text: str
    edited: bool = False
    marks: tuple[FigureMark, ...] = ()
    placed: bool = True
    moved: bool = False


def apply_edits(document: Document, edits: Mapping[str, Edit]) -> tuple[Document, tuple[ParagraphState, ...]]:
    """The document with her words, and the state of every paragraph in reading order; edits without a place last."""
    everywhere = figures(document) if edits else ()
    states: list[ParagraphState] = []
    walk = _Walk()

    def rewritten(blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Heading():
                    walk.enter(block)
                    yield block
                case KeepTogether():
                    yield KeepTogether(tuple(rewritten(block.blocks)))
                case Paragraph():
                    key = walk.key(block)
                    edit = edits.get(key)
                    computed = words_of(block.runs)
                    if edit is None:
                        states.append(ParagraphState(key, walk.section, computed, computed))
                        yield block
                    else:
                        matched = _matched(edit, block, everywhere)
                        moved = computed != edit.base
                        states.append(
                            ParagraphState(
                                key, walk.section, computed, edit.text, edited=True, marks=matched.marks, moved=moved
                            )
                        )
                        yield from (replace(block, runs=runs) for runs in _lines(matched.runs))
                case _:
                    yield block

    blocks = tuple(rewritten(document.blocks))
    placed = {state.key for state in states}
    states += [
        ParagraphState(key, "", edit.base, edit.text, edited=True, placed=False)
        for key, edit in edits.items()
        if key not in placed
    ]
    return replace(document, blocks=blocks), tuple(states)


def edit_of(paragraph: Paragraph, text: str, before: Edit | None) -> Edit:
    """Her words over a computed paragraph.

    Figures of ``before`` that still stand in her words are remembered, so that one that had moved is not taken for one
    written by hand.
    """
    now = tuple(cells_of(run) for run in paragraph.runs if isinstance(run, FigureRun))
    old = tuple(cells for cells in (before.figures if before else ()) if cells not in now and cells[4] in text)
    return Edit(text, words_of(paragraph.runs), (*now, *old))


def renewed(text: str, marks: Iterable[FigureMark]) -> str:
    """Her words with every figure that has moved replaced by what it is today."""
    for mark in sorted(marks, key=lambda m: m.start, reverse=True):
        if mark.now:
            text = text[: mark.start] + mark.now + text[mark.start + mark.length :]
    return text


def paragraphs_by_key(document: Document) -> dict[str, Paragraph]:
    """Every paragraph that can be edited, by its key."""
    walk = _Walk()
    found: dict[str, Paragraph] = {}

    def look(blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    walk.enter(block)
                case KeepTogether():
                    look(block.blocks)
                case Paragraph():
                    found[walk.key(block)] = block
                case _:
                    pass

    look(document.blocks)
    return found


def words_of(runs: Iterable[Run]) -> str:
    """Runs as plain words."""
    return "".join(run.text for run in runs)


def cells_of(run: FigureRun) -> Cells:
    """A figure as it is stored."""
    return run.code, run.measure.value, run.period, run.subject, run.text, plain(run.value), run.unit


class _Walk:
    """Gives each paragraph its key: its own one, or heading and place; told apart by number where it comes again."""

    def __init__(self) -> None:
        self.section = ""
        self._path: list[Heading] = []
        self._seen: Counter[str] = Counter()

    def enter(self, heading: Heading) -> None:
        self._path = [*(above for above in self._path if above.level < heading.level), heading]
        self.section = heading.text

    def key(self, paragraph: Paragraph) -> str:
        name = paragraph.key or "/".join(above.text for above in self._path)
        self._seen[name] += 1
        number = self._seen[name]
        return name if paragraph.key and number == 1 else f"{name}#{number}"


def _matched(edit: Edit, paragraph: Paragraph, everywhere: tuple[FigureRun, ...]) -> Matched:
    here = [run for run in paragraph.runs if isinstance(run, FigureRun)]
    plain_words = edit.base, *(run.text for run in paragraph.runs if isinstance(run, Text))
    return match_words(edit.text, edit.figures, here, everywhere, plain_words)


def _lines(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """Runs by lines of the edited words; a line without words is none."""
    line: list[Run] = []
    for run in runs:
        if isinstance(run, Text) and "\n" in run.text:
            first, *others = run.text.split("\n")
            line.append(Text(first, run.bold))
            for other in others:
                yield from _said(line)
                line = [Text(other, run.bold)]
        else:
            line.append(run)
    yield from _said(line)


def _said(line: list[Run]) -> Iterator[tuple[Run, ...]]:
    words = tuple(run for run in line if run.text)
    if words_of(words).strip():
        yield words
