"""自设指标 as the window shows them: what is typed, what a formula says, what a trial gives, the list."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FormulaInput",
    "FormulaNote",
    "FormulaReading",
    "OwnBook",
    "OwnDraft",
    "OwnRow",
    "Trial",
    "Word",
]

Labelled = tuple[tuple[str, str], ...]
"""Key and the word for it, in the order of the list."""


@dataclass(frozen=True)
class OwnDraft:
    """An indicator as it is typed. Months as 2021-03, empty = open; ``unit`` is the unit in which it is printed."""

    name: str
    code: str
    unit: str
    kind: str
    definition: str
    group: str = "本局自设/自设指标"
    short: str = ""
    owner: str = "bureau"
    """Who brings the figure; a formula makes it ``computed``."""
    polarity: str = "neutral"
    decimals: int = 0
    frequency: str = "month"
    dimensions: tuple[str, ...] = ()
    source: str = ""
    aliases: tuple[str, ...] = ()
    formula: str = ""
    valid_from: str = ""
    new_from: str = ""
    """For one that exists: from this month on the definition is another one; empty = what there is, is corrected."""
    comparable: bool = False
    """Whether figures under the new definition may be compared with those under the old one."""


@dataclass(frozen=True)
class Word:
    """An indicator that a formula may read, with what it is found by."""

    code: str
    name: str
    unit: str
    initials: str


@dataclass(frozen=True)
class FormulaNote:
    """What is to be said about a formula. ``position`` counts characters from 1, 0 = about the whole."""

    text: str
    position: int = 0
    length: int = 0
    serious: bool = True
    """It stands against saving; False = to be looked at."""


@dataclass(frozen=True)
class FormulaInput:
    """An input of a formula; in a trial with its value and, where it has none, its state."""

    code: str
    name: str
    unit: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class FormulaReading:
    """A formula as it is understood. ``tree``: (depth, words) from the top down."""

    said: str = ""
    tree: tuple[tuple[int, str], ...] = ()
    inputs: tuple[FormulaInput, ...] = ()
    notes: tuple[FormulaNote, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing stands against saving it."""
        return not any(note.serious for note in self.notes)


@dataclass(frozen=True)
class Trial:
    """What an indicator gives for one month and region."""

    place: str
    """蛟河市 2021年3月."""
    inputs: tuple[FormulaInput, ...]
    text: str
    """12.34元/件, or empty when there is no result."""
    reason: str = ""
    """Why there is none, or what is lacking in the one there is."""


@dataclass(frozen=True)
class OwnRow:
    """One of the bureau's own indicators."""

    draft: OwnDraft
    kind: str
    """流量, 比率 …"""
    computed: str
    """The formula in words; empty when the figure is entered or imported."""
    version: int
    validity: str
    figures: int
    retired: bool
    versions: tuple[str, ...] = ()
    """Every definition with its months, newest first."""


@dataclass(frozen=True)
class OwnBook:
    """The list of own indicators, and what the dialog offers."""

    file: str
    """Where the file lies; empty on a database server, which has none."""
    rows: tuple[OwnRow, ...]
    faults: tuple[tuple[str, str], ...]
    """What is wrong in the file: where and what, and how to mend it."""
    history: tuple[tuple[str, str, str, str, str], ...]
    """Time, who, indicator, what, reason; newest first."""
    groups: tuple[str, ...]
    units: Labelled
    """Unit and its base."""
    kinds: Labelled
    owners: Labelled
    polarities: Labelled
    frequencies: Labelled
    dimensions: Labelled
    words: tuple[Word, ...]
    regions: Labelled
