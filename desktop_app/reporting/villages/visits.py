"""巡查表: a blank form for a visit to the villages, one township a sheet, in the order of the codes.

What comes back is entered in the order of the paper, so the number at the left counts within the township.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_app.indicators.results.rural import VillageRow
from desktop_app.indicators.visit_forms import form_numbers
from desktop_app.models.values import Month
from desktop_app.reporting.cells import Cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.villages.towns import TownVillages

BLANK: Cell = (Text("\u3000"),)
"""To be written in by hand: the only cells of any paper that are empty."""
_COLUMNS = (
    Column("序号", Align.CENTER, Decimal("0.5")),
    Column("村代码", Align.CENTER, Decimal("1.3")),
    Column("村", Align.LEFT, Decimal("1.2")),
    Column("账上", Align.CENTER, Decimal("0.8")),
    Column("是否\n通快递", Align.CENTER, Decimal("0.5")),
    Column("到村品牌", Align.LEFT, Decimal(5)),
    Column("方式", Align.LEFT, Decimal(3)),
    Column("每周投递\n（次）", Align.CENTER, Decimal("0.9")),
    Column("站点、负责人、电话", Align.LEFT, Decimal(3)),
    Column("加收\n费用", Align.CENTER, Decimal("0.5")),
    Column("照片号", Align.CENTER, Decimal("0.8")),
)
YES_NO = "是／否"
POSTS = ("巡查人", "村方见证人", "巡查日期")


def visit_blocks(towns: TownVillages, month: Month) -> Iterator[Block]:
    """One sheet per township: what the ledger says of each village, and room for what is found there."""
    numbers = form_numbers((town.code for town, _ in towns), month)
    for number, (town, villages) in enumerate(towns):
        if number:
            yield PageBreak()
        yield Heading(f"{town.name or '未分乡镇'}　表号 {numbers[town.code]}")
        yield Table(
            title=f"{town.name}快递进村巡查表",
            columns=_COLUMNS,
            rows=tuple(_row(place, row) for place, row in enumerate(villages, start=1)),
            form=True,
        )
        yield KeepTogether((Note((Text(_HOW),), label="填法"), SignatureBlock(POSTS, "印制日期")))


_HOW = (
    "“是／否”圈一个；品牌写简称，用顿号隔开；方式写直投、邮快、快快、交邮、快商、第三方、驻村设点，可多写；"
    "没有到过的村划去整行。录入时键入表号，按本表的次序。"
)


def _row(place: int, row: VillageRow) -> Row:
    return Row(
        (
            words_cell(str(place)),
            words_cell(row.code),
            words_cell(row.name),
            words_cell(f"{row.state} {len(row.brands)}家" if row.brands else row.state),
            (Text(YES_NO),),
            BLANK,
            BLANK,
            BLANK,
            BLANK,
            (Text(YES_NO),),
            BLANK,
        )
    )
