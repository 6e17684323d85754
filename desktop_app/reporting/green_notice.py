"""绿色包装整改通知: a letter to every company that falls short, which lines and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from desktop_app.reporting.templates import Templates, fill, load_templates
from desktop_app.reporting.wording import Origin, Runs, day_words


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
    full_name: str = ""


@dataclass(frozen=True)
class NoticeData:
    """Everything that the notices say."""

    region_name: str
    month: Month
    made_on: date
    programme: str
    notices: tuple[CompanyNotice, ...]
    bureau: str
    sample: bool = False


def build_notices(data: NoticeData) -> Document:
    """One letter a company, each with its title, on a page of its own."""
    own = load_templates("green_notice")
    blocks: list[Block] = []
    for number, notice in enumerate(data.notices):
        if number:
            blocks += [PageBreak(), Heading(own.text("title"), 0, plain=True)]
        blocks += _letter(data, notice, own)
    return Document(
        title=own.text("title"),
        period_label=data.month.label,
        blocks=tuple(blocks),
        edition=Edition.COMPANY,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=("示例数据",) if data.sample else (),
    )


def _letter(data: NoticeData, notice: CompanyNotice, own: Templates) -> Iterator[Block]:
    words: Mapping[str, Runs | None] = {
        "company": (Text(notice.full_name or notice.company),),
        "month": (Text(data.month.label),),
        "programme": (Text(data.programme),),
        "count": (Text(str(len(notice.lines))),),
    }
    for key, place in (("to", Place.ADDRESSEE), ("opening", Place.BODY)):
        yield Paragraph(fill(own.texts[key], words.get) or (), place)
    yield _table(data, notice)
    yield Note((Text(own.text("meaning")),), label="注")
    # One rate may stand against several targets: its remark is said once.
    for remark in dict.fromkeys(f"{line.name}：{line.remark}。" for line in notice.lines if line.remark):
        yield Note((Text(remark),))
    yield Paragraph((Text(own.text("ask")),))
    yield Paragraph((Text("\u3000"),))
    yield Paragraph((Text(data.bureau or own.text("bureau_blank")),), Place.CLOSING)
    yield Paragraph((Text(day_words(data.made_on)),), Place.CLOSING)
    yield SignatureBlock(("经办人", "联系电话", "企业签收"), "签收日期", open_day=True)


def _table(data: NoticeData, notice: CompanyNotice) -> Table:
    columns = (
        Column("指标", Align.LEFT, Decimal("2.2")),
        Column("目标", Align.RIGHT, Decimal(1)),
        Column("本月（%）", Align.RIGHT, Decimal(1)),
        Column("差距\n（百分点）", Align.RIGHT, Decimal(1)),
        Column("还差数量", Align.RIGHT, Decimal("1.3")),
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
