"""Words that the clerk has written over a report: a document and its edits → the document that is printed.

A figure in edited words stays a typed run where it is still the figure that the data give, so that it can be traced and
counted; one that has moved since, or that nobody can trace, is marked. Nothing in her words is changed by the program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.models.values import plain
from desktop_app.reporting.content import (
    Block,
    ChartBlock,
    Document,
    FigureRun,
    Heading,
    KeepTogether,
    Note,
    Paragraph,
    Run,
    Table,
    Text,
    figures,
)
from desktop_app.reporting.matching import FigureMark, Matched, match_words

Cells = tuple[str, str, str, str, str, str, str]
"""Code, measure, period, subject, text, exact value, unit of a figure."""
TITLE_KEYS = ("table:", "chart:")
"""Begin the keys of titles, which cannot be left out."""
_NUMBER = re.compile(r"(\d+)\. ")
_DIGITS = re.compile(r"\d+")
_NAMING = 40
"""Characters that name a note."""


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
    """One paragraph, note or title that can be edited. ``section``: heading over it.

    ``computed``: what the program says today. ``text``: what is printed. ``placed``: False when the report has no
    such paragraph this time, so that her words are not printed. ``moved``: the computed words are others than when she
    wrote.
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
    """The document with her words, and the state of everything that can be edited in reading order.

    Paragraphs, notes, titles of tables and charts; edits without a place come last.
    """
    rewriter = _Rewriter(edits, figures(document) if edits else ())
    blocks = tuple(rewriter.blocks(document.blocks))
    placed = {state.key for state in rewriter.states}
    lost = [
        ParagraphState(key, "", edit.base, edit.text, edited=True, placed=False)
        for key, edit in edits.items()
        if key not in placed
    ]
    return replace(document, blocks=blocks), (*rewriter.states, *lost)


class _Rewriter:
    """Goes through a document once and puts her words in the place of the computed ones."""

    def __init__(self, edits: Mapping[str, Edit], everywhere: tuple[FigureRun, ...]) -> None:
        self._edits = edits
        self._everywhere = everywhere
        self._walk = _Walk()
        self._left_out = 0
        self._label = ""
        self.states: list[ParagraphState] = []

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks that are printed."""
        for block in blocks:
            match block:
                case Heading():
                    self._walk.enter(block)
                    yield block
                case KeepTogether():
                    yield KeepTogether(tuple(self.blocks(block.blocks)))
                case Paragraph():
                    key = self._walk.key(block)
                    runs = self._said(key, self._walk.section, block.runs)
                    if runs is None:
                        yield block
                    else:
                        yield from (replace(block, runs=line) for line in _lines(runs))
                case Note():
                    yield from self._note(block)
                case Table():
                    title = self._title(table_key(block), "表题", block.title)
                    yield replace(block, title=title, notes=tuple(each for n in block.notes for each in self._note(n)))
                case ChartBlock():
                    yield replace(block, caption=self._title(chart_key(block), "图题", block.caption))
                case _:
                    yield block

    def _said(self, key: str, section: str, computed: tuple[Run, ...]) -> tuple[Run, ...] | None:
        """Her words in the place of the computed ones; None where she has none."""
        edit, words = self._edits.get(key), words_of(computed)
        if edit is None:
            self.states.append(ParagraphState(key, section, words, words))
            return None
        matched = _matched(edit, computed, self._everywhere)
        self.states.append(
            ParagraphState(key, section, words, edit.text, edited=True, marks=matched.marks, moved=words != edit.base)
        )
        return matched.runs

    def _title(self, key: str, what: str, words: str) -> str:
        runs = self._said(
            self._walk.numbered(key), " · ".join(filter(None, (self._walk.section, what))), (Text(words),)
        )
        return words if runs is None else " ".join(words_of(runs).split())

    def _note(self, note: Note) -> Iterator[Note]:
        """Numbers of notes are not hers: they close up when she leaves one out, and its label goes to the next."""
        number, computed = numbered_note(note)
        if number <= 1:
            self._left_out, self._label = 0, ""
        runs = self._said(self._walk.numbered(note_key(note)), note.label or "备注", computed)
        said = computed if runs is None else tuple(_one_line(runs))
        if not words_of(said).strip():
            self._left_out += 1
            self._label = note.label or self._label
            return
        lead = (Text(f"{number - self._left_out}. "),) if number else ()
        yield replace(note, runs=(*lead, *said), label=note.label or self._label)
        self._label = ""


def numbered_note(note: Note) -> tuple[int, tuple[Run, ...]]:
    """Number of a note (0: it has none) and its words."""
    first = note.runs[0] if note.runs else None
    found = _NUMBER.fullmatch(first.text) if isinstance(first, Text) else None
    return (int(found[1]), note.runs[1:]) if found is not None else (0, note.runs)


def note_key(note: Note) -> str:
    """Names a note by its words without the figures in them, so that it is found again whatever these are."""
    _, runs = numbered_note(note)
    return "note:" + _DIGITS.sub("", "".join(run.text for run in runs if isinstance(run, Text)))[:_NAMING]


def table_key(table: Table) -> str:
    """Names the title of a table by what the program calls it."""
    return TITLE_KEYS[0] + table.title


def chart_key(chart: ChartBlock) -> str:
    """The same for a chart."""
    return TITLE_KEYS[1] + chart.caption


def _one_line(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        yield replace(run, text=run.text.replace("\n", "")) if isinstance(run, Text) else run


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
    """Everything that can be edited, by its key; a note and a title as if they were paragraphs."""
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
                case Note():
                    found[walk.numbered(note_key(block))] = Paragraph(numbered_note(block)[1])
                case Table():
                    found[walk.numbered(table_key(block))] = Paragraph((Text(block.title),))
                    look(block.notes)
                case ChartBlock():
                    found[walk.numbered(chart_key(block))] = Paragraph((Text(block.caption),))
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
        if paragraph.key:
            return self.numbered(paragraph.key)
        name = "/".join(above.text for above in self._path)
        self._seen[name] += 1
        return f"{name}#{self._seen[name]}"

    def numbered(self, name: str) -> str:
        """A name, told apart by number where it comes again."""
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}#{self._seen[name]}"


def _matched(edit: Edit, computed: tuple[Run, ...], everywhere: tuple[FigureRun, ...]) -> Matched:
    here = [run for run in computed if isinstance(run, FigureRun)]
    plain_words = edit.base, *(run.text for run in computed if isinstance(run, Text))
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
