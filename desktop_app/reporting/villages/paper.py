"""What every paper of 快递进村 says at its head and foot, and the words of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.catalogue.format import DASH
from desktop_app.indicators.results.rural import VillageRow
from desktop_app.models.values import Month
from desktop_app.reporting.cells import Cell, count_cell
from desktop_app.reporting.content import Block, Document, Edition, Text
from desktop_app.reporting.monthly.build import INTERNAL, SAMPLE
from desktop_app.reporting.wording import Origin

REACH, VILLAGES, STATION = "RUR.REACH", "RUR.VILLAGES", "RUR.STATION"


@dataclass(frozen=True)
class Paper:
    """Whose paper, of which month, for whom."""

    region_name: str
    month: Month
    made_on: date
    edition: Edition
    sample: bool = False
    bureau: str = ""

    def origin(self, code: str, subject: str = "") -> Origin:
        """Where a number of this paper comes from."""
        return Origin(code, str(self.month), subject)

    def document(self, title: str, blocks: Iterable[Block], *, across: bool = False) -> Document:
        """The whole paper."""
        internal = (INTERNAL,) if self.edition is Edition.INTERNAL else ()
        return Document(
            title=title,
            period_label=self.month.label,
            blocks=tuple(blocks),
            edition=self.edition,
            made_on=self.made_on,
            issuer=self.bureau,
            badges=(*((SAMPLE,) if self.sample else ()), *internal),
            across=across,
        )


def brands_cell(paper: Paper, row: VillageRow) -> Cell:
    """How many brands come, as a number that can be traced, and which."""
    number = count_cell(len(row.brands), paper.origin(REACH, row.code), "家")
    return (*number, Text(f"（{'、'.join(row.brands)}）")) if row.brands else number


def frequency_words(frequency: int | None, *, served: bool) -> str:
    """Weekly visits; 未报 where somebody comes and nobody said how often, — where nobody comes."""
    if frequency is not None:
        return str(frequency)
    return "未报" if served else DASH
