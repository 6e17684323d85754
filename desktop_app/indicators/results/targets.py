"""Results of the target register (目标): progress, pace, conflicts between documents."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_app.indicators.results.tone import Tone
from desktop_app.models.values import CellState


class Standing(StrEnum):
    """How a target stands."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OPEN = "open"
    """A figure is there, but nothing says how far it should be by now."""
    SILENT = "silent"
    """The figure is lacking (未报、退回、不适用)."""
    ELSEWHERE = "elsewhere"
    """Set for another area, or a wider area's total."""
    STATED = "stated"
    """No target but a published figure."""
    WORDED = "worded"
    """In words, or of something that is no indicator here: kept in the register, never judged by a figure."""

    @property
    def label(self) -> str:
        """Chinese word."""
        return {
            "met": "已达",
            "on_track": "进度正常",
            "behind": "落后",
            "open": "推进中",
            "silent": "未报",
            "elsewhere": "他地目标",
            "stated": "公布数",
            "worded": "文字目标",
        }[self.value]

    @property
    def tone(self) -> Tone:
        """Colour of its tag."""
        return {
            "met": Tone.GOOD,
            "on_track": Tone.GOOD,
            "behind": Tone.BAD,
            "open": Tone.INFO,
        }.get(self.value, Tone.NEUTRAL)


@dataclass(frozen=True)
class TargetProgress:
    """One target as of a month. Amounts are in base units (growth in %, shares in points); rates rounded once."""

    code: str
    document: str
    clause: str
    region: str
    indicator: str
    name: str
    measure: str
    comparator: str
    target: Decimal | None
    target_text: str
    unit: str
    due: str
    baseline: Decimal | None
    baseline_text: str
    value: Decimal | None
    value_text: str
    basis: str
    """What the value is of: 1—3月累计, 近12个月, 3月末."""
    state: CellState
    completion_pct: Decimal | None
    straight_pct: Decimal | None
    """Share of the target asked for by now (序时进度): the months passed, or the straight line from the base."""
    seasonal_pct: Decimal | None
    """The same by last year's months."""
    expected: Decimal | None
    """Value that the straight path from the base asks for by now."""
    needed_per_month: Decimal | None
    """What each remaining month must bring, on average; negative where a figure has to come down."""
    needed_text: str
    standing: Standing
    text: str
    scope: str = ""
    nature: str = ""
    """预期性 or 约束性, where the document says so; else empty."""
    pace_note: str = ""
    """Why no pace can be named; empty exactly when ``straight_pct`` is there."""
    needed_note: str = ""
    """Why nothing can be said of the months left; empty exactly when ``needed_per_month`` is there."""
    gaps: str = ""
    """“12 家中 2 家未报”: who is lacking in the value; empty when nobody is."""


@dataclass(frozen=True)
class TargetConflict:
    """Two clauses that do not agree, or one that contradicts itself."""

    indicator: str
    name: str
    kind: str
    """``values``: other values; ``increment``: base and increment miss the level; ``met``: already reached at the base;
    ``stated``: two published figures; ``break``: a growth over a break of the series; ``base``: the base that a target
    asks for is not the ledger's; ``impossible``: a share of more than 100 %."""
    kind_label: str
    message: str
    targets: tuple[str, ...]
    clauses: tuple[str, ...]
