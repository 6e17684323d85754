"""退回单: the printed page that goes to a company with the file that was not accepted."""

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

MOST_LINES = 8
"""Problems that one page holds; the rest stand in the workbook."""
_LONGEST = 72
"""Characters of one cell, so that all lines stay on one page."""
_LONGEST_REASON = 160


@dataclass(frozen=True)
class Problem:
    """One line: where, what, how to mend it."""

    place: str
    kind: str
    message: str
    how: str


@dataclass(frozen=True)
class ReturnNote:
    """What the page says."""

    company: str
    month_label: str
    file_name: str
    problems: tuple[Problem, ...]
    bureau: str
    made_on: date
    badges: tuple[str, ...] = ()
    reason: str = ""
    """What the clerk has said about it."""


def build_return_note(note: ReturnNote) -> Document:
    """The page as content; at most :data:`MOST_LINES` problems, the rest is counted."""
    wrong = sum(problem.kind == "错误" for problem in note.problems)
    doubts = len(note.problems) - wrong
    counted = "、".join(words for count, words in ((wrong, f"{wrong}处错误"), (doubts, f"{doubts}处疑问")) if count)
    whose = f"{note.company or '报送企业'}：你单位报来的{note.month_label}报表（文件“{note.file_name}”）"
    opening = f"{whose}经审核有{counted}，现予退回。" if counted else f"{whose}现予退回。"
    blocks: list[Block] = [Paragraph((Text(opening),))]
    if note.reason:
        blocks.append(Paragraph((Text(f"退回原因：{_short(note.reason, _LONGEST_REASON)}"),)))
    if note.problems:
        blocks.append(_table(note))
    left = len(note.problems) - MOST_LINES
    if left > 0:
        blocks.append(Note((Text(f"另有 {left} 处，见随附的退回表。"),)))
    mend = "请按上表改正后重新报送；" if note.problems else "请按上述原因核对、改正后重新报送；"
    asks = f"{mend}疑问经核对属实的，请在回复中写明原因。退回期间，本月按“退回”处理，不计入汇总。"
    blocks.append(Paragraph((Text(asks),)))
    blocks.append(Paragraph((Text(note.bureau, bold=True),)))
    blocks.append(SignatureBlock(("经办人", "联系电话", "企业签收"), "退回日期"))
    return Document(
        title="企业报表退回单",
        period_label=note.month_label,
        blocks=tuple(blocks),
        edition=Edition.COMPANY,
        made_on=note.made_on,
        issuer=note.bureau,
        badges=note.badges,
    )


def _table(note: ReturnNote) -> Table:
    columns = (
        Column("位置", Align.LEFT, Decimal("1.4")),
        Column("性质", Align.CENTER, Decimal("0.6")),
        Column("问题", Align.LEFT, Decimal("3.2")),
        Column("怎样改", Align.LEFT, Decimal("2.8")),
    )
    lines = (
        [_short(text) for text in (p.place, p.kind, p.message, p.how or "请核对")] for p in note.problems[:MOST_LINES]
    )
    return numbered_table(f"{note.company}{note.month_label}报表的问题", columns, lines, reason="没有问题")


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
