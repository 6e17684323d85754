"""Sentence templates as data: a file of the resources, read once, filled with runs.

A sentence is a lead and clauses. ``{name}`` is a slot, ``{?name}`` a condition that prints nothing, ``[…]`` a part that
goes when one of its slots cannot be said. A clause goes with any other slot that cannot be said; a sentence without
clauses goes, and with it the next one if that ``depends`` on it; a paragraph without sentences goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop_app.catalogue.reading import Entry, read_toml
from desktop_app.paths import resources_dir
from desktop_app.reporting.content import Paragraph, Run, Text

Slots = Callable[[str], tuple[Run, ...] | None]
"""Name of a slot → its runs, () for a condition that holds, None when it cannot be said; KeyError for no such slot."""

_PART = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}|([^\[\]{}]+)")


@dataclass(frozen=True)
class Sentence:
    """One sentence; clauses are joined by ``join``."""

    lead: str
    clauses: tuple[str, ...]
    join: str
    depends: bool


@dataclass(frozen=True)
class ParagraphTemplate:
    """A paragraph of a section; ``when`` names the months it is for: always, january or cumulative (not January)."""

    section: str
    when: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class TableRow:
    """A row of the market table: indicator code and indent."""

    code: str
    indent: int


@dataclass(frozen=True)
class SectionTemplate:
    """A section of a chapter. ``place``: what a person writes into it; empty when nothing is left open."""

    key: str
    title: str
    place: str


@dataclass(frozen=True)
class Chapter:
    """A chapter of a report that is divided into parts (1, 2)."""

    part: int
    title: str
    sections: tuple[SectionTemplate, ...]


@dataclass(frozen=True)
class Band:
    """Provinces that are told of together: name and the first two digits of their codes."""

    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True)
class Templates:
    """All words of one kind of report. ``texts``: single phrases by key."""

    paragraphs: tuple[ParagraphTemplate, ...]
    rows: tuple[TableRow, ...]
    texts: Mapping[str, str]
    chapters: tuple[Chapter, ...] = ()
    bands: tuple[Band, ...] = ()

    def text(self, key: str, **values: str) -> str:
        """A phrase with its plain slots filled."""
        return self.texts[key].format(**values)


@lru_cache(maxsize=16)
def load_templates(kind: str) -> Templates:
    """The templates of a kind of report (``monthly``).

    :raises CatalogueError: the file is broken; names file, entry and reason.
    """
    path = resources_dir() / "reporting" / f"{kind}.toml"
    raw = read_toml(path)
    root = Entry(raw, path.name)
    paragraphs = tuple(_paragraph(entry) for entry in root.tables("paragraph"))
    rows = tuple(_row(entry) for entry in root.tables("row"))
    texts = root.table("text")
    chapters = tuple(_chapter(entry) for entry in root.tables("chapter"))
    bands = tuple(_band(entry) for entry in root.tables("band"))
    root.finish()
    return Templates(paragraphs, rows, {key: texts.text(key) for key in raw["text"]}, chapters, bands)


def _chapter(entry: Entry) -> Chapter:
    sections = tuple(_section(part) for part in entry.tables("section"))
    chapter = Chapter(entry.integer("part"), entry.text("title"), sections)
    entry.finish()
    return chapter


def _section(entry: Entry) -> SectionTemplate:
    section = SectionTemplate(entry.text("key"), entry.text("title"), entry.text("place", ""))
    entry.finish()
    return section


def _band(entry: Entry) -> Band:
    band = Band(entry.text("name"), entry.texts("provinces"))
    entry.finish()
    return band


def _paragraph(entry: Entry) -> ParagraphTemplate:
    when = entry.text("when", "always")
    if when not in {"always", "january", "cumulative"}:
        raise entry.error(f"when 应为 always、january 或 cumulative，不能是 {when}")
    template = ParagraphTemplate(
        entry.text("section"), when, tuple(_sentence(part) for part in entry.tables("sentence"))
    )
    entry.finish()
    return template


def _sentence(entry: Entry) -> Sentence:
    sentence = Sentence(
        entry.text("lead", ""), entry.texts("clauses"), entry.text("join", "；"), entry.flag("depends", default=False)
    )
    entry.finish()
    for words in (sentence.lead, *sentence.clauses):
        if "".join(match[0] for match in _PART.finditer(words)) != words:
            raise entry.error(f"括号没有配对：{words}")
    return sentence


def _row(entry: Entry) -> TableRow:
    row = TableRow(entry.text("code"), entry.integer("indent", 0))
    entry.finish()
    return row


# ----------------------------------------------------------------------------------------------- filling


def fill_section(templates: Templates, section: str, slots: Slots, *, january: bool) -> list[Paragraph]:
    """The paragraphs of a section that can be said this month."""
    skipped = "cumulative" if january else "january"
    own = (p for p in templates.paragraphs if p.section == section)
    chosen = ((number, p) for number, p in enumerate(own, start=1) if p.when != skipped)
    filled = ((number, fill_paragraph(paragraph, slots)) for number, paragraph in chosen)
    return [replace(made, key=f"{section}.{number}") for number, made in filled if made is not None]


def fill_paragraph(template: ParagraphTemplate, slots: Slots) -> Paragraph | None:
    """Fill one paragraph; None when nothing of it can be said."""
    runs: list[Run] = []
    said = False
    for sentence in template.sentences:
        if sentence.depends and not said:
            continue
        filled = fill_sentence(sentence, slots)
        said = filled is not None
        runs += filled or ()
    return Paragraph(joined(runs)) if runs else None


def fill_sentence(sentence: Sentence, slots: Slots) -> tuple[Run, ...] | None:
    """Lead, the clauses that can be said, full stop; None when there are none."""
    lead = fill(sentence.lead, slots)
    clauses = [filled for clause in sentence.clauses if (filled := fill(clause, slots)) is not None]
    if lead is None or not clauses:
        return None
    runs: list[Run] = list(lead)
    for number, clause in enumerate(clauses):
        if number:
            runs.append(Text(sentence.join))
        runs += clause
    return (*runs, Text("。"))


def fill(words: str, slots: Slots) -> tuple[Run, ...] | None:
    """Fill the slots of a clause; None when one outside […] cannot be said."""
    runs: list[Run] = []
    for optional, slot, plain in (match.groups() for match in _PART.finditer(words)):
        if plain is not None:
            runs.append(Text(plain))
        elif slot is not None:
            found = slots(slot.removeprefix("?"))
            if found is None:
                return None
            # What a condition asks for need not be told.
            runs += () if slot.startswith("?") else found
        else:
            runs += fill(optional, slots) or ()
    return tuple(runs)


def joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbouring words of one look become one run."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if isinstance(run, Text) and isinstance(last, Text) and run.bold == last.bold:
            result[-1] = Text(last.text + run.text, last.bold)
        else:
            result.append(run)
    return tuple(result)
