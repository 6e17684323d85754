"""The hidden truth of 快递进村: which brand reaches which village, how, and how that changes over 24 months.

Villages are put in an order of ease (town and chance). The county's count of villages reached by any brand is given
month by month; each brand then reaches its own, smaller part of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo_county.basics import FIRST, MONTHS, Month, chance, index
from demo_county.companies import BRANDS
from demo_county.villages import Village

NOT_REACHED, SUSPENDED, RELAPSED = "否", "停运", "回退"
DIRECT, ON_SITE = "直投", "驻村设点"

ANY_BRAND = (
    *(174, 175, 179, 182, 187, 190, 195, 197, 202, 205, 210, 212),
    *(216, 216, 221, 223, 225, 227, 229, 230, 232, 233, 234, 236),
)
"""Villages reached by at least one brand at the end of each month, of 256."""

RELAPSE_TOWN = "黄松甸镇"
RELAPSE_VILLAGES = ("南顶子村", "沙河掌村", "进步站村")
"""Served by 示例丙 alone from June 2020; lost in February 2021 when its relay ended; one is won back later."""
_HELD, _LOST, _BACK = Month(2020, 6), Month(2021, 2), Month(2021, 10)

_EASE = {
    "民主街道": 0.40,
    "长安街道": 0.40,
    "河南街道": 0.26,
    "奶子山街道": 0.24,
    "拉法街道": 0.22,
    "河北街道": 0.40,
    "新农街道": 0.18,
    "新站镇": 0.14,
    "天岗镇": 0.10,
    "白石山镇": 0.20,
    "漂河镇": 0.0,
    "黄松甸镇": 0.04,
    "天北镇": 0.10,
    "松江镇": 0.22,
    "庆岭镇": -0.05,
    "乌林朝鲜族乡": -0.10,
    "前进乡": 0.02,
}
# Part of the villages that a brand could reach at the start and at the end, if any brand reaches them.
_REACH = (
    *((0.62, 0.92), (0.50, 0.80), (0.44, 0.70), (0.34, 0.62), (0.30, 0.55)),
    *((0.24, 0.48), (0.06, 0.14), (0.14, 0.36), (0.10, 0.28)),
)
_MODES = ("邮快", "快快", "交邮", "快商", "第三方")
# How the brands reach a village that they do not serve themselves; cumulative chances in the order of _MODES.
_HABITS = (
    *((0.35, 0.55, 0.85, 0.95), (0.30, 0.70, 0.90, 0.97), (0.15, 0.70, 0.90, 0.96), (0.45, 0.75, 0.92, 0.97)),
    *((0.60, 0.80, 0.95, 0.98), (0.40, 0.75, 0.85, 0.95), (0.80, 0.90, 0.95, 1.00), (0.50, 0.70, 0.90, 0.95)),
    (0.55, 0.75, 0.90, 0.96),
)


@dataclass(frozen=True)
class VillageMonth:
    """A village at the end of a month: one cell per brand, weekly deliveries, station, evidence date, parcels."""

    cells: tuple[str, ...]
    weekly: int
    station: str
    evidence: str
    parcels_in: int | None
    parcels_out: int | None

    @property
    def reached(self) -> bool:
        """Whether any brand serves the village (任一品牌)."""
        return any(served(cell) for cell in self.cells)

    @property
    def direct(self) -> bool:
        """Whether any brand delivers itself (直投到村)."""
        return any(DIRECT in cell.split("+") for cell in self.cells)


def served(cell: str) -> bool:
    """Whether a cell says that the brand serves the village."""
    return cell not in (NOT_REACHED, SUSPENDED, RELAPSED)


def _relapse(village: Village) -> bool:
    return village.town == RELAPSE_TOWN and village.name in RELAPSE_VILLAGES


def _first_months(villages: list[Village]) -> dict[str, int]:
    """Index of the month in which a village is first reached; villages never reached are absent."""
    order = sorted(
        (village for village in villages if not _relapse(village)),
        key=lambda village: (_EASE[village.town] + 0.8 * chance("ease", village.code), village.code),
        reverse=True,
    )
    first: dict[str, int] = {}
    for at, total in enumerate(ANY_BRAND):
        month = FIRST.shift(at)
        held = 3 if _HELD <= month < _LOST else 1 if month >= _BACK else 0
        for village in order[: total - held]:
            first.setdefault(village.code, at)
    return first


def _primary(village: Village) -> int:
    """The brand that comes first to a village."""
    draw = chance("primary", village.code)
    return 0 if draw < 0.74 else 1 if draw < 0.90 else 2


def _starts(village: Village, first: int) -> list[int | None]:
    """Index of the month in which each brand begins, None for never."""
    starts: list[int | None] = []
    for brand, (low, high) in enumerate(_REACH):
        wanted = chance("reach", brand, village.code) - 0.35 * _EASE[village.town]
        months = [at for at in range(len(MONTHS)) if wanted < low + (high - low) * at / 23.0 - 0.04]
        starts.append(max(first, months[0]) if months else None)
    starts[_primary(village)] = first
    return starts


def _suspended(village: Village, brand: int, at: int) -> bool:
    """A brand that is not the first one may stop for one to three months, most of all in February 2020."""
    if brand == _primary(village):
        return False
    if at == 1 and chance("epidemic", brand, village.code) < 0.12:
        return True
    begin = int(400.0 * chance("stop", brand, village.code))
    return begin <= at <= begin + int(3.0 * chance("stop length", brand, village.code))


def _mode(village: Village, brand: int, at: int) -> str:
    """The modes of a brand that serves the village, joined with +."""
    draw = chance("mode", brand, village.code)
    steps = _HABITS[brand]
    mode = next((name for name, step in zip(_MODES, steps, strict=False) if draw < step), _MODES[-1])
    wish = chance("direct", village.code) - 0.5 * _EASE[village.town]
    if brand == _primary(village):
        # Relays give way to the company's own van: 34 % of the villages reached in 2020-01, about 60 % in 2021-12.
        own = wish < 0.47 + 0.16 * at / 23.0
    else:
        own = wish < 0.40 and chance("own van", brand, village.code) < 0.25
    modes = [DIRECT if own else mode]
    if brand == _primary(village) and at >= _station_month(village):
        modes.append(ON_SITE)
    elif brand < 3 and not own and chance("second", brand, village.code) < 0.08:
        modes.append("交邮" if mode != "交邮" else "快快")
    return "+".join(modes)


def _station_month(village: Village) -> int:
    return int(70.0 * chance("station", village.code)) - 10


def _cells(village: Village, first: int | None, at: int) -> tuple[str, ...]:
    if _relapse(village):
        return _relapse_cells(village, FIRST.shift(at))
    if first is None or at < first:
        return (NOT_REACHED,) * len(BRANDS)
    cells = []
    for brand, start in enumerate(_starts(village, first)):
        if start is None or at < start:
            cells.append(NOT_REACHED)
        elif _suspended(village, brand, at):
            cells.append(SUSPENDED)
        else:
            cells.append(_mode(village, brand, at))
    return tuple(cells)


def _relapse_cells(village: Village, month: Month) -> tuple[str, ...]:
    cells = [NOT_REACHED] * len(BRANDS)
    if _HELD <= month < _LOST:
        cells[2] = "快快"
    elif month >= _LOST:
        cells[2] = RELAPSED
        if village.name == RELAPSE_VILLAGES[0] and month >= _BACK:
            cells[0] = "邮快"
    return tuple(cells)


def _weekly(villages: list[Village]) -> dict[str, list[int]]:
    """Deliveries of mail and parcels a week, 1–7; villages below three become fewer."""
    order = sorted(
        villages, key=lambda village: (chance("weekly", village.code) + 0.5 * _EASE[village.town], village.code)
    )
    table: dict[str, list[int]] = {}
    for rank, village in enumerate(order):
        usual = (3, 3, 5, 5, 5, 5, 5, 6, 7, 7)[int(10.0 * chance("usual", village.code))]
        seldom = 1 + int(2.0 * chance("seldom", village.code))
        few = [14 - int(at * 0.49) for at in range(len(MONTHS))]
        table[village.code] = [seldom if rank < few[at] else usual for at in range(len(MONTHS))]
    return table


def _visited(village: Village, at: int) -> bool:
    """Whether somebody went to look: the half-yearly round reaches nine in ten, other months one in twenty."""
    share = 0.84 if at % 6 == 0 else 0.05
    return chance("visit", village.code, at) < share


def coverage_truth(villages: list[Village]) -> dict[Month, dict[str, VillageMonth]]:
    """State of every village at the end of every month, by month and village code."""
    first = _first_months(villages)
    weekly = _weekly(villages)
    truth: dict[Month, dict[str, VillageMonth]] = {month: {} for month in MONTHS}
    for village in villages:
        before: tuple[str, ...] | None = None
        evidence = f"2019-{7 + int(6.0 * chance('old visit', village.code)):02d}-15"
        for at, month in enumerate(MONTHS):
            cells = _cells(village, first.get(village.code), at)
            if _visited(village, at) or (before is not None and cells != before):
                evidence = f"{month.key}-{1 + int(month.days * chance('day', village.code, at)):02d}"
            before = cells
            count = sum(served(cell) for cell in cells)
            truth[month][village.code] = VillageMonth(
                cells,
                weekly[village.code][at],
                f"{village.name}便民寄递站" if count and at >= _station_month(village) else "",
                evidence,
                *_parcels(village, month, count),
            )
    return truth


def _parcels(village: Village, month: Month, brands: int) -> tuple[int | None, int | None]:
    """Parcels in and out of the village in the month; only two villages in three count them."""
    if not brands or chance("counts", village.code) > 0.66:
        return None, None
    size = 120.0 + 480.0 * chance("size", village.code)
    arrived = int(size * (0.6 + 0.1 * brands) * (1.0 + 0.15 * index(month) / 12.0))
    sent = int(arrived * 0.14 * (0.5 + chance("sends", village.code)))
    return arrived, sent
