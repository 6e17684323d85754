"""What can be wrong with one typed line of a green programme (方案编辑)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from desktop_app.models.values import Comparator, Month

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Catalogue
    from desktop_app.services.results.programmes import LineDraft

_MOST_DIGITS = 15


def line_fault(known: Catalogue, line: LineDraft) -> str:
    """What is wrong with one line; empty when nothing is."""
    return next(_faults(known, line), "")


def number(text: str) -> Decimal | None:
    """A typed target with or without thousands separators; None for anything that is no sensible one."""
    try:
        value = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    sensible = value.is_finite() and value >= 0 and value.adjusted() <= _MOST_DIGITS
    return value if sensible else None


def _faults(known: Catalogue, line: LineDraft) -> Iterator[str]:
    if not line.name.strip():
        yield "没有写指标或事项"
    try:
        Month.parse(line.due)
    except ValueError:
        yield f"完成时间“{line.due}”要写成 2021-12 这样的年月"
    if line.unit and line.unit not in known.units:
        yield f"没有单位“{line.unit}”，请从列表里选"
    if line.comparator != Comparator.DONE.value:
        yield from _target_faults(known, line)
    yield from _count_faults(line)
    if line.done and not line.evidence.strip():
        yield "写明了做没做到，还要写依据，例如：3月12日抽查8个网点，均未使用"


def _target_faults(known: Catalogue, line: LineDraft) -> Iterator[str]:
    value = number(line.value)
    if value is None:
        yield f"目标值“{line.value}”要是一个数，例如 90" if line.value.strip() else "没有写目标值"
        return
    if not line.unit:
        yield "没有写单位，例如 % 或 个"
        return
    if line.indicator:
        unit, base = known.units[line.unit], known.indicators[line.indicator].base_unit
        if unit.base != base:
            yield f"单位“{line.unit}”和指标的单位“{base}”不能换算"
        elif base == "%" and value * unit.factor > 100:
            yield f"{line.value}{line.unit} 超过 100%"


def _count_faults(line: LineDraft) -> Iterator[str]:
    counts = (("检查数", line.checked.strip()), ("不合格数", line.failed.strip()))
    for word, text in counts:
        if text and not text.isdecimal():
            yield f"{word}“{text}”要是整数"
    checked, failed = (text for _, text in counts)
    if failed and (not checked or int(failed) > int(checked)):
        yield f"不合格数 {failed} 大于检查数 {checked or '（没有写）'}"
