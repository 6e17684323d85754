"""The one content model of every report: what is said, in which order, never how it is drawn.

Each printed number is a typed run (:class:`FigureRun`): it can be counted, compared between writers and traced back to
its indicator. Numbers of headings, tables and charts (一、 表1 图1) are given by the writer, never typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.charts import ChartSpec
from desktop_app.models.values import CellState

DASH = "—"
"""Stands in a cell of which nothing can be said; no cell is ever empty."""


class Edition(StrEnum):
    """For whom a report is made (版本)."""

    INTERNAL = "internal"
    UPWARD = "upward"
    PUBLIC = "public"
    COMPANY = "company"
    """A letter to one company about its own figures."""

    @property
    def label(self) -> str:
        """Word of the foot."""
        return {"internal": "内部版", "upward": "上报版", "public": "公开版", "company": "送企业"}[self.value]

    @property
    def names_companies(self) -> bool:
        """Only a public edition must not let a single company be recognised."""
        return self is not Edition.PUBLIC


class Measure(StrEnum):
    """Which number of an indicator a run prints; with code, period and subject it finds the number's source."""

    VALUE = "value"
    PREVIOUS_YEAR = "previous_year"
    CHANGE = "change"
    """Value minus last year's, in the unit of the value (净增)."""
    YOY = "yoy"
    YOY_CHANGE = "yoy_change"
    """This period's 同比 minus that of the period before, in points (增速较上月加快)."""
    MOM = "mom"
    CUMULATIVE = "cumulative"
    CUMULATIVE_YOY = "cumulative_yoy"
    SHARE = "share"
    SHARE_CHANGE = "share_change"
    CUMULATIVE_SHARE = "cumulative_share"
    CUMULATIVE_SHARE_CHANGE = "cumulative_share_change"
    CONTRIBUTION = "contribution"
    TARGET = "target"
    BASE = "base"
    """The base of a plan (基期数)."""
    COMPLETION = "completion"
    """Share of a target that is reached, or (``PACE``) that the time passed asks for, %."""
    PACE = "pace"
    YEARLY = "yearly"
    """Change a year over several years (年均)."""
    GAP = "gap"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    COUNT = "count"
    """A number of villages, towns or companies."""


@dataclass(frozen=True)
class Text:
    """Words."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class FigureRun:
    """One printed number.

    ``text``: as printed, in prose with its unit (``164.31万件``), in a table without; a decline in prose is printed
    without sign behind 下降. ``value``: the same number, signed, in ``unit``. ``period``: ``2021-03``; a cumulative
    figure ends with it. ``subject``: company, town or village that it belongs to; empty for the whole region.
    """

    text: str
    code: str
    measure: Measure
    period: str
    value: Decimal
    unit: str = ""
    subject: str = ""
    bold: bool = False


@dataclass(frozen=True)
class StateRun:
    """Stands where a number would: 未报, 不适用, 退回, or “—” when the number cannot be said.

    ``code``, ``period``, ``measure``, ``subject``: of that number, where it is known which one it is.
    """

    state: CellState | None = None
    code: str = ""
    period: str = ""
    measure: Measure = Measure.VALUE
    subject: str = ""

    @property
    def text(self) -> str:
        """The printed word."""
        return (self.state.label if self.state else "") or DASH


Run = Text | FigureRun | StateRun


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 prints 第一部分, level 1 一、, level 2 （一）, level 3 1. A part starts the count anew.

    ``plain``: without a number (前言).
    """

    text: str
    level: int = 1
    plain: bool = False


class Place(StrEnum):
    """Where a paragraph stands in the column."""

    BODY = "body"
    """The first line two characters in."""
    ADDRESSEE = "addressee"
    """主送: flush left."""
    CLOSING = "closing"
    """落款: one line to the right, four characters from the edge."""


@dataclass(frozen=True)
class Paragraph:
    """Prose, unless ``place`` says otherwise with the first line two characters in.

    ``key``: names the paragraph within its kind of report, whatever its figures are, so that edited words find it
    again; empty: it is known by its place under its heading.
    """

    runs: tuple[Run, ...]
    place: Place = Place.BODY
    key: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Note:
    """Small print: 备注, 口径, 未报说明. ``label`` is printed before it (注)."""

    runs: tuple[Run, ...]
    label: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: caption, number with its unit, and the change in words."""

    label: str
    figure: FigureRun | StateRun
    unit: str = ""
    change: tuple[Run, ...] = ()


@dataclass(frozen=True)
class KeyFigures:
    """A strip of key figures side by side."""

    items: tuple[KeyFigure, ...]


class Align(StrEnum):
    """How a column is set; decimals are fixed per column, so that right aligned numbers stand point under point."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True)
class Column:
    """A column: its head and how wide it wants to be in relation to the others."""

    head: str
    align: Align = Align.RIGHT
    weight: Decimal = Decimal(1)
    mixed: bool = False
    """Its rows have units of their own: ends stand under ends, since points under points would mean nothing."""

    @property
    def pointed(self) -> bool:
        """Whether decimal points stand under each other."""
        return self.align is Align.RIGHT and not self.mixed


@dataclass(frozen=True)
class Row:
    """A row: one cell a column, each a tuple of runs; ``indent`` moves the first cell in (分项)."""

    cells: tuple[tuple[Run, ...], ...]
    indent: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """A statistical table. ``title`` names time, place and matter; the writer puts 表N before it.

    ``unit``: printed at the top right. ``reason``: printed instead of rows when there are none.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[Note, ...] = ()
    reason: str = ""
    form: bool = False
    """A form to be filled in by hand: every cell framed, every row high enough to write in."""
    numbered: bool = True
    """Letters to single companies on pages of their own count no tables."""


@dataclass(frozen=True)
class ChartBlock:
    """A chart; the writer puts 图N before its caption. ``height_mm``: of the drawing without the caption.

    ``half``: two such charts in a row stand side by side.
    """

    spec: ChartSpec
    caption: str
    height_mm: int = 56
    half: bool = False


@dataclass(frozen=True)
class SignatureBlock:
    """Foot of a statistical report: who answers for it. The date is the document's."""

    posts: tuple[str, ...] = ("单位负责人", "统计负责人", "填表人")
    date_label: str = "报出日期"
    open_day: bool = False
    """The day is written by hand."""

    def dated(self, made_on: date) -> str:
        """报出日期：2021年4月9日."""
        day = "＿＿＿＿年＿＿月＿＿日" if self.open_day else f"{made_on.year}年{made_on.month}月{made_on.day}日"
        return f"{self.date_label}：{day}"


@dataclass(frozen=True)
class Cover:
    """The first page by itself (封面): ``kicker`` above the title, the document's issuer and day at its foot.

    Only the first block of a document; the title is then not printed again. ``day``: in the words of the foot.
    """

    kicker: str
    title: str
    day: str


@dataclass(frozen=True)
class Contents:
    """目录: every heading down to ``depth`` with its page, worked out by the writer; what follows turns the page."""

    title: str = "目\u3000录"
    depth: int = 2


@dataclass(frozen=True)
class Closing:
    """落款: who issues it, centred over the document's day, which stands four characters in from the right."""

    issuer: str


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class KeepTogether:
    """Blocks that stand on one page if they fit on one."""

    blocks: tuple[Block, ...]


Block = (
    Heading | Paragraph | Note | KeyFigures | Table | ChartBlock | SignatureBlock | Closing | PageBreak | Cover
    | Contents | KeepTogether
)  # fmt: skip


@dataclass(frozen=True)
class RedHead:
    """What stands over the title of an official document: 发文机关标志 in red, 发文字号 (may be empty), red rule."""

    organ: str
    number: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report.

    ``badges``: words that every page must bear (示例数据, 内部资料). ``issuer``: the bureau, author of the file.
    ``made_on``: 报出日期; nothing else in a document depends on the day on which it is made.
    """

    title: str
    period_label: str
    blocks: tuple[Block, ...]
    edition: Edition
    made_on: date
    issuer: str = ""
    badges: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the signer should know before printing (who has not reported): shown beside the preview, not printed."""
    across: bool = False
    """横排: the paper lies on its long side, for tables of many columns."""
    large: bool = False
    """A3 in the place of A4, for tables that no A4 page holds."""
    head: RedHead | None = None
    """红头, over the title of the first page."""
    destination: str = ""
    """Whom the pages are for, where the edition's word would not be true of all of them."""

    @property
    def edition_words(self) -> str:
        """For whom it is, as the foot says it."""
        return self.destination or self.edition.label

    @property
    def cover(self) -> Cover | None:
        """The cover, when it begins with one."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Cover) else None


def figures(document: Document) -> tuple[FigureRun, ...]:
    """Every printed number in reading order: the same in all writers."""
    return tuple(run for run in _runs(document.blocks) if isinstance(run, FigureRun))


def _runs(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Paragraph() | Note():
                yield from block.runs
            case KeyFigures():
                for item in block.items:
                    yield item.figure
                    yield from item.change
            case Table():
                yield from (run for row in block.rows for cell in row.cells for run in cell)
                yield from _runs(block.notes)
            case KeepTogether():
                yield from _runs(block.blocks)
            case _:
                pass
