"""Stored versions as lines: which counts, who brought it, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.model import Indicator
from desktop_app.models.values import SCALE, BatchState
from desktop_app.services.results.tracing import StoredPlace, VersionLine
from desktop_app.storage.versions import Brought, FigureVersion, RecordVersion

_OUT = {BatchState.UNDONE: "已撤销", BatchState.RETURNED: "已退回"}


def counting(history: Sequence[FigureVersion] | Sequence[RecordVersion]) -> int | None:
    """The version that counts: the highest of a committed batch."""
    return max((v.version for v in history if v.brought.batch_state is BatchState.COMMITTED), default=None)


def figure_place(history: Sequence[FigureVersion], indicator: Indicator, scale: str) -> StoredPlace | None:
    """Where the counting version of a figure stands; of one that never counted, where its last stands."""
    if not history:
        return None
    now = counting(history)
    lines = tuple(
        _line(
            v.version,
            _amount_text(v, indicator, scale),
            v.status.value,
            now,
            v.brought,
            (v.sheet, v.row, v.column),
            v.reason or v.brought.batch_reason,
        )
        for v in history
    )
    return _place(lines, now)


def record_place(history: Sequence[RecordVersion]) -> StoredPlace | None:
    """The same for a village's record."""
    if not history:
        return None
    now = counting(history)
    lines = tuple(
        _line(
            v.version,
            "，".join(filter(None, (v.state.value, v.modes.replace("+", "、")))),
            "",
            now,
            v.brought,
            (v.sheet, v.row, ""),
            v.brought.batch_reason,
        )
        for v in history
    )
    return _place(lines, now)


def _amount_text(version: FigureVersion, indicator: Indicator, scale: str) -> str:
    if version.value is None:
        return version.state.label
    return format_amount(indicator, Fraction(version.value, SCALE), scale, with_unit=True)


def _line(
    number: int,
    text: str,
    status: str,
    now: int | None,
    brought: Brought,
    where: tuple[str, int, str],
    reason: str,
) -> VersionLine:
    sheet, row, column = where
    counts = number == now
    out = _OUT.get(brought.batch_state, "被更正")
    undone = f"撤销：{brought.undone_reason}" if brought.undone_reason else ""
    return VersionLine(
        version=number,
        text=text,
        status=status,
        counts=counts,
        standing="计入" if counts else out,
        batch=brought.batch_id,
        file=brought.file_name,
        sheet=sheet,
        row=row,
        column=column,
        who=brought.created_by,
        when=f"{brought.created_at.astimezone():%Y-%m-%d %H:%M}",
        why="；".join(filter(None, (reason, undone))),
    )


def _place(lines: tuple[VersionLine, ...], now: int | None) -> StoredPlace:
    shown = next((line for line in lines if line.version == now), lines[-1])
    return StoredPlace(shown.batch, shown.file, shown.sheet, shown.row, shown.column, shown.version, lines)
