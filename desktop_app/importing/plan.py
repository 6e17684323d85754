"""What an import would do, as frozen data: made by ``importing``, committed by ``services``, shown by both fronts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from desktop_app.importing.file_kind import FileKind as FileKind  # noqa: PLC0414 - handed on
from desktop_app.models.values import (
    CellState,
    CoverageMode,
    CoverageState,
    FigureStatus,
    Month,
    Severity,
    Span,
)

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Catalogue
    from desktop_app.importing.outlet_plan import KnownOutlet, PlannedOutlet
    from desktop_app.importing.own_total import OwnTotal
    from desktop_app.importing.profiles import MappingProfile
    from desktop_app.importing.repair import Repair, RepairProposal
    from desktop_app.importing.said import Answer


class RowRole(StrEnum):
    """What a line of the file is; the character is shown beside the row number."""

    TITLE = "题"
    NOTE = "注"
    HEADER = "头"
    DATA = "数"
    TOTAL = "计"
    BLANK = "空"
    UNREAD = "略"
    """Of another table in the file, which was not read."""


@dataclass(frozen=True)
class Issue:
    """One thing wrong or doubtful. ``row`` is the line in the file (1-based), ``column`` the head as written."""

    severity: Severity
    code: str
    message: str
    suggestion: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    answers: tuple[Answer, ...] = ()
    """The ways out among which the user may choose; empty where only the company can mend it."""
    command: str = ""
    """The suggestion for whoever types commands, where it is another than in the window; empty = the same."""

    @property
    def on_command_line(self) -> str:
        """The suggestion as the command line prints it: it speaks of options, the window of its controls."""
        return self.command or self.suggestion


@dataclass(frozen=True)
class CellChange:
    """A cell that was read otherwise than it stands (换写). ``row`` is the line in the file, ``column`` its head."""

    row: int
    column: str
    raw: str
    read_as: str
    why: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the file as read: its number, its role and its cells as text, unchanged in content."""

    number: int
    role: RowRole
    cells: tuple[str, ...]
    rejected: bool = False


@dataclass(frozen=True)
class Reading:
    """How a file was read (``inspect``): nothing of it is a decision about the ledger."""

    file_name: str
    sha256: str
    size: int
    encoding: str
    """utf-8, utf-8-sig, gb18030, utf-16 …; empty for workbooks."""
    delimiter: str
    quote: str
    sheet: str
    sheets: tuple[str, ...]
    title: str
    unit: str
    layout: FileKind
    header_rows: tuple[int, ...]
    columns: tuple[str, ...]
    """Names of the table's columns; heads of several rows are joined with the separator (业务量/本月)."""
    rows: tuple[PreviewRow, ...]
    total_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    warnings: tuple[str, ...] = ()
    roles: Mapping[RowRole, int] | None = None
    """Lines of each role, where ``rows`` are only the first lines of a large file and those out of the ordinary."""

    @property
    def role_counts(self) -> Mapping[RowRole, int]:
        """How many lines of the file have each role."""
        return Counter(row.role for row in self.rows) if self.roles is None else self.roles

    @property
    def data_rows(self) -> int:
        """Number of data rows (totals, notes, heads and blanks not counted)."""
        return self.role_counts.get(RowRole.DATA, 0)


@dataclass(frozen=True)
class PlannedObservation:
    """One figure to be stored. ``value`` is fixed-point (base unit × 10 000), None unless ``state`` is VALUE."""

    indicator: str
    month: Month
    span: Span
    region: str
    enterprise_id: int | None
    value: int | None
    state: CellState
    sheet: str
    row: int
    column: str
    reported_previous: int | None = None
    """上年同期 as the file gives it, fixed-point."""
    reported_yoy: int | None = None
    """同比 as the file gives it, fixed-point %."""


@dataclass(frozen=True)
class PlannedOutletFigure:
    """A green figure of one outlet in a sheet by outlet; ``value`` is fixed-point."""

    enterprise_id: int | None
    outlet: str
    month: Month
    indicator: str
    value: int
    row: int


class PlannedCoverage(NamedTuple):
    """One village × brand × month record; a tuple, for a province brings half a million in a month."""

    village_code: str
    brand: str
    month: Month
    state: CoverageState
    modes: frozenset[CoverageMode]
    row: int
    weekly_frequency: int | None = None
    station: str = ""
    parcels_in: int | None = None
    parcels_out: int | None = None
    extra_charge: bool | None = None
    evidence_date: date | None = None
    sheet: str = ""
    evidence_kind: str = ""
    checker: str = ""
    evidence_sha256: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PlannedRegion:
    """One unit of a region registry; towns and counties are derived from the rows and come first.

    ``level``: county, town or village. ``unit_kind``: 街道/镇/乡/居委会/村委会/类似.
    """

    code: str
    name: str
    level: str
    unit_kind: str
    parent_code: str
    row: int
    administrative_village: bool = False
    """建制村: by default unit code 200–399."""
    households: int | None = None
    population: int | None = None


@dataclass(frozen=True)
class PlannedEnterprise:
    """One company of a 一企一档 register file."""

    name: str
    short_name: str
    brand: str
    uscc: str
    licence_no: str
    kind: str
    aliases: tuple[str, ...]
    contact: str
    phone: str
    opened: Month | None
    closed: Month | None
    row: int


@dataclass(frozen=True)
class RowCounts:
    """Every line of the table is accounted for: read = accepted + rejected + skipped."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class ImportPlan:
    """What importing one file would do. With any ERROR issue nothing of it may be committed."""

    reading: Reading
    kind: FileKind
    enterprise_id: int | None
    enterprise_name: str
    month: Month | None
    region: str
    status: FigureStatus
    counts: RowCounts
    issues: tuple[Issue, ...]
    grounds: tuple[str, ...] = ()
    """Why kind, company, period and unit were taken as they were, one Chinese sentence each (依据)."""
    observations: tuple[PlannedObservation, ...] = ()
    coverage: tuple[PlannedCoverage, ...] = ()
    regions: Sequence[PlannedRegion] = ()
    enterprises: tuple[PlannedEnterprise, ...] = ()
    outlets: tuple[PlannedOutlet, ...] = ()
    outlet_figures: tuple[PlannedOutletFigure, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    """Control totals (控制数): indicator → fixed-point sum of accepted month figures; coverage: VILLAGES, RECORDS;
    outlets: OUTLETS."""
    column_meanings: tuple[str, ...] = ()
    """For each column of the table what it was taken for, in Chinese (业务量 · 件), 跳过 when ignored."""
    changes: tuple[CellChange, ...] = ()
    """Every cell whose meaning is not what plainly stands in it, in the order of the file."""
    profile: str = ""
    """Name of the mapping profile (方案) that the layout matched; empty for none."""
    own_totals: Mapping[str, OwnTotal] = field(default_factory=dict)
    """What the file itself says to the control totals, by indicator."""
    said: Mapping[int, str] = field(default_factory=dict)
    """Columns whose meaning the user has given for this file, with the words; :data:`AUTO` for “by itself”."""
    by_profile: frozenset[int] = frozenset()
    """Columns that were read by the words of the profile and not by their own head."""
    proposals: tuple[RepairProposal, ...] = ()
    """Unit slips that can be mended by reading cells in another unit, once the company has confirmed it."""
    repairs: tuple[Repair, ...] = ()
    """Accepted repairs by which this plan was made; their reason is ``repair_reason``."""
    repair_reason: str = ""
    rules_version: int = 0
    """Which setting of the check rules the file was checked under (``CheckRules.version``)."""

    @property
    def errors(self) -> tuple[Issue, ...]:
        """Issues that block the file."""
        return tuple(i for i in self.issues if i.severity is Severity.ERROR)

    @property
    def notes(self) -> tuple[str, ...]:
        """What should be known of the reading and wants no reason: hidden rows and columns, cells left aside."""
        raised = {issue.message for issue in self.issues}
        return tuple(words for words in self.reading.warnings if words not in raised)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """Issues that ask for a reason."""
        return tuple(i for i in self.issues if i.severity is Severity.WARNING)

    @property
    def questions(self) -> tuple[Issue, ...]:
        """Warnings whose reason is still to be given; accepted unit repairs carry theirs."""
        return tuple(i for i in self.warnings if i.code != "UNIT_REPAIRED")


@dataclass(frozen=True)
class KnownEnterprise:
    """A company of the ledger as recognition needs it."""

    id: int
    name: str
    short_name: str
    brand: str
    aliases: tuple[str, ...]
    opened: Month | None = None
    closed: Month | None = None


@dataclass(frozen=True)
class KnownVillage:
    """A village-level unit of the ledger as matching needs it."""

    code: str
    name: str
    town: str
    administrative_village: bool


@dataclass(frozen=True)
class FormerVillage:
    """A village as it was until a change of the register. ``now``: code of what it has become, empty for nothing."""

    village: KnownVillage
    first: Month
    last: Month
    now: str


class History(Protocol):
    """What the ledger already holds, for checks; current versions only."""

    def value(self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None) -> int | None:
        """Fixed-point value, or None when nothing (or 未报) is stored."""
        ...

    def status(
        self, indicator: str, month: Month, span: Span, region: str, enterprise_id: int | None
    ) -> FigureStatus | None:
        """Status of the stored figure (快报, 月报 …), or None when nothing is stored."""
        ...

    def reported_months(self, enterprise_id: int, year: int) -> tuple[Month, ...]:
        """Months of the year for which this company has market figures."""
        ...

    def companies_report(self, indicators: Collection[str], region: str, until: Month) -> bool:
        """Whether any company has given one of these for the region, in the year of ``until`` or before."""
        ...


@dataclass(frozen=True)
class ImportContext:
    """What planning may know about the ledger."""

    region: str
    """The ledger's own 12-digit region code."""
    region_name: str
    enterprises: tuple[KnownEnterprise, ...]
    villages: Sequence[KnownVillage]
    """Of the whole region; only village sheets ask, and then it may be read for the first time."""
    history: History
    profiles: tuple[MappingProfile, ...] = ()
    outlets: tuple[KnownOutlet, ...] = ()
    today: date | None = None
    """The day of the import; None leaves months in the future unnoticed (inspecting without a ledger)."""
    former: Sequence[FormerVillage] = ()
    """Villages as they were: sheets of a past month name those of that month."""
    catalogue: Catalogue | None = None
    """With the bureau's own indicators and the check rules as this ledger has tuned them; None = as shipped."""


@dataclass(frozen=True)
class ImportOptions:
    """What the user has said about the file; None = find out."""

    company: str | None = None
    month: Month | None = None
    region: str | None = None
    status: FigureStatus | None = None
    sheet: str | None = None
    encoding: str | None = None
    password: str | None = None
    join: str = "/"
    """Separator that joins the names of a head of several rows."""
    profile: str | None = None
    """Name or number of the mapping profile to read by."""
    meanings: tuple[tuple[str, str], ...] = ()
    """What columns are: (head as written or 第3列, meaning as in a profile, 跳过, or 自动识别)."""
    repairs: tuple[Repair, ...] = ()
    """Cells to be read in another unit; made by ``services.repairs``, which demands the reason."""
    repair_reason: str = ""
    """How the company confirmed the units (电话、来函 …), and who said so."""
