"""绿色网点、绿色分拨中心评分表: one page, blank for the visit or filled with its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Edition,
    Note,
    Paragraph,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.numbered import numbered_table


@dataclass(frozen=True)
class ScorePage:
    """What the page says. ``items``: name, what is asked, full points, points; ``vetoes``: text and 有, 无 or ""."""

    title: str
    place: str
    made_on: date
    items: tuple[tuple[str, str, str, str], ...]
    vetoes: tuple[tuple[str, str], ...]
    result: str
    note: str
    bureau: str


def build_score_sheet(page: ScorePage) -> Document:
    """The page as content."""
    blocks: list[Block] = [
        Paragraph((Text("被评单位："), Text(page.place or "＿＿＿＿＿＿＿＿＿＿＿＿", bold=True))),
        _items(page),
        _vetoes(page),
        Paragraph((Text("评分结果："), Text(page.result or "＿＿＿＿＿＿＿＿＿＿＿＿", bold=True))),
        Note((Text(page.note),)),
        SignatureBlock(("评分人", "被评单位", "审核人"), "评分日期", open_day=not page.result),
    ]
    return Document(
        title=page.title,
        period_label=f"评分日期 {page.made_on.isoformat()}",
        blocks=tuple(blocks),
        edition=Edition.COMPANY,
        made_on=page.made_on,
        issuer=page.bureau,
    )


def _items(page: ScorePage) -> Table:
    columns = (
        Column("评分项", Align.LEFT, Decimal("1.6")),
        Column("要求", Align.LEFT, Decimal("3.4")),
        Column("满分", Align.RIGHT, Decimal("0.7")),
        Column("得分", Align.RIGHT, Decimal("0.9")),
    )
    return numbered_table("评分项", columns, page.items, reason="没有评分项", form=not page.result)


def _vetoes(page: ScorePage) -> Table:
    columns = (Column("一票否决项", Align.LEFT, Decimal(5)), Column("有 / 无", Align.CENTER, Decimal(1)))
    lines = ((text, said or "　") for text, said in page.vetoes)
    return numbered_table("一票否决", columns, lines, reason="没有一票否决项", form=not page.result)
