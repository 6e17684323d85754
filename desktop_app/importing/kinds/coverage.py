"""快递进村表: village × brand, with a column per brand (wide) or a row per village and brand (long)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.importing.dates import read_day_near
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.coverage_cells import (
    Service,
    read_charge,
    read_checker,
    read_count,
    read_evidence_kind,
    read_frequency,
    read_service,
)
from desktop_app.importing.kinds.coverage_villages import find_village, villages_then
from desktop_app.importing.kinds.coverage_words import MEANINGS, VOCABULARY
from desktop_app.importing.kinds.wide import row_month
from desktop_app.importing.plan import KnownVillage, PlannedCoverage, RowRole
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.report_month import settle_month
from desktop_app.importing.recognise.words import find_columns, key
from desktop_app.models.values import Month

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SUBHEAD = re.compile(r"是否|方式|情况|模式|频次|次数|品牌")
_VISIT_DAYS = 31
"""A visit may be written down so many days after the end of its month."""

NO_FREQUENCY = frozenset({"", "-", "—", "/", "未报"})
NO_DATE = frozenset({"", "-", "—", "/", "无", "未核查"})
NO_STATION = frozenset({"无", "-", "—", "/", "否"})
"""Cells that say that there is nothing to say."""
MAX_FREQUENCY = 50
"""Deliveries a week beyond which it is no frequency."""


@dataclass(frozen=True)
class _Sheet:
    """Columns by role, brands by column, and the brand of a company's own sheet that names none."""

    columns: Mapping[str, int]
    brands: Mapping[int, str]
    own: str = ""


@dataclass(frozen=True)
class _Shared:
    """What a row says of the village as a whole."""

    frequency: int | None
    station: str
    evidence: date | None


def brand_columns(draft: Draft, columns: Mapping[str, int]) -> list[int]:
    """Columns whose head is a company or brand of the ledger, or whose cells all speak of modes."""
    used = set(columns.values())
    extra = find_columns(draft.names, {word: (word,) for word in VOCABULARY["ignored"]}).values()
    found: list[int] = []
    for column, name in enumerate(draft.names):
        if column in used or column in extra or not name:
            continue
        if draft.companies.in_cell(_brand_head(name)).matches or _speaks_of_modes(draft, column):
            found.append(column)
    return found


def _brand_head(name: str) -> str:
    """The brand's part of a head: 覆盖品牌/中 通 → 中通; 申通（是/否） → 申通."""
    return "".join(_BRACKETS.sub("", name).rsplit("/", 1)[-1].split()) or name


def _speaks_of_modes(draft: Draft, column: int) -> bool:
    services = [read_service(draft.cell(row, column)) for row in draft.table.data_rows[:200]]
    told = [service for service in services if service is not None]
    return len(told) > 0 and sum(isinstance(s, Service) for s in told) >= 0.6 * len(told)


def build(draft: Draft, columns: Mapping[str, int], brands: Sequence[int]) -> None:
    """One record for each village and brand that the sheet speaks of; blank cells say nothing."""
    own = "" if brands or "brand" in columns else _own_brand(draft, columns)
    names = prepare(draft, columns, brands, own=own)
    if draft.stopped():
        return
    sheet = _Sheet(columns, names, own)
    index = villages_then(draft)
    seen: dict[tuple[str, str, str], int] = {}
    town = ""
    for row, role in draft.body():
        if role is RowRole.TOTAL or _second_head(draft, row, columns, names):
            draft.skipped.add(row)
            continue
        # A town is often written once for all its villages.
        town = draft.cell(row, columns.get("town")) or town
        _read_row(draft, row, sheet, find_village(draft, index, row, columns, town), seen)
    _late_visits(draft, columns.get("evidence"))


def _second_head(draft: Draft, row: int, columns: Mapping[str, int], brands: Mapping[int, str]) -> bool:
    """Whether a row without a village only says what the brands' columns hold (是否通达, 方式)."""
    if any(draft.cell(row, columns.get(role)) for role in ("code", "village")):
        return False
    told = [text for column in brands if (text := draft.cell(row, column))]
    return bool(told) and all(_SUBHEAD.search(text) for text in told)


def prepare(draft: Draft, columns: Mapping[str, int], brands: Sequence[int], *, own: str = "") -> dict[int, str]:
    """Column → brand, after the columns that must be there and the month have been looked at."""
    if "code" not in columns and "village" not in columns:
        draft.error("MISSING_COLUMN", "表里缺少“代码”或“建制村”列，不知道是哪个村", "请补上这一列再发")
    if not brands and not own and "brand" not in columns:
        draft.error("MISSING_COLUMN", "表里没有品牌列", "每个品牌一列，或有“品牌”和“进村方式”两列")
    if "month" not in columns:
        settle_month(draft)
    for role, column in columns.items():
        draft.mean(column, MEANINGS.get(role, "跳过"))
    for role in ("parcels_in", "parcels_out"):
        if brands:
            draft.mean(columns.get(role), f"{MEANINGS[role]}（全村合计，分不到品牌，不入库）")
    names: dict[int, str] = {}
    for column in brands:
        brand = _brand(draft, column)
        if brand is not None:
            names[column] = brand
            draft.mean(column, f"品牌 {brand}")
    return names


def _own_brand(draft: Draft, columns: Mapping[str, int]) -> str:
    """The brand of a company's own sheet, which has modes or states and names no brand; empty when it is not known."""
    if not {"mode", "state"} & columns.keys() or not draft.companies.enterprises:
        return ""
    company = settle_company(draft)
    return company.brand or company.short_name if company is not None else ""


def _brand(draft: Draft, column: int) -> str | None:
    """The brand of a column; every brand must be one of the register when there is a register."""
    name = _brand_head(draft.names[column])
    brand = known_brand(draft, name)
    if brand is None:
        draft.error(
            "UNKNOWN_COMPANY",
            f"品牌“{name}”不在企业名录里",
            "请核对列名；确是新品牌的，先用企业名录文件登记",
            column=draft.shown[column],
            value=name,
        )
    return brand


def known_brand(draft: Draft, name: str) -> str | None:
    """The brand that a name stands for; the name itself where the ledger has no companies yet."""
    matches = draft.companies.in_cell(name).matches
    brands = {match.brand or match.short_name for match in matches}
    if len(brands) == 1:
        return brands.pop()
    return None if draft.companies.enterprises else name


def _read_row(
    draft: Draft, row: int, sheet: _Sheet, village: KnownVillage | None, seen: dict[tuple[str, str, str], int]
) -> None:
    columns, brands = sheet.columns, sheet.brands
    month = row_month(draft, row, columns["month"]) if "month" in columns else draft.month
    services = _services(draft, row, sheet)
    shared = _shared(draft, row, columns, month)
    parcels = [_parcels(draft, row, None if brands else columns.get(role)) for role in ("parcels_in", "parcels_out")]
    charged = _charged(draft, row, columns.get("charge"))
    if village is None or month is None or services is None or row in draft.broken_rows:
        return
    for brand, service, place in services:
        mark = (village.code, key(brand), str(month))
        if mark in seen:
            draft.error(
                "DUPLICATE_ROW",
                f"{village.town}{village.name}的{brand}在第{seen[mark] + 1}行已经有了",
                "请删去重复的一行",
                row=row,
                column=place,
            )
            continue
        seen[mark] = row
        served = service.state.served
        draft.coverage.append(
            PlannedCoverage(
                village_code=village.code,
                brand=brand,
                month=month,
                state=service.state,
                modes=service.modes,
                row=row + 1,
                # A sheet of brands says how often mail comes to the village; a company's own, how often it comes.
                weekly_frequency=shared.frequency if served or brands else None,
                station=shared.station if served else "",
                parcels_in=parcels[0],
                parcels_out=parcels[1],
                extra_charge=charged,
                evidence_date=shared.evidence,
                sheet=draft.table.sheet.name,
                evidence_kind=read_evidence_kind(draft.cell(row, columns.get("evidence_kind"))),
                checker=read_checker(draft.cell(row, columns.get("checker"))),
            )
        )


def _services(draft: Draft, row: int, sheet: _Sheet) -> list[tuple[str, Service, str]] | None:
    """(brand, service, head) of every cell of the row that says something."""
    columns, brands = sheet.columns, sheet.brands
    cells: list[tuple[str, str, str]] = [(brand, draft.cell(row, c), draft.name(c)) for c, brand in brands.items()]
    if sheet.own or ("brand" in columns and not brands):
        name = sheet.own or draft.cell(row, columns["brand"])
        brand = sheet.own or (known_brand(draft, name) if name else None)
        if brand is None:
            what = f"品牌“{name}”不在企业名录里" if name else "这一行没有写品牌"
            draft.error("UNKNOWN_COMPANY", what, "请核对名称", row=row, column=draft.name(columns["brand"]), value=name)
            return None
        words = [draft.cell(row, columns.get("mode")), draft.cell(row, columns.get("state"))]
        place = next((columns[role] for role in ("mode", "state", "brand") if role in columns), None)
        cells = [(brand, "+".join(filter(None, words)), draft.name(place))]
    services: list[tuple[str, Service, str]] = []
    for brand, text, head in cells:
        service = read_service(text)
        if isinstance(service, str):
            draft.error(
                "MODE_UNKNOWN",
                f"“{text}”不是认识的进村方式或状态",
                "可写：直投、邮快、快快、交邮、快商、第三方、驻村设点，或 是、否、停运、回退；几种方式用“+”相连",
                row=row,
                column=head,
                value=text,
            )
        elif service is not None:
            services.append((brand, service, head))
    return services


def _shared(draft: Draft, row: int, columns: Mapping[str, int], month: Month | None) -> _Shared:
    frequency_text = draft.cell(row, columns.get("frequency"))
    frequency = read_frequency(frequency_text)
    if frequency_text not in NO_FREQUENCY and (frequency is None or frequency > MAX_FREQUENCY):
        draft.error(
            "NOT_A_NUMBER",
            f"“{frequency_text}”不是每周投递次数",
            "请填一个不小于 0 的整数，例如 5",
            row=row,
            column=draft.name(columns.get("frequency")),
            value=frequency_text,
        )
    station = draft.cell(row, columns.get("station"))
    evidence = _evidence(draft, row, columns.get("evidence"), month)
    return _Shared(frequency, "" if station in NO_STATION else station, evidence)


def _evidence(draft: Draft, row: int, column: int | None, month: Month | None) -> date | None:
    """The day of a check; a day that may be read in two ways is asked about, once for the file."""
    text = draft.cell(row, column)
    if text in NO_DATE:
        return None
    read = read_day_near(text, month)
    if read is None:
        draft.error(
            "DATE_UNREADABLE",
            f"“{text}”不是日期",
            "请写成 2021-03-05",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return None
    if read.why:
        draft.change(row, column, str(read.day), read.why)
    if read.doubt is not None and not any(issue.code == "DATE_AMBIGUOUS" for issue in draft.issues):
        draft.warn(
            "DATE_AMBIGUOUS",
            f"“{text}”按 {read.day} 读，也可能是 {read.doubt}；这一列同样写法的都按离报告月份近的读",
            "请核对；以后请写成 2021-03-05",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return read.day


def _parcels(draft: Draft, row: int, column: int | None) -> int | None:
    """Parcels of the month; words without a figure (未统计) say nothing."""
    text = draft.cell(row, column)
    count = read_count(text)
    if count is None and any(char.isdecimal() for char in text):
        draft.error(
            "NOT_A_NUMBER",
            f"“{text}”不是件数",
            "请填一个不小于 0 的整数",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return count


def is_late(day: date, month: Month, today: date | None) -> bool:
    """Whether a day of inspection is after today or long after the month."""
    end = date(month.year, month.month, month.days)
    return day > end + timedelta(days=_VISIT_DAYS) or (today is not None and day > today)


def _late_visits(draft: Draft, column: int | None) -> None:
    """Days of inspection after today or long after the month are asked about, once for each day."""
    late: dict[date, list[PlannedCoverage]] = {}
    for record in draft.coverage:
        day = record.evidence_date
        if day is None:
            continue
        if is_late(day, record.month, draft.context.today):
            late.setdefault(day, []).append(record)
    for day, records in late.items():
        rows = sorted({record.row for record in records})
        more = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
        future = draft.context.today is not None and day > draft.context.today
        draft.warn(
            "VISIT_LATE",
            f"核查日期 {day} 晚于{'今天' if future else f'{records[0].month.label}月末一个月以上'}{more}",
            "请核对日期和月份；确是事后核查的，说明原因后可以入库",
            row=rows[0] - 1,
            column=draft.name(column),
            value=draft.cell(rows[0] - 1, column),
        )


def _charged(draft: Draft, row: int, column: int | None) -> bool | None:
    """Whether people of the village pay extra; a word that may mean either is not passed over."""
    text = draft.cell(row, column)
    read = read_charge(text)
    if not isinstance(read, str):
        return read
    draft.error(
        "FLAG_UNKNOWN",
        f"“{text}”看不出是否收费",
        "请填“是”或“否”；没有报的留空",
        row=row,
        column=draft.name(column),
        value=text,
    )
    return None
