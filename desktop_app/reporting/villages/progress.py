"""进村进度表: the county by township under every definition, with what has changed since last month and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.indicators.results.rural_rates import RateRow, RateTable, TargetPace
from desktop_app.models.values import quantize
from desktop_app.reporting.cells import Cell, count_cell, rate_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    KeepTogether,
    Measure,
    Note,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.villages.paper import REACH, STATION, VILLAGES, Paper
from desktop_app.reporting.wording import area_words

DIRECT, MAJOR, POST, OFTEN = "RUR.DIRECT", "RUR.MAJOR", "RUR.YK.VIL", "RUR.FREQ3"


@dataclass(frozen=True)
class Progress:
    """What the table says.

    ``before``: the rates a month ago, None when nothing was recorded then. ``lost``: town code → villages that have
    fallen back, the whole county under the empty code.
    """

    table: RateTable
    before: RateTable | None
    lost: Mapping[str, int]
    paces: Sequence[TargetPace]


_COLUMNS = (
    Column("序号", Align.CENTER, Decimal("0.6")),
    Column("乡镇（街道）", Align.LEFT, Decimal("1.7")),
    Column("建制村\n（个）", Align.RIGHT, Decimal("0.9")),
    Column("通快递\n（个）", Align.RIGHT, Decimal("0.9")),
    Column("未通\n（个）", Align.RIGHT, Decimal("0.8")),
    Column("其中\n回退", Align.RIGHT, Decimal("0.7")),
    Column("通达率\n（%）", Align.RIGHT, Decimal(1)),
    Column("比上月\n（百分点）", Align.RIGHT, Decimal("1.2")),
    Column("直投到村\n（%）", Align.RIGHT, Decimal("1.1")),
    Column("主要品牌\n全通（%）", Align.RIGHT, Decimal("1.2")),
    Column("邮快合作\n（村）", Align.RIGHT, Decimal("1.1")),
    Column("周投递\n≥3次（%）", Align.RIGHT, Decimal("1.2")),
    Column("站点\n（个）", Align.RIGHT, Decimal("0.8")),
    Column("一村一站\n（%）", Align.RIGHT, Decimal("1.1")),
    Column("平均品牌\n（家/村）", Align.RIGHT, Decimal("1.1")),
)


def progress_blocks(paper: Paper, data: Progress) -> Iterator[Block]:
    """How far the county is, the townships with their total, what the columns mean, who signs."""
    area = area_words(paper.region_name)
    total = replace(data.table.total, name=area)
    reach = paper.origin(REACH)
    yield Paragraph(
        (
            Text(f"截至{paper.month.label}末，建制村"),
            *count_cell(total.villages, paper.origin(VILLAGES)),
            Text("个，通快递"),
            *count_cell(total.covered, reach),
            Text("个，通达率"),
            *rate_cell(total.reach, reach, Measure.VALUE),
            Text(f"%。{_paces(data.paces)}"),
        )
    )
    before = {row.key: row for row in (*data.before.rows, data.before.total)} if data.before is not None else {}
    rows = [
        _row(paper, str(number), row, before.get(row.key), data.lost.get(row.key, 0))
        for number, row in enumerate(data.table.rows, start=1)
    ]
    yield Table(
        title=f"{paper.region_name}{paper.month.label}快递进村进度表",
        columns=_COLUMNS,
        rows=(*rows, _row(paper, "", total, before.get(""), data.lost.get("", 0), bold=True)),
    )
    meaning = (
        f"通达率按任一品牌；“回退”为以前通过、现在没有任何品牌的村；各率的分母都是建制村数，{area}为各乡镇之和相除。"
        f"主要品牌{len(data.table.majors)}个：{'、'.join(data.table.majors)}。"
    )
    yield KeepTogether((Note((Text(meaning),), label="注"), SignatureBlock()))


def _paces(paces: Sequence[TargetPace]) -> str:
    """2022年底目标100%：按现在的进度2022年3月达到；2025年>90%：已达到."""
    parts = [f"{pace.due[:4]}年底目标{pace.aim_text}：{pace.words.replace('：', '')}" for pace in paces]
    return f"{'；'.join(parts)}。" if parts else ""


def _row(paper: Paper, number: str, row: RateRow, before: RateRow | None, lost: int, *, bold: bool = False) -> Row:
    def count(value: int, code: str) -> Cell:
        return count_cell(value, paper.origin(code, row.key))

    def rate(value: Decimal | None, code: str) -> Cell:
        return rate_cell(value, paper.origin(code, row.key), Measure.VALUE)

    now, then = row.exact_reach, before.exact_reach if before is not None else None
    change = None if now is None or then is None else quantize(now - then, 1)
    cells = (
        words_cell(number),
        words_cell(row.name or "未分乡镇"),
        count(row.villages, VILLAGES),
        count(row.covered, REACH),
        count(row.villages - row.covered, REACH),
        count(lost, REACH),
        rate(row.reach, REACH),
        rate_cell(change, paper.origin(REACH, row.key), Measure.MOM, "百分点"),
        rate(row.direct, DIRECT),
        rate(row.major, MAJOR),
        count(row.post_villages, POST),
        rate(row.often, OFTEN),
        count(row.stations, STATION),
        rate(row.station, STATION),
        words_cell("" if row.mean_brands is None else str(row.mean_brands)),
    )
    return Row(cells, bold=bold)
