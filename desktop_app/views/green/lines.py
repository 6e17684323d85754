"""Columns of a programme's lines."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop_app.models.values import CellState
from desktop_app.services.results.green import GreenLine, GreenReport
from desktop_app.services.results.overview import Tone
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, Spark

DASH = "—"
RATE_ONLY = "◇"
_LONG_NUMBER = re.compile(r"(?<![\d.])\d{5,}")


def grouped(text: str) -> str:
    """Thousands separators in numbers of five digits and more: 143204 → 143,204."""
    return _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text)


def standing_words(report: GreenReport) -> str:
    """“13 项，已达 2，未达 9”."""
    met = sum(1 for line in report.lines if line.met)
    unmet = sum(1 for line in report.lines if line.met is False)
    missing = sum(1 for line in report.lines if line.state_text == CellState.MISSING.label)
    words = f"{len(report.lines)} 项，已达 {met}，未达 {unmet}" + (f"，未报 {missing}" if missing else "")
    area = [line.area_met for line in report.lines if line.area_met is not None]
    name = next((line.area.split()[0] for line in report.lines if line.area), "")
    return words + (f"；{name}已达 {area.count(True)}，未达 {area.count(False)}" if area else "")


def gap_text(line: GreenLine) -> str:
    """Value minus target; — where the line does not bind this county (a total for a wider area, a campaign)."""
    return DASH if line.gap is None else grouped(line.gap_text)


def gap_tone(line: GreenLine) -> Tone | None:
    """Green when met, amber when not."""
    if line.met is None:
        return Tone.NEUTRAL
    return Tone.GOOD if line.met else Tone.WARN


def spark(line: GreenLine) -> Spark | None:
    """Twelve months, with the target where it is in the values' own unit and near enough to be seen."""
    known = [value for value in line.spark if value is not None]
    if not known:
        return None
    target = line.target if line.unit == "%" else _count_target(line, max(known))
    return Spark(line.spark, target)


def _count_target(line: GreenLine, highest: Decimal) -> Decimal | None:
    same_unit = line.target is not None and line.target_text == f"{line.comparator}{line.target}{line.unit}"
    return line.target if same_unit and line.target is not None and line.target <= 3 * highest else None


def basis_text(line: GreenLine) -> str:
    """What the value rests on: both halves, the sample's interval, a ban's evidence, rates alone, the wider area."""
    words = line.fraction_text or line.note
    if line.sample_range:
        words = f"{line.fraction_text}，{line.sample_range}"
    alone = f" {RATE_ONLY}{len(line.rate_only)}家" if line.rate_only else ""
    return "　".join(filter(None, (f"{words}{alone}".strip(), line.handed_down, line.area))) or DASH


def _value_tone(line: GreenLine) -> Tone | None:
    return None if line.state is CellState.VALUE else Tone.NEUTRAL


def _name_tip(line: GreenLine) -> str:
    return "\n".join(filter(None, (line.name, f"{line.clause}　{line.as_of} 前".strip(), line.remark)))


COLUMNS: tuple[Column[GreenLine], ...] = (
    Column("指标", lambda r: r.name, bold=True, stretch=True, tip=_name_tip),
    Column("目标", lambda r: r.target_text, Align.RIGHT, tip=lambda r: f"{r.as_of} 前达到"),
    Column(
        "现值",
        lambda r: grouped(r.value_text),
        Align.RIGHT,
        tip=lambda r: r.note,
        bold=lambda r: r.state is CellState.VALUE,
        tone=_value_tone,
    ),
    Column("差距", gap_text, Align.RIGHT, tone=gap_tone, head_tip="现值减目标；比率为百分点"),
    Column(
        "几个月到",
        lambda r: r.arrival,
        Align.RIGHT,
        muted=True,
        tip=lambda r: r.arrival_words or "没有数，或目标不是对本县的",
        head_tip="照近 6 个月（累计数照今年以来）的速度，几个月到目标；“晚”是过了期限才到",
    ),
    Column("近12个月", lambda _: "", kind=CellKind.SPARK, cell=spark, width=8.5),
    Column(
        "分子 / 分母、依据",
        basis_text,
        muted=True,
        width=27,
        tip=lambda r: r.remark,
        head_tip="抽查的附 95% 置信区间；◇ 几家只报比率，不在内",
    ),
    Column("状态", lambda r: r.state_text, kind=CellKind.TAG, tone=lambda r: r.state_tone),
    Column("条款", lambda r: r.clause or DASH, muted=True, width=9),
)
