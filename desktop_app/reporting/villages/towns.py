"""镇级台账: one sheet per township with all its villages, to be signed by the township."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop_app.indicators.results.rural import TownRow, VillageRow
from desktop_app.reporting.cells import count_cell, rate_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Heading,
    Measure,
    PageBreak,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.villages.paper import (
    REACH,
    STATION,
    VILLAGES,
    Paper,
    brands_cell,
    frequency_words,
)

TownVillages = Sequence[tuple[TownRow, Sequence[VillageRow]]]

_COLUMNS = (
    Column("序号", Align.CENTER, Decimal("0.5")),
    Column("村代码", Align.CENTER, Decimal("1.3")),
    Column("村", Align.LEFT, Decimal("1.1")),
    Column("现状", Align.CENTER, Decimal("0.6")),
    Column("通达品牌", Align.LEFT, Decimal(4)),
    Column("方式", Align.LEFT, Decimal("1.2")),
    Column("每周投递\n（次）", Align.CENTER, Decimal("0.9")),
    Column("站点", Align.LEFT, Decimal("2.2")),
    Column("加收费用", Align.LEFT, Decimal("0.9")),
    Column("数据月份", Align.CENTER, Decimal("0.9")),
    Column("距上次\n核实", Align.CENTER, Decimal("1.3")),
)
POSTS = ("乡镇负责人（盖章）", "经办人", "联系电话")


def town_blocks(paper: Paper, towns: TownVillages) -> Iterator[Block]:
    """One page or more for each township, each beginning on a new page and ending with its signatures."""
    for number, (town, villages) in enumerate(towns):
        if number:
            yield PageBreak()
        yield Heading(town.name or "未分乡镇")
        yield _opening(paper, town)
        yield Table(
            title=f"{town.name}{paper.month.label}快递进村台账",
            columns=_COLUMNS,
            rows=tuple(_row(paper, place, row) for place, row in enumerate(villages, start=1)),
        )
        yield SignatureBlock(POSTS)


def _opening(paper: Paper, town: TownRow) -> Paragraph:
    reach = paper.origin(REACH, town.code)
    return Paragraph(
        (
            Text("建制村"),
            *count_cell(town.villages, paper.origin(VILLAGES, town.code)),
            Text("个，通快递"),
            *count_cell(town.covered, reach),
            Text("个，通达率"),
            *rate_cell(town.rate_pct, reach, Measure.VALUE),
            Text("%；有村级站点"),
            *count_cell(town.stations, paper.origin(STATION, town.code)),
            Text("个，停运回退"),
            *count_cell(town.relapsed, reach),
            Text("个。"),
        )
    )


def _row(paper: Paper, place: int, row: VillageRow) -> Row:
    return Row(
        (
            words_cell(str(place)),
            words_cell(row.code),
            words_cell(row.name),
            (Text(row.state, bold=row.state != "通达"),),
            brands_cell(paper, row),
            words_cell("、".join(row.modes)),
            words_cell(frequency_words(row.frequency, served=bool(row.brands))),
            words_cell(row.station),
            words_cell("、".join(row.charged)),
            words_cell(row.as_of),
            words_cell(row.evidence),
        )
    )
