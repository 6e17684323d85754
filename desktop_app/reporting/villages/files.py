"""村档案 on paper: brands, what changed, who went to look, stations; one village after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop_app.indicators.results.village import BrandLine, StationLine, VillagePage, VillageVisit
from desktop_app.reporting.cells import Cell, count_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from desktop_app.reporting.villages.paper import REACH, Paper, frequency_words

# Ten columns: one more, and the paper would lie across with half of a village on its next page.
_BRANDS = (
    Column("品牌", Align.LEFT, Decimal("1.2")),
    Column("现状", Align.CENTER, Decimal("0.7")),
    Column("起始", Align.CENTER, Decimal("0.9")),
    Column("数据月份", Align.CENTER, Decimal("0.9")),
    Column("方式", Align.LEFT, Decimal("1.2")),
    Column("每周投递\n（次）", Align.CENTER, Decimal("0.9")),
    Column("收／投\n（件）", Align.CENTER, Decimal("1.1")),
    Column("站点", Align.LEFT, Decimal("1.8")),
    Column("加收", Align.CENTER, Decimal("0.6")),
    Column("核查日期", Align.CENTER, Decimal("1.1")),
)
_STATIONS = (
    Column("类型", Align.CENTER, Decimal("0.8")),
    Column("名称", Align.LEFT, Decimal(2)),
    Column("地址", Align.LEFT, Decimal(2)),
    Column("负责人", Align.CENTER, Decimal("0.9")),
    Column("电话", Align.CENTER, Decimal("1.2")),
    Column("标准化", Align.CENTER, Decimal("0.7")),
)
_VISITS = (
    Column("日期", Align.CENTER, Decimal("1.1")),
    Column("证据", Align.CENTER, Decimal("0.9")),
    Column("核查人", Align.CENTER, Decimal("0.9")),
    Column("品牌", Align.LEFT, Decimal(2)),
    Column("说明", Align.LEFT, Decimal(3)),
    Column("附件", Align.LEFT, Decimal("1.6")),
)
MOST_EVENTS, MOST_VISITS = 12, 6
"""Lines of the past that a paper holds; the window shows all."""


def file_blocks(paper: Paper, pages: Sequence[VillagePage]) -> Iterator[Block]:
    """Every village on a page of its own: a table of its brands with what is known besides."""
    for number, page in enumerate(pages):
        if number:
            yield PageBreak()
        yield Paragraph(
            (
                Text(f"{page.town}{page.name}", bold=True),
                Text(f"（{page.code}）：通达品牌"),
                *count_cell(page.served, paper.origin(REACH, page.code), "家"),
                Text(f"家；{_standing(page)}"),
            )
        )
        yield Table(
            title=f"{page.name}各品牌通达情况（{paper.month.label}）",
            columns=_BRANDS,
            rows=tuple(_brand_row(line) for line in page.brands),
            reason="没有任何品牌的记录",
        )
        if page.stations:
            yield Table(f"{page.name}登记的网点、站点", _STATIONS, tuple(_station_row(line) for line in page.stations))
        yield from _past(page)


def _standing(page: VillagePage) -> str:
    parts = ["，".join(f"{name}：{'是' if holds else '否'}" for name, holds in page.definitions)]
    if page.households is not None:
        parts.append(f"{page.households} 户")
    if page.population is not None:
        parts.append(f"{page.population} 人")
    if page.names:
        parts.append(f"曾用名{'、'.join(page.names)}")
    parts.append(f"距上次核实{page.evidence}" if page.evidence != "—" else "没有核查记录")
    return "；".join(parts) + "。"


def _past(page: VillagePage) -> Iterator[Block]:
    if page.events:
        lines = _changes(page)
        more = f"；更早还有 {len(lines) - MOST_EVENTS} 条" if len(lines) > MOST_EVENTS else ""
        yield Note((Text(f"{'；'.join(lines[:MOST_EVENTS])}{more}。"),), label="变化")
    if page.visits:
        yield Table(f"{page.name}的核查", _VISITS, tuple(_visit_row(page, each) for each in page.visits[:MOST_VISITS]))
        if len(page.visits) > MOST_VISITS:
            yield Note((Text(f"更早还有 {len(page.visits) - MOST_VISITS} 次核查，见程序里的村档案。"),))


def _changes(page: VillagePage) -> list[str]:
    """One line per month and change, with all brands of which it is true."""
    brands: dict[tuple[str, str], list[str]] = {}
    for event in page.events:
        brands.setdefault((event.month, event.words), []).append(event.brand)
    return [f"{month} {'、'.join(names)}{words}" for (month, words), names in brands.items()]


def _visit_row(page: VillagePage, visit: VillageVisit) -> Row:
    """The file with the beginning of its hash, by which the kept photo can be told."""
    attached = f"{visit.file}（{visit.attached[:8]}）" if visit.attached else ""
    day = f"{visit.day:%Y-%m-%d}"
    texts = (day, visit.kind, visit.checker, _whose(page, visit), visit.note, attached)
    return Row(tuple(words_cell(text) for text in texts))


def _whose(page: VillagePage, visit: VillageVisit) -> str:
    whole = len(visit.brands) > 1 and set(visit.brands) == {line.brand for line in page.brands}
    return "全部品牌" if whole else "、".join(visit.brands)


def _brand_row(line: BrandLine) -> Row:
    return Row(
        (
            words_cell(line.brand),
            (Text(line.state, bold=line.state != "正常"),),
            words_cell(line.since),
            words_cell(line.as_of),
            words_cell("、".join(line.modes)),
            words_cell(frequency_words(line.frequency, served=line.state == "正常")),
            _parcels(line),
            words_cell(line.station),
            words_cell({True: "有", False: "无", None: ""}[line.charged]),
            words_cell(_evidence(line)),
        )
    )


def _evidence(line: BrandLine) -> str:
    if line.evidence is None:
        return ""
    return f"{line.evidence:%Y-%m-%d}{' 待核实' if line.stale else ''}"


def _parcels(line: BrandLine) -> Cell:
    """In and out, as the sheet said; no indicator stands behind it, so there is no figure to trace."""
    counts = (line.parcels_in, line.parcels_out)
    return words_cell("未报" if counts == (None, None) else "／".join("—" if n is None else str(n) for n in counts))


def _station_row(line: StationLine) -> Row:
    texts = (line.kind, line.name, line.address, line.contact, line.phone, line.standardised)
    return Row(tuple(words_cell(text) for text in texts))
