"""What printing shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.services.results.overview import Tone
from desktop_app.services.results.tracing import FigureAddress

if TYPE_CHECKING:
    from desktop_app.storage.snapshots import StoredSnapshot


@dataclass(frozen=True)
class ReportChoice:
    """A report that can be made for the month; ``blocked`` says why not, else empty."""

    kind: str
    title: str
    period_label: str
    blocked: str = ""
    period: str = ""
    """The period as the command line writes it."""
    in_set: bool = True
    """Whether it belongs to 本月全套."""


@dataclass(frozen=True)
class ReportRemark:
    """Something the signer should know (缺报, 更正)."""

    word: str
    tone: Tone
    text: str
    detail: str = ""


@dataclass(frozen=True)
class PlacedFigure:
    """Where a number stands on paper: page from 0, rectangle in points from the page's upper left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float
    address: FigureAddress


@dataclass(frozen=True)
class PageHit:
    """A place where searched words stand: page from 0.

    ``boxes``: (left, top, width, height) in points from the page's upper left corner, one a line.
    """

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True)
class TextMark:
    """A figure in edited words that cannot be vouched for: ``stale`` (the data give ``now``) or ``loose`` (by hand).

    ``start``, ``length``: in characters of the words.
    """

    start: int
    length: int
    kind: str
    text: str
    now: str = ""


@dataclass(frozen=True)
class DraftParagraph:
    """A paragraph of a report as the clerk may edit it.

    ``section``: the heading over it. ``computed``: what the program says; ``text``: what is printed. ``placed``: False
    when the report has no such paragraph this time. ``moved``: computed otherwise than when she wrote.
    """

    key: str
    section: str
    computed: str
    text: str
    edited: bool = False
    marks: tuple[TextMark, ...] = ()
    placed: bool = True
    moved: bool = False


@dataclass(frozen=True)
class SectionRow:
    """A section of a report (栏目).

    ``own``: the bureau's own, of which ``text`` is all; else ``text`` is added to its computed words.
    """

    name: str
    on: bool = True
    own: bool = False
    text: str = ""


@dataclass(frozen=True)
class FormRow:
    """公文格式 of a report. The first fields hold for a kind of report, ``number`` and ``draft`` for one period.

    ``foot``: ``posts`` (签字栏), ``closing`` (署名和日期) or ``both``. ``template``: of 文号, with {年} and {号}.
    """

    red_head: bool = False
    organ: str = ""
    template: str = ""
    foot: str = "posts"
    signatory: str = ""
    annexes: tuple[str, ...] = ()
    number: str = ""
    draft: bool = False


@dataclass(frozen=True)
class ReportFile:
    """A finished report file."""

    file: Path
    pages: int
    figures: int
    missing_glyphs: tuple[str, ...]
    remarks: tuple[ReportRemark, ...] = ()
    snapshot: StoredSnapshot | None = None
    """What is frozen when it leaves the house."""
    placed: tuple[PlacedFigure, ...] = ()
    """Every number on its pages, in reading order."""
    paragraphs: tuple[DraftParagraph, ...] = ()
    """What can be edited of it, in reading order."""


@dataclass(frozen=True)
class PrintedReport:
    """One report that left the house. ``code`` is printed in its foot; moments and periods are words."""

    code: str
    kind: str
    kind_title: str
    """邮政快递业月报; the report's own title when this kind is no longer made."""
    title: str
    period_label: str
    edition_label: str
    printed_at: str
    printed_by: str
    figures: int


@dataclass(frozen=True)
class PrintedFigure:
    """One printed number and what it would be today.

    ``subject``: company or township, empty for the whole area; the keys name the number as a
    trace does. ``now``: empty when it would not be printed any more.
    """

    code: str
    name: str
    measure: str
    period: str
    subject: str
    subject_key: str
    measure_key: str
    period_key: str
    printed: str
    now: str
    changed: bool


@dataclass(frozen=True)
class PrintedTrace:
    """A printed report held against the ledger of today. ``reason``: why it cannot be computed any more, else empty.

    ``events``: what has been done to the ledger since, newest first.
    """

    report: PrintedReport
    lines: tuple[PrintedFigure, ...]
    events: tuple[str, ...] = ()
    reason: str = ""

    @property
    def changed(self) -> tuple[PrintedFigure, ...]:
        """The numbers that have moved."""
        return tuple(line for line in self.lines if line.changed)
