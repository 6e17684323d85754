"""Which green programme: pills for the most fitting ones, a drop-down for the rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.views.widgets.choice import DropDown, Options, SegmentedChoice

PILLS = 3
NONE = ""


def split_programmes(options: Options, chosen: str) -> tuple[Options, Options]:
    """(pills, the rest): the first three, the chosen one taking the third place when it is not among them."""
    pills = list(options[:PILLS])
    if chosen and all(code != chosen for code, _ in pills):
        pills = [*pills[: PILLS - 1], *(option for option in options if option[0] == chosen)]
    shown = {code for code, _ in pills}
    return pills, [option for option in options if option[0] not in shown]


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
