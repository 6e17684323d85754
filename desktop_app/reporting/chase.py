"""催报单 and 催报函: who has not reported, and a letter to each of them on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.models.values import Period
from desktop_app.reporting.cells import words_cell
from desktop_app.reporting.content import (
    Align,
    Block,
    Column,
    Document,
    Edition,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    Paragraph,
    Place,
    Row,
    SignatureBlock,
    StateRun,
    Table,
    Text,
)
from desktop_app.reporting.monthly.build import SAMPLE
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.reporting.templates import Templates, fill, load_templates
from desktop_app.reporting.wording import Origin, Runs, count_words, day_words


@dataclass(frozen=True)
class Late:
    """A company that has to be asked. ``returned``: its file was sent back; ``reason``: why."""

    key: str
    name: str
    full_name: str
    returned: bool
    reason: str = ""
    contact: str = ""


@dataclass(frozen=True)
class ChaseData:
    """``expected``: companies with a duty; ``due``: the last day to report."""

    region_name: str
    period: Period
    made_on: date
    due: date
    expected: int
    late: tuple[Late, ...]
    bureau: str = ""
    sample: bool = False

    @property
    def overdue(self) -> int:
        """Days since the due day, 0 before it is over."""
        return max((self.made_on - self.due).days, 0)


def build_chase(data: ChaseData) -> Document:
    """The list for the bureau's file, then the letters."""
    own = load_templates("chase")
    blocks: list[Block] = [*_register(data, own)]
    for late in data.late:
        blocks += _letter(late, data, own)
    return Document(
        title=own.text("title", region=data.region_name, month=data.period.label),
        period_label=data.period.label,
        blocks=tuple(blocks),
        edition=Edition.COMPANY,
        destination=own.text("destination"),
        made_on=data.made_on,
        issuer=data.bureau,
        badges=(SAMPLE,) if data.sample else (),
    )


def _count(number: int, data: ChaseData, unit: str = "家", subject: str = "") -> Runs:
    return count_words(number, unit, Origin(DUTY, str(data.period), subject))


def _register(data: ChaseData, own: Templates) -> Iterator[Block]:
    returned = sum(late.returned for late in data.late)
    words: Mapping[str, Runs | None] = {
        "month": (Text(data.period.label),),
        "due": (Text(day_words(data.due)),),
        "expected": _count(data.expected, data),
        "reported": _count(data.expected - len(data.late), data),
        "missing": _count(len(data.late) - returned, data) if len(data.late) > returned else None,
        "returned": _count(returned, data) if returned else None,
    }
    yield Paragraph(fill(own.texts["register"], words.get) or ())
    yield Table(
        title=own.text("table", region=data.region_name, month=data.period.label),
        columns=(
            Column("序号", Align.CENTER, Decimal("0.5")),
            Column("企业", Align.LEFT, Decimal("1.4")),
            Column("状态", Align.CENTER, Decimal("0.6")),
            Column("逾期（天）", Align.RIGHT, Decimal("0.8")),
            Column("联系人、电话", Align.LEFT, Decimal("1.5")),
            Column("催报方式、时间", Align.LEFT, Decimal(6)),
            Column("企业答复", Align.LEFT, Decimal(8)),
        ),
        rows=tuple(_row(number, late, data) for number, late in enumerate(data.late, start=1)),
        form=True,
    )
    yield KeepTogether((Note((Text(own.text("keep")),), label="注"), SignatureBlock(("经办人", "负责人"), "制单日期")))


def _row(number: int, late: Late, data: ChaseData) -> Row:
    overdue: Runs = (StateRun(),)
    if data.overdue:
        overdue = count_words(data.overdue, "", Origin(DUTY, str(data.period), late.key))
    return Row(
        (
            words_cell(str(number)),
            words_cell(late.name),
            words_cell("退回" if late.returned else "未报"),
            overdue,
            words_cell(late.contact),
            (Text("\u3000"),),
            (Text("\u3000"),),
        )
    )


def _letter(late: Late, data: ChaseData, own: Templates) -> Iterator[Block]:
    words: Mapping[str, Runs | None] = {
        "company": (Text(late.full_name or late.name),),
        "due": (Text(day_words(data.due)),),
        "month": (Text(data.period.label),),
        "today": (Text(day_words(data.made_on)),),
        "overdue": _count(data.overdue, data, "天", late.key) if data.overdue else None,
        "reason": (Text(late.reason.rstrip("。")),) if late.reason else None,
    }

    def said(key: str, place: Place = Place.BODY) -> Iterator[Block]:
        runs = fill(own.texts[key], words.get)
        if runs is not None:
            yield Paragraph(runs, place)

    yield PageBreak()
    yield Heading(own.text("letter_title"), 0, plain=True)
    yield from said("letter_to", Place.ADDRESSEE)
    yield from said("letter_returned" if late.returned else "letter_missing")
    yield from said("letter_reason")
    yield from said("letter_ask")
    yield from said("letter_law")
    yield Paragraph((Text("\u3000"),))
    yield Paragraph((Text(data.bureau or own.text("bureau_blank")),), Place.CLOSING)
    yield Paragraph((Text(day_words(data.made_on)),), Place.CLOSING)
    yield SignatureBlock(("经办人", "联系电话", "企业签收"), "签收日期", open_day=True)
