"""Columns of the target register and of the drafts read from a pasted text."""

from __future__ import annotations

from desktop_app.models.values import Month
from desktop_app.services.results.targets import Standing, TargetDraft, TargetProgress, Unread
from desktop_app.views.qtmodels.columns import Align, Bullet, CellKind, Column, number_key

DASH = "—"


def place(row: TargetProgress) -> str:
    """“吉林市快递业发展“十四五”规划 三（一）2”."""
    return f"{row.document} {row.clause}".strip()


def bullet(row: TargetProgress) -> Bullet | None:
    """The share reached with the pace; None where a share says nothing (the lower the better, growth)."""
    if row.completion_pct is None:
        return None
    pace = row.seasonal_pct if row.seasonal_pct is not None else row.straight_pct
    if pace is None and row.expected is not None and row.target:
        pace = row.expected / row.target * 100
    return Bullet(row.completion_pct, pace, behind=row.standing is Standing.BEHIND)


def due_text(row: TargetProgress) -> str:
    """“2025年”, “2022年6月”."""
    due = Month.parse(row.due)
    return f"{due.year}年" if due.month == 12 else due.label


REGISTER: tuple[Column[TargetProgress], ...] = (
    Column("目标", lambda r: r.name, bold=True, stretch=True, tip=lambda r: f"{r.name}\n{r.text}\n{place(r)}"),
    Column("定为", lambda r: r.target_text, Align.RIGHT),
    Column("期限", due_text, sort=lambda r: r.due),
    Column("现在", lambda r: r.value_text, Align.RIGHT, tip=lambda r: "\n".join(filter(None, (r.basis, r.gaps)))),
    Column(
        "完成（竖线为应有进度）",
        lambda r: DASH if r.completion_pct is None else f"{r.completion_pct}%",
        kind=CellKind.BULLET,
        cell=bullet,
        width=24,
        sort=lambda r: number_key(r.completion_pct),
    ),
    Column(
        "状态",
        lambda r: r.standing.label,
        kind=CellKind.TAG,
        tone=lambda r: r.standing.tone,
        sort=lambda r: list(Standing).index(r.standing),
    ),
    Column("文件和条款", place, muted=True, width=26, tip=place, sort=place),
)

DRAFTS: tuple[Column[TargetDraft], ...] = (
    Column("指标", lambda r: r.name, bold=True),
    Column("算什么", lambda r: r.measure.label),
    Column("定为", lambda r: f"{r.comparator.value}{r.value.normalize():f}{r.unit}", Align.RIGHT),
    Column("期限", lambda r: r.due.label),
    Column("从何时算起", lambda r: r.base_month.label if r.base_month is not None else DASH),
    Column("疑问", lambda r: "；".join(r.doubts), stretch=True, tip=lambda r: "\n".join(r.doubts)),
)

UNREAD: tuple[Column[Unread], ...] = (
    Column("没有登记的话", lambda r: r.text, bold=lambda r: r.counted, stretch=True, tip=lambda r: r.text),
    Column("原因", lambda r: r.reason),
)
