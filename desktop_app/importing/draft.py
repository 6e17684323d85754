"""The working state of one import while its plan is made: what was found, what is doubtful, which rows fell out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from desktop_app.catalogue.model import Catalogue, Indicator, Unit
from desktop_app.catalogue.rules import CheckRules
from desktop_app.catalogue.template_code import TemplateCode
from desktop_app.importing.convert import Amount
from desktop_app.importing.outlet_plan import PlannedOutlet
from desktop_app.importing.own_total import OwnTotal
from desktop_app.importing.plan import (
    CellChange,
    FileKind,
    ImportContext,
    ImportOptions,
    Issue,
    KnownEnterprise,
    PlannedCoverage,
    PlannedEnterprise,
    PlannedObservation,
    PlannedOutletFigure,
    PlannedRegion,
    RowRole,
)
from desktop_app.importing.profiles import Match
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.importing.recognise.figures import FigureColumn
from desktop_app.importing.repair import Repair, RepairProposal
from desktop_app.importing.said import Answer, column_key
from desktop_app.importing.table import Table
from desktop_app.models.values import CellState, FigureStatus, Month, Severity, Span

LONGEST_QUOTE = 40
"""Characters of a cell that a message repeats; more tell nothing and hide the rest of the sentence."""
_LONGEST_VALUE = 1000
_LONG_QUOTE = re.compile(f"“([^“”]{{{LONGEST_QUOTE + 1},}})”")


def cut(text: str) -> str:
    """The beginning of a long text, with … behind it."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _short_quotes(message: str) -> str:
    return _LONG_QUOTE.sub(lambda match: f"“{cut(match[1])}”", message)


@dataclass(frozen=True)
class Figure:
    """One cell of figures: where it stands, what it says, and its fixed-point value in base units.

    ``step`` is one unit of its last written digit, fixed-point too; it bounds the rounding of the writer.
    """

    row: int
    column: int
    name: str
    text: str
    amount: Amount
    stored: int | None
    step: int
    unit: Unit | None = None
    """The unit in which the number was read; None for a state."""

    @property
    def state(self) -> CellState:
        """VALUE or the word that stands in the cell."""
        return self.amount.state


@dataclass(frozen=True)
class Fact:
    """One figure of one indicator, month, span and company, with what the file says beside it."""

    indicator: Indicator
    month: Month
    span: Span
    region: str
    enterprise: KnownEnterprise | None
    figure: Figure
    previous: Figure | None = None
    yoy: Figure | None = None
    last_month: Figure | None = None

    @property
    def value(self) -> int | None:
        """Fixed-point value; None for a state."""
        return self.figure.stored

    @property
    def owner(self) -> tuple[str, int | None, Month]:
        """Region, company and month: the figures that belong together."""
        return self.region, self.enterprise.id if self.enterprise else None, self.month


Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]


@dataclass
class Draft:
    """Everything that recognising, converting and checking add to.

    ``shown`` are the heads as written, for telling; ``names`` and ``levels`` are the heads by which columns are
    recognised: the same, unless a profile says otherwise.
    """

    file: PurePath
    table: Table
    shown: tuple[str, ...]
    catalogue: Catalogue
    context: ImportContext
    options: ImportOptions
    companies: CompanyIndex
    code: TemplateCode | None = None
    kind: FileKind = FileKind.UNKNOWN
    enterprise: KnownEnterprise | None = None
    handed_down: bool = False
    """The file is nobody's: the county's own green rates as the bureau or the city hands them down."""
    month: Month | None = None
    cumulative: bool = False
    region: str = ""
    status: FigureStatus = FigureStatus.MONTHLY
    issues: list[Issue] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    """Every cell that was read otherwise than it stands."""
    meanings: dict[int, str] = field(default_factory=dict)
    named_units: list[str] = field(default_factory=list)
    """Units that heads, rows or a unit column name, in the order in which they were met."""
    usual_units: list[str] = field(default_factory=list)
    """Units that nothing names and that the indicator has by itself (个, 人 …)."""
    figure_units: dict[int, tuple[FigureColumn, Unit]] = field(default_factory=dict)
    """Columns of figures that are stored, with their units; for comparing with the table's own totals."""
    rates: list[tuple[FigureColumn, KnownEnterprise | None, Month, Figure]] = field(default_factory=list)
    """Computed rates that the file gives beside their inputs; compared, never stored."""
    decimal_commas: dict[int, bool] = field(default_factory=dict)
    """Columns that were looked at for a decimal comma (1.234,56), and whether all their figures have it."""
    skipped: set[int] = field(default_factory=set)
    """Rows that are read but not meant for us: totals, other counties."""
    seen: dict[int, KnownEnterprise] = field(default_factory=dict)
    """Companies that the rows name, broken rows too: whose file it is although nothing of it can be stored."""
    seen_months: set[Month] = field(default_factory=set)
    """Months that the rows name, broken rows too."""
    unread: set[str] = field(default_factory=set)
    """Codes of indicators that the table has but of which a cell cannot be read: told there, not missed elsewhere."""
    head_month: Month | None = None
    """The month that heads of measures name (2021年4月业务量)."""
    notes: list[str] = field(default_factory=list)
    """What should be known of the reading and wants no reason."""
    broken_rows: set[int] = field(default_factory=set)
    county_rows: list[int] = field(default_factory=list)
    """Rows of the whole county in a table of towns: compared with the towns' sum, not stored."""
    file_broken: bool = False
    facts: list[Fact] = field(default_factory=list)
    left_out: list[Fact] = field(default_factory=list)
    """Figures beside a cell that cannot be read: not stored, but a company is told of all its slips at once."""
    observations: list[PlannedObservation] = field(default_factory=list)
    coverage: list[PlannedCoverage] = field(default_factory=list)
    regions: list[PlannedRegion] = field(default_factory=list)
    enterprises: list[PlannedEnterprise] = field(default_factory=list)
    outlets: list[PlannedOutlet] = field(default_factory=list)
    outlet_figures: list[PlannedOutletFigure] = field(default_factory=list)
    names: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    profile: Match | None = None
    profile_sole: bool = False
    """No other company's profile is as like."""
    said: dict[int, str] = field(default_factory=dict)
    """Columns whose meaning the user has given."""
    by_profile: set[int] = field(default_factory=set)
    """Columns that the profile speaks for."""
    own_totals: dict[str, OwnTotal] = field(default_factory=dict)
    """Sums that the file itself states, by indicator."""
    proposals: list[RepairProposal] = field(default_factory=list)
    """Unit slips that another unit would mend."""
    repairs: dict[tuple[int, int], Repair] = field(default_factory=dict)
    """Accepted repairs by row and column, both 0-based."""
    repaired: set[Repair] = field(default_factory=set)
    """Accepted repairs whose cell was read."""

    def __post_init__(self) -> None:
        self.repairs = {(repair.row - 1, repair.column): repair for repair in self.options.repairs}
        head = self.table.head.levels if self.table.head else ()
        missing = self.table.width - len(head)
        self.levels = (*head[: self.table.width], *(() for _ in range(missing)))
        self.names = tuple("/".join(level) for level in self.levels)

    def stopped(self) -> bool:
        """Whether an error of the whole file makes reading its rows pointless."""
        return self.file_broken

    @property
    def rules(self) -> CheckRules:
        """The check rules in force."""
        return self.catalogue.rules

    def report(
        self,
        code: str,
        message: str,
        suggestion: str = "",
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        at_most: Severity = Severity.ERROR,
    ) -> Severity | None:
        """Add what a check has found, as strict as the rules in force say; returns that, None when it is off.

        :param row: 0-based; None for the whole file.
        :param at_most: WARNING where the file's kind forbids blocking (published figures).
        """
        severity = self.rules.severity(code)
        if severity is Severity.ERROR and at_most is Severity.ERROR:
            self.error(code, message, suggestion, row=row, column=column, value=value)
        elif severity is not None:
            severity = Severity.WARNING
            self.warn(code, message, suggestion, row=row, column=column, value=value)
        return severity

    def error(
        self,
        code: str,
        message: str,
        suggestion: str = "",
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        answers: Sequence[Answer] = (),
        command: str = "",
    ) -> None:
        """Add an issue that blocks; ``row`` is 0-based, None for the whole file.

        ``command``: the suggestion in the words of the command line, where the window has a control for it.
        """
        self._add(Severity.ERROR, code, message, suggestion, row, column, value, answers, command)
        if row is None:
            self.file_broken = True
        else:
            self.broken_rows.add(row)

    def warn(
        self,
        code: str,
        message: str,
        suggestion: str = "",
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        answers: Sequence[Answer] = (),
        command: str = "",
    ) -> None:
        """Add an issue that asks for a reason."""
        self._add(Severity.WARNING, code, message, suggestion, row, column, value, answers, command)

    def _add(
        self,
        severity: Severity,
        code: str,
        message: str,
        suggestion: str,
        row: int | None,
        column: str,
        value: str,
        answers: Sequence[Answer],
        command: str = "",
    ) -> None:
        number, sheet = None if row is None else row + 1, self.table.sheet.name
        if len(value) > LONGEST_QUOTE:
            message, suggestion = (text.replace(value, cut(value)) for text in (message, suggestion))
        told = _short_quotes(message), _short_quotes(suggestion)
        issue = Issue(severity, code, *told, sheet, number, column, value[:_LONGEST_VALUE], tuple(answers), command)
        if row is not None or issue not in self.issues:
            self.issues.append(issue)

    def key(self, column: int) -> str:
        """How the user names a column."""
        return column_key(self.shown, column)

    def change(self, row: int, column: int | None, read_as: str, why: str) -> None:
        """Note that a cell was read otherwise than it stands; ``row`` is 0-based."""
        self.changes.append(CellChange(row + 1, self.name(column), self.cell(row, column), read_as, why))

    def ground(self, sentence: str) -> None:
        """Say once why something was taken as it was."""
        if sentence not in self.grounds:
            self.grounds.append(sentence)

    def cell(self, row: int, column: int | None) -> str:
        """Text of a cell; empty when there is no such column."""
        return "" if column is None else self.table.cells[row][column]

    def name(self, column: int | None) -> str:
        """Head of a column as written."""
        return "" if column is None else self.shown[column]

    def body(self) -> Iterator[tuple[int, RowRole]]:
        """Data and total rows in order."""
        for row, role in self.table.numbered():
            if role in {RowRole.DATA, RowRole.TOTAL}:
                yield row, role

    def mean(self, column: int | None, meaning: str) -> None:
        """Note what a column was taken for."""
        if column is not None:
            self.meanings[column] = meaning
