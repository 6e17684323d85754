"""Which green programme: pills for the most fitting ones, a drop-down for the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.views.widgets.choice import DropDown, Options, SegmentedChoice

PILLS = 3
LONGEST = 34
"""Characters that the pills may hold together: the bureau's own programmes have long names."""
NONE = ""


def split_programmes(options: Options, chosen: str) -> tuple[Options, Options]:
    """(pills, the rest): the first three, the chosen one taking the last place when it is not among them.

    Fewer of long names, but always the chosen one.
    """
    count = PILLS
    while count > 1 and sum(len(name) for _, name in _first(options, chosen, count)) > LONGEST:
        count -= 1
    pills = _first(options, chosen, count)
    shown = {code for code, _ in pills}
    return pills, [option for option in options if option[0] not in shown]


def _first(options: Options, chosen: str, count: int) -> list[tuple[str, str]]:
    pills = list(options[:count])
    if chosen and all(code != chosen for code, _ in pills):
        pills = [*pills[: count - 1], *(option for option in options if option[0] == chosen)]
    return pills


class ProgrammeChooser(QWidget):
    """``chosen(code)`` when the user picks another programme."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pills = SegmentedChoice()
        self.pills.chosen.connect(self.chosen)
        self.rest = DropDown("其他方案")
        self.rest.chosen.connect(self._from_rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.pills)
        row.addWidget(self.rest)

    def set_programmes(self, options: Options, chosen: str) -> None:
        """Offer programmes, the most fitting first."""
        pills, rest = split_programmes(options, chosen)
        self.pills.set_options(pills, chosen)
        self.rest.set_options(((NONE, f"{len(rest)} 个"), *rest), NONE)
        self.rest.setVisible(bool(rest))

    @property
    def key(self) -> str:
        """Code of the programme chosen."""
        return self.pills.key

    def _from_rest(self, code: str) -> None:
        self.rest.set_key(NONE)
        if code != NONE:
            self.chosen.emit(code)
