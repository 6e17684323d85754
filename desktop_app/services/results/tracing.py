"""此数从何来: what is known of one printed number, from its formula down to the row of the file."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.models.values import CellState
from desktop_app.services.results.definitions import DefinitionTable

__all__ = [
    "ALL_COMPANIES",
    "BY_MODE",
    "DAY",
    "WHOLE_REGION",
    "FigureAddress",
    "FigureTrace",
    "Lacking",
    "OriginalSheet",
    "StoredPlace",
    "TraceNode",
    "VersionLine",
]

ALL_COMPANIES = "companies"
WHOLE_REGION = "region"
BY_MODE = "mode:"
"""Begins the ``definition`` of villages that one mode (进村方式) reaches: ``mode:邮快``."""
DAY = "DAY."
"""Begins the code of a daily figure."""


@dataclass(frozen=True)
class FigureAddress:
    """Which number is meant.

    ``code``: of an indicator, or of a green programme (how many lines are met). ``period``: ``2021-03``; for the
    cumulative measures its last month. ``subject``: a company's id or name, a town's or village's code; empty for the
    whole region. ``region``: empty for the ledger's own. ``brand`` and ``definition``: of a rate of villages.
    ``printed``: the number as it stands on the screen or on paper. ``against``: what a share or a pull is of
    (``ALL_COMPANIES``, ``WHOLE_REGION`` or the code of the whole), or the base month of an index.

    Of the peak season (旺季日报) the code is ``DAY.`` and the name of what is counted, the period a day
    (``2020-11-11``) or the season's year.
    """

    code: str
    period: str
    measure: str = "value"
    subject: str = ""
    region: str = ""
    brand: str = ""
    definition: str = ""
    printed: str = ""
    against: str = ""


@dataclass(frozen=True)
class VersionLine:
    """One version of a stored number. ``who``, ``when``, ``why``: of the batch that brought it (local time)."""

    version: int
    text: str
    status: str
    counts: bool
    standing: str
    """计入, 被更正, 已撤销 or 已退回."""
    batch: int
    file: str
    sheet: str
    row: int
    column: str
    who: str
    when: str
    why: str
    sha256: str = ""
    """Of the kept file of a daily figure."""


@dataclass(frozen=True)
class StoredPlace:
    """Where a stored number stands; ``versions`` from the first to the last.

    ``batch`` 0: a daily figure, which no import batch has brought; its file, if it came from one, is kept under
    ``sha256``. ``row`` 0: it was typed.
    """

    batch: int
    file: str
    sheet: str
    row: int
    column: str
    version: int
    versions: tuple[VersionLine, ...] = ()
    sha256: str = ""

    @property
    def kept(self) -> bool:
        """Whether there is a file to open."""
        return bool(self.batch or self.sha256)

    @property
    def words(self) -> str:
        """“企业月报.csv 第4行“同城业务量”，批次 65”."""
        sheet = f"“{self.sheet}”" if self.sheet else ""
        column = f"“{self.column}”" if self.column else ""
        row = f" 第{self.row}行" if self.row else ""
        return f"{self.file}{sheet}{row}{column}" + (f"，批次 {self.batch}" if self.batch else "")


@dataclass(frozen=True)
class TraceNode:
    """One number in the tree with the numbers it is made of.

    ``address``: asks for its own trace; ``place``: it is stored, and where.
    """

    name: str
    text: str
    state: CellState = CellState.VALUE
    note: str = ""
    place: StoredPlace | None = None
    address: FigureAddress | None = None
    children: tuple[TraceNode, ...] = ()


@dataclass(frozen=True)
class Lacking:
    """Who has not given what belongs into the number, and what stands in its place."""

    who: str
    what: str
    why: str


@dataclass(frozen=True)
class FigureTrace:
    """Everything about one number.

    ``lines``: caption and sentence (公式, 代入, 口径 …). ``tree``: the number, then the bases it is compared with.
    ``definitions``: the same matter by every definition there is; None when there is but one.
    """

    address: FigureAddress
    title: str
    text: str
    state: CellState
    lines: tuple[tuple[str, str], ...]
    tree: tuple[TraceNode, ...]
    lacking: tuple[Lacking, ...] = ()
    lacking_word: str = "缺报"
    """What the lacking are called: 缺报 of companies, 未计入 of villages."""
    definitions: DefinitionTable | None = None

    def line(self, caption: str) -> str:
        """The sentence of a caption; empty when there is none."""
        return next((words for head, words in self.lines if head == caption), "")


@dataclass(frozen=True)
class OriginalSheet:
    """A kept file as it came: text cells. ``row`` and ``column`` (0-based, within ``rows``) of what was asked for.

    ``first``: line of the file at which ``rows`` begins. ``column`` is −1 when the column cannot be told.
    """

    file: str
    batch: int
    sheet: str
    rows: tuple[tuple[str, ...], ...]
    first: int
    row: int
    column: int
