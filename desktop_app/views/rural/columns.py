"""Columns of the village list and of the gap list, on the screen and on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desktop_app.services.results.overview import Tone
from desktop_app.services.results.rural import Gap
from desktop_app.services.results.rural_rates import Relapse
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, number_key
from desktop_app.views.rural.villages import STALE, VillageLine

R = TypeVar("R")

HAN = 1.8
"""Width of a Chinese character in digits."""
LONGEST_NAME, LONGEST_WHEN_NARROW = 7, 5


def han(texts: Sequence[str], least: int = 2, most: int = LONGEST_NAME) -> float:
    """Width in digits that the longest of these names needs; longer ones than ``most`` characters are cut."""
    return HAN * min(max([least, *(len(text) for text in texts)]), most) + 0.3


def frequency_text(line: VillageLine) -> str:
    """Weekly visits; — where nobody comes, 未报 where somebody comes and nobody said how often."""
    if line.row.frequency is not None:
        return str(line.row.frequency)
    return "未报" if line.row.brands else "—"


def _record_month(line: VillageLine) -> str:
    """Month of the newest record, short: 21-01."""
    return line.row.as_of[2:] or "—"


def _evidence_tip(line: VillageLine) -> str:
    """How old the record itself is, and what carries it."""
    if not line.row.as_of:
        return "还没有记录"
    return "；".join((line.row.carried or f"本月（{line.row.as_of}）有记录", line.row.proof or "没有证据"))


def _state_key(line: VillageLine) -> tuple[str, str]:
    return line.state, line.row.code


def _frequency_tone(line: VillageLine) -> Tone | None:
    return Tone.NEUTRAL if line.row.frequency is None else None


def _age_tone(evidence: str) -> Tone | None:
    return Tone.WARN if evidence.startswith(STALE) else None


def _age_key(evidence: str) -> tuple[int, int]:
    digits = "".join(filter(str.isdigit, evidence))
    return (0, int(digits)) if digits else (1, 0)


ROOM_FOR_CODE, ROOM_FOR_CARRIED, ROOM_FOR_STATION = 720, 820, 960
"""Widths of the list from which the code, where a record is carried from, and the station are shown."""


def village_columns(towns: Sequence[str], names: Sequence[str], room: int) -> tuple[Column[VillageLine], ...]:
    """The village list for ``room`` pixels. Fixed widths: nothing is measured while somebody types a filter."""
    most = LONGEST_NAME if room >= ROOM_FOR_CODE else LONGEST_WHEN_NARROW
    columns: list[Column[VillageLine]] = [
        Column("乡镇", lambda r: r.row.town, width=han(towns, most=most), sort=lambda r: r.row.code),
        Column("村", lambda r: r.row.name, width=han(names, most=most), tip=lambda r: f"{r.row.name}\n{r.row.code}"),
        Column("现状", lambda r: r.state, kind=CellKind.TAG, tone=lambda r: r.tone, width=5.5, sort=_state_key),
        Column(
            "品牌",
            lambda r: str(len(r.row.brands)),
            Align.RIGHT,
            width=4,
            tip=lambda r: "、".join(r.row.brands) or "没有品牌通达",
            sort=lambda r: len(r.row.brands),
            head_tip="通达的品牌数，停在数上看名称",
        ),
        Column(
            "方式",
            lambda r: "、".join(r.row.modes),
            width=5.5 if room < ROOM_FOR_CODE else 9,
            stretch=True,
            muted=True,
            tip=lambda r: "、".join(r.row.modes),
        ),
        Column(
            "周投",
            frequency_text,
            Align.RIGHT,
            width=4.5,
            tone=_frequency_tone,
            sort=lambda r: number_key(r.row.frequency),
            head_tip="每周投递次数",
        ),
        Column(
            "证据",
            lambda r: r.row.evidence,
            width=11.5,
            tone=lambda r: _age_tone(r.row.evidence),
            tip=_evidence_tip,
            sort=lambda r: _age_key(r.row.evidence),
            head_tip="最近一次核查距月末的天数",
        ),
    ]
    carried = Column[VillageLine](
        "记录",
        _record_month if room < ROOM_FOR_CARRIED else lambda r: r.row.carried or r.row.as_of or "—",
        width=5.2 if room < ROOM_FOR_CARRIED else 14,
        tone=lambda r: Tone.WARN if r.row.carried else None,
        tip=lambda r: r.row.carried,
        sort=lambda r: r.row.as_of,
        head_tip="最近一次记录的月份；不是本月的，是沿用",
    )
    columns.insert(6, carried)
    if room >= ROOM_FOR_STATION:
        columns.insert(7, Column("站点", lambda r: r.row.station or "—", width=18, muted=True))
    if room >= ROOM_FOR_CODE:
        columns.append(Column("代码", lambda r: r.row.code, width=13, muted=True))
    return tuple(columns)


VILLAGE_COPY: tuple[Column[VillageLine], ...] = (
    Column("代码", lambda r: r.row.code),
    Column("乡镇", lambda r: r.row.town),
    Column("村", lambda r: r.row.name),
    Column("现状", lambda r: r.state),
    Column("品牌", lambda r: "、".join(r.row.brands)),
    Column("方式", lambda r: "、".join(r.row.modes)),
    Column("周投递次数", frequency_text),
    Column("站点", lambda r: r.row.station),
    Column("加收费用", lambda r: "、".join(r.row.charged)),
    Column("停运、回退", lambda r: "、".join(r.row.stopped)),
    Column("证据", lambda r: r.row.evidence),
    Column("核查", lambda r: r.row.proof),
    Column("数据月份", lambda r: r.row.carried or r.row.as_of),
)
"""What 复制 takes of a village: more than there is room for on the screen."""


def evidence_text(gap: Gap) -> str:
    """回退 with the age of the evidence, else the age alone."""
    return f"回退　{gap.evidence}" if gap.relapsed else gap.evidence


def _gap_tone(gap: Gap) -> Tone | None:
    return Tone.BAD if gap.relapsed else _age_tone(gap.evidence)


def gap_columns(towns: Sequence[str], names: Sequence[str], room: int) -> tuple[Column[Gap], ...]:
    """The gap list for ``room`` pixels; what is missing takes the room that is left."""
    most = LONGEST_NAME if room >= ROOM_FOR_CODE else LONGEST_WHEN_NARROW
    return (
        Column("乡镇", lambda r: r.town, width=han(towns, most=most), sort=lambda r: r.code),
        Column("村", lambda r: r.name, width=han(names, most=most), tip=lambda r: f"{r.name}\n{r.code}"),
        Column(
            "缺",
            lambda r: r.missing,
            width=10,
            muted=True,
            stretch=True,
            tip=lambda r: f"缺 {r.missing}",
            sort=lambda r: (r.missing, r.code),
        ),
        Column("自", lambda r: r.since, width=8, sort=lambda r: r.since),
        Column("证据", evidence_text, kind=CellKind.TAG, tone=_gap_tone, sort=lambda r: _age_key(r.evidence)),
    )


GAP_COPY: tuple[Column[Gap], ...] = (
    Column("代码", lambda r: r.code),
    Column("乡镇", lambda r: r.town),
    Column("村", lambda r: r.name),
    Column("缺", lambda r: r.missing),
    Column("自", lambda r: r.since),
    Column("回退", lambda r: "回退" if r.relapsed else ""),
    Column("证据", lambda r: r.evidence),
)


RELAPSE_COPY: tuple[Column[Relapse], ...] = (
    Column("月份", lambda r: r.month),
    Column("代码", lambda r: r.code),
    Column("乡镇", lambda r: r.town),
    Column("村", lambda r: r.village),
    Column("品牌", lambda r: r.brand),
    Column("现状", lambda r: r.state),
    Column("全村失去服务", lambda r: "是" if r.cut_off else ""),
)


def relapse_columns(towns: Sequence[str], names: Sequence[str], room: int) -> tuple[Column[Relapse], ...]:
    """Brands that have left, for ``room`` pixels."""
    most = LONGEST_NAME if room >= ROOM_FOR_CODE else LONGEST_WHEN_NARROW
    return (
        Column("月份", lambda r: r.month, width=8, sort=lambda r: r.month),
        Column("乡镇", lambda r: r.town, width=han(towns, most=most), sort=lambda r: r.code),
        Column("村", lambda r: r.village, width=han(names, most=most), tip=lambda r: f"{r.village}\n{r.code}"),
        Column("品牌", lambda r: r.brand, width=10, stretch=True, sort=lambda r: r.brand),
        Column("现状", lambda r: r.state, kind=CellKind.TAG, tone=lambda r: Tone.BAD if r.cut_off else Tone.WARN),
        Column(
            "全村", lambda r: "失去服务" if r.cut_off else "尚有品牌", width=9, muted=True, sort=lambda r: not r.cut_off
        ),
    )


def tab_separated(columns: Sequence[Column[R]], rows: Sequence[R]) -> str:
    """Heads and rows for WPS and Excel."""
    lines = ["\t".join(column.head for column in columns)]
    lines += ["\t".join(column.text(row) for column in columns) for row in rows]
    return "\n".join(lines)
