"""What the outlet list with green flags and the scoring sheet show and hand back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ScoreItem:
    """One line of a sheet: points as typed; ``scored`` empty while it is not scored."""

    name: str
    full: str
    scored: str = ""
    text: str = ""


@dataclass(frozen=True)
class ScoreSheet:
    """A sheet, empty or filled. ``vetoes``: text and 有, 无 or "" (not said). ``id`` 0: not stored."""

    form: str
    title: str
    place: str
    outlet: int | None
    made_on: str
    assessor: str
    items: tuple[ScoreItem, ...]
    vetoes: tuple[tuple[str, str], ...]
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class SheetEvent:
    """A sheet of one place. ``state``: 在用, 以前的, 已改正（第 N 号）, 已撤回; the last two have a reason."""

    sheet: ScoreSheet
    made_on: str
    verdict: str
    assessor: str
    state: str
    reason: str
    entered: str
    """When and by whom it was typed."""
    in_force: bool


@dataclass(frozen=True)
class Filed:
    """A sheet that has been stored, corrected or withdrawn. ``words``: what that changed, in sentences."""

    number: int
    words: str


@dataclass(frozen=True)
class OutletRow:
    """One outlet with its flags (是, 否, 未报, 不适用). ``verdict``: “96%，达标” of its newest sheet, empty without."""

    id: int | None
    company: str
    name: str
    kind: str
    filing_no: str
    place: str
    green: str
    recycling: str
    standardised: str
    verdict: str
    passed: bool | None
    sheet: ScoreSheet | None
    differs: bool = False
    """The register's 绿色网点 flag and the newest sheet do not agree."""
    made_on: str = ""
    """Day of the newest sheet."""
    history: tuple[SheetEvent, ...] = ()


@dataclass(frozen=True)
class OutletRate:
    """A green rate of one outlet in percent; ``text`` with ◇ when the rate was given alone. ``basis``: 3900 / 4000."""

    value: Decimal | None
    text: str
    basis: str


@dataclass(frozen=True)
class OutletRates:
    """An outlet of a company's sheet by outlet, with its rates by indicator code."""

    company: str
    outlet: str
    rates: Mapping[str, OutletRate]


@dataclass(frozen=True)
class OutletBoard:
    """Outlets open in the month, then the sorting centres that were scored; ``words``: coverage by the register.

    ``rates``: outlets of which green figures were given for the month; ``heads``: (code, name) of the rates among them.
    """

    month: str
    rows: tuple[OutletRow, ...]
    words: str
    rates: tuple[OutletRates, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
