"""绿色包装整改通知: a page for every company that falls short, which lines and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.models.values import Month
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Edition,
    Heading,
    Measure,
    Note,
    PageBreak,
    Paragraph,
    Place,
    Row,
    SignatureBlock,
    Table,
    Text,
)
from desktop_app.reporting.wording import Origin

_TITLE = "绿色包装整改通知"


@dataclass(frozen=True)
class Shortfall:
    """One rate of a company below its target, in percent and points. ``parcels``: how many more would reach it."""

    code: str
    name: str
    target_text: str
    value: Decimal
    value_text: str
    gap: Decimal
    gap_text: str
    lacking: str
    clause: str
    remark: str = ""
    """Size and confidence of a sample; that only the rate was given."""


@dataclass(frozen=True)
class CompanyNotice:
    """What is said to one company."""

    company: str
    lines: tuple[Shortfall, ...]


@dataclass(frozen=True)
class NoticeData:
    """Everything that the notices say."""

    region_name: str
    month: Month
    made_on: date
    programme: str
    notices: tuple[CompanyNotice, ...]
    bureau: str
    edition: Edition
    sample: bool = False


def build_notices(data: NoticeData) -> Document:
    """One page a company."""
    blocks: list[Block] = []
    for number, notice in enumerate(data.notices):
        if number:
            blocks += [PageBreak(), Heading(_TITLE, 0, plain=True)]
        blocks += _page(data, notice)
    return Document(
        title=_TITLE,
        period_label=data.month.label,
        blocks=tuple(blocks),
        edition=data.edition,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=("示例数据",) if data.sample else (),
    )


def _page(data: NoticeData, notice: CompanyNotice) -> list[Block]:
    opening = (
        f"你单位{data.month.label}报送的绿色包装指标，对照{data.programme}，有{len(notice.lines)}项没有达到目标，"
        "现通知你单位限期整改，并书面回复整改措施和完成时间。"
    )
    remarks = dict.fromkeys(f"{line.name}：{line.remark}。" for line in notice.lines if line.remark)
    return [
        Paragraph((Text(f"{notice.company}："),), Place.ADDRESSEE),
        Paragraph((Text(opening),)),
        _table(data, notice),
        Note((Text("差距为百分点；“还差”是按本月分母折算、再有多少件（个）合格就达到目标。"),)),
        *(Note((Text(words),)) for words in remarks),
        Paragraph((Text(data.bureau or "（单位名称、公章）"),), Place.CLOSING),
        SignatureBlock(("经办人", "联系电话", "企业签收"), "通知日期"),
    ]


def _table(data: NoticeData, notice: CompanyNotice) -> Table:
    columns = (
        Column("指标", Align.LEFT, Decimal("2.2")),
        Column("目标", Align.RIGHT, Decimal(1)),
        Column("本月（%）", Align.RIGHT, Decimal(1)),
        Column("差距", Align.RIGHT, Decimal(1)),
        Column("还差", Align.RIGHT, Decimal("1.3")),
        Column("条款", Align.LEFT, Decimal("1.2")),
    )
    rows = []
    for line in notice.lines:
        origin = Origin(line.code, str(data.month), notice.company)
        rows.append(
            Row(
                (
                    (Text(line.name),),
                    (Text(line.target_text),),
                    (origin.run(line.value_text, Measure.VALUE, line.value, "%"),),
                    (origin.run(line.gap_text, Measure.GAP, line.gap, "%"),),
                    (Text(line.lacking),),
                    (Text(line.clause or "—"),),
                )
            )
        )
    return Table(
        f"{notice.company}{data.month.label}未达目标的指标",
        columns,
        tuple(rows),
        reason="没有未达的指标",
        numbered=False,
    )
