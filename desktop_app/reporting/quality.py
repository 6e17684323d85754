"""报送质量通报: how completely and how well the companies have reported, what went back, what was doubted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.models.values import quantize
from desktop_app.reporting.cells import Cell, count_cell, rate_cell, words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeepTogether,
    Measure,
    Note,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.monthly.build import badges_of
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.numbered import numbered_table
from desktop_app.reporting.slots import FigureSlots
from desktop_app.reporting.templates import Templates, fill, fill_section, joined, load_templates
from desktop_app.reporting.wording import Origin, Runs, area_words, count_words, listed

_ORDINALS = "一二三四"
_RETURNED = (
    Column("企业", Align.LEFT, Decimal("1.2")),
    Column("所属月份", Align.CENTER),
    Column("退回原因", Align.LEFT, Decimal(4)),
)
_DOUBTS = (
    Column("所属月份", Align.CENTER),
    Column("企业", Align.LEFT, Decimal("1.2")),
    Column("存疑事项", Align.LEFT, Decimal(3)),
    Column("企业说明", Align.LEFT, Decimal(3)),
)


@dataclass(frozen=True)
class Standing:
    """How a company has reported, counted in monthly reports (``doubts``: in matters that it had to explain)."""

    key: str
    name: str
    due: int
    reported: int
    returned: int = 0
    corrected: int = 0
    zero: int = 0
    doubts: int = 0

    @property
    def missing(self) -> int:
        """Reports that are still owed."""
        return self.due - self.reported

    @property
    def rate(self) -> Decimal | None:
        """报送率, %; None when nothing is due."""
        return _rate(self.reported, self.due)


@dataclass(frozen=True)
class QualityData:
    """Everything that the bulletin says.

    ``base``: whose and which period. ``returned``: company, month, reason; ``doubts``: month, company, matter, reason.
    ``due_day``: of the month after.
    """

    base: MonthlyData
    companies: tuple[Standing, ...]
    returned: tuple[tuple[str, str, str], ...]
    doubts: tuple[tuple[str, str, str, str], ...]
    due_day: int


def _rate(reported: int, due: int) -> Decimal | None:
    return quantize(Decimal(reported) * 100 / Decimal(due), 1) if due else None


def build_quality(data: QualityData) -> Document:
    """报送情况 with its table, 审核情况 with what went back and what was doubted, 有关要求, notes, signatures."""
    own, base = load_templates("quality"), data.base
    names = {"region": base.region_name, "month": base.label}
    slots = FigureSlots({}, _words(data))
    blocks: list[Block] = [
        Heading(own.text("heading_reporting")),
        *fill_section(own, "reporting", slots, january=False),
        _table(data, own.text("table_standing", **names)),
        Heading(own.text("heading_quality")),
        *(fill_section(own, "quality", slots, january=False) or [Paragraph((Text(own.text("none_quality")),))]),
    ]
    if data.returned:
        blocks.append(numbered_table(own.text("table_returned", **names), _RETURNED, data.returned, reason=""))
    if data.doubts:
        blocks.append(numbered_table(own.text("table_doubts", **names), _DOUBTS, data.doubts, reason=""))
    blocks += [
        Heading(own.text("heading_ask")),
        _asked(own, slots),
        Note((Text("1. " + own.text("note_standing")),), label="备注"),
        KeepTogether((Note((Text("2. " + own.text("note_day")),)), SignatureBlock())),
    ]
    return Document(
        title=own.text("title", **names),
        period_label=base.label,
        blocks=tuple(blocks),
        edition=base.edition,
        made_on=base.made_on,
        issuer=base.bureau,
        badges=badges_of(base),
    )


def _asked(own: Templates, slots: FigureSlots) -> Paragraph:
    """一是…；二是…: of those who owe something, then of all."""
    asked = ("ask_lacking", "ask_returned", "ask_doubts", "ask_all")
    found = [said for key in asked if (said := fill(own.texts[key], slots)) is not None]
    runs: list[Run] = []
    for number, each in enumerate(found):
        if len(found) > 1:
            runs.append(Text(f"{'；' if number else ''}{_ORDINALS[number]}是"))
        runs += each
    return Paragraph(joined([*runs, Text("。")]), key="ask.1")


def _words(data: QualityData) -> Mapping[str, Runs | str | None]:
    origin = Origin(DUTY, str(data.base.time))
    due, reported = sum(c.due for c in data.companies), sum(c.reported for c in data.companies)
    lacking = [company for company in data.companies if company.missing]
    rate = _rate(reported, due)
    words: dict[str, Runs | str | None] = {
        "month": data.base.label,
        "area": area_words(data.base.region_name),
        "companies": count_words(len(data.companies), "家", origin),
        "due": count_words(due, "家次", origin),
        "reported": count_words(reported, "家次", origin),
        "due_day": str(data.due_day),
        "rate": None if rate is None else (origin.run(format_pct(rate, with_unit=True), Measure.SHARE, rate, "%"),),
        "missing": count_words(due - reported, "家次", origin) if lacking else None,
        "all": None if lacking else (),
        "complete": count_words(len(data.companies) - len(lacking), "家", origin) if lacking else None,
        "lacking": count_words(len(lacking), "家", origin) if lacking else None,
        "lacking_names": listed([company.name for company in lacking]) or None,
        "doubted": count_words(sum(c.doubts > 0 for c in data.companies), "家", origin),
        "doubt_names": listed([company.name for company in data.companies if company.doubts]) or None,
    }
    counts: dict[str, tuple[str, Callable[[Standing], int]]] = {
        "returned": ("份次", lambda c: c.returned),
        "corrected": ("家次", lambda c: c.corrected),
        "zero": ("家次", lambda c: c.zero),
        "doubts": ("项", lambda c: c.doubts),
    }
    for key, (unit, of) in counts.items():
        total = sum(of(company) for company in data.companies)
        words[key] = count_words(total, unit, origin) if total else None
        words.setdefault(f"{key}_names", listed([c.name for c in data.companies if of(c)]) or None)
    return words


def _table(data: QualityData, title: str) -> Table:
    total = Standing(
        "",
        "合计",
        *(
            sum(getattr(company, name) for company in data.companies)
            for name in ("due", "reported", "returned", "corrected", "zero", "doubts")
        ),
    )
    return Table(
        title=title,
        columns=(
            Column("序号", Align.CENTER, Decimal("0.5")),
            Column("企业", Align.LEFT, Decimal(2)),
            *(Column(head) for head in ("应报", "已报", "未报", "报送率（%）", "退回", "更正", "零报", "存疑")),
        ),
        rows=(
            *(Row(tuple(_cells(data, str(n), c))) for n, c in enumerate(data.companies, start=1)),
            Row(tuple(_cells(data, "", total)), bold=True),
        ),
        unit="次、项",
    )


def _cells(data: QualityData, number: str, company: Standing) -> Iterator[Cell]:
    origin = Origin(DUTY, str(data.base.time), company.key)
    yield words_cell(number)
    yield words_cell(company.name)
    for count in (company.due, company.reported, company.missing):
        yield count_cell(count, origin, "次")
    yield rate_cell(company.rate, origin, Measure.SHARE)
    for count in (company.returned, company.corrected, company.zero):
        yield count_cell(count, origin, "次")
    yield count_cell(company.doubts, origin, "项")
