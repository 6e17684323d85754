"""The invented outlet list (网点名录) as it stood at the end of March 2021.

Branches and filed terminal outlets are as many as the companies report for that month, and as many of them are green
or have a device for used packaging. Of stations and lockers only some are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from demo_county.basics import MARCH, chance
from demo_county.companies import COMPANIES, Company
from demo_county.reporting import Market
from demo_county.villages import COUNTY, Village

HEADER = (
    *("备案编号", "网点名称", "网点类型", "企业名称", "乡镇", "建制村", "地址", "绿色网点", "回收装置", "标准化"),
    *("格口数", "开办日期", "停办日期", "联系人", "电话"),
)
Row = list[str]
Green = Mapping[str, int]


def outlet_rows(market: Market, green: Mapping[str, Green], villages: Sequence[Village]) -> list[Row]:
    """The rows of outlets.csv, without the header; ``green``: stem → column → count of March 2021."""
    towns = list(dict.fromkeys(village.town for village in villages))
    rows: list[Row] = []
    for company in COMPANIES:
        figures = market[MARCH, company.stem]
        rows += _branches(company, figures.branches, towns)
        rows += _terminals(company, figures.outlets, green[company.stem], towns)
    rows += _stations(villages)
    rows += _lockers(towns)
    for number, row in enumerate(rows, start=1):
        row[0] = f"0{COUNTY}{number:05d}" if row[0] else ""
    return rows


def _branches(company: Company, count: int, towns: Sequence[str]) -> Iterator[Row]:
    for number in range(count):
        town = towns[number % len(towns)]
        name = f"{company.short}蛟河第{number + 1}营业部"
        yield _row(name, "分支机构", company.name, town, ("", "", "是"), opened=_date(name))


def _terminals(company: Company, count: int, green: Green, towns: Sequence[str]) -> Iterator[Row]:
    for number in range(count):
        town = towns[int(chance("town", company.stem, number) * len(towns))]
        name = f"{company.short}{town}{number + 1:02d}号网点"
        marks = (
            _yes(number < green["绿色网点数"]),
            _yes(number < green["设回收装置备案网点"]),
            # Some companies have not said yet which outlets are standardised.
            "" if company.stem in "子丑" else _yes(chance("standard", name) < 0.7),
        )
        yield _row(name, "末端网点", company.name, town, marks, opened=_date(name))


def _stations(villages: Sequence[Village]) -> Iterator[Row]:
    own = with_village_station(villages)
    for number, village in enumerate(villages[::24]):
        kind = "村级站" if village.code in own else "公共服务站"
        name = f"{village.town}{village.name}{'村级快递服务站' if number % 4 else '快递公共服务站'}"
        yield _row(name, kind, "", village.town, ("", _yes(number % 3 == 0), ""), village=village.name)


def with_village_station(villages: Sequence[Village]) -> set[str]:
    """Codes of the villages for which the list names a 村级站."""
    return {village.code for number, village in enumerate(villages[::24]) if number % 4}


def _lockers(towns: Sequence[str]) -> Iterator[Row]:
    for number, town in enumerate(towns[:8]):
        name = f"{town}智能快件箱{number + 1:02d}组"
        yield _row(name, "快件箱组", "", town, ("不适用", "不适用", ""), cells=str(44 + 20 * (number % 4)))


def _row(
    name: str,
    kind: str,
    company: str,
    town: str,
    marks: tuple[str, str, str],
    *,
    village: str = "",
    cells: str = "",
    opened: str = "",
) -> Row:
    filed = "备案" if kind in {"分支机构", "末端网点"} else ""
    street = int(chance("street", name) * 199) + 1
    address = f"蛟河市{town}{village or '示例路'}{street}号"
    phone = f"0432-{int(chance('phone', name) * 1e8):08d}"
    return [filed, name, kind, company, town, village, address, *marks, cells, opened, "", f"联系人{street}", phone]


def _date(name: str) -> str:
    return f"{2012 + int(chance('year', name) * 8)}-{int(chance('month', name) * 12) + 1:02d}-15"


def _yes(holds: bool) -> str:  # noqa: FBT001 (the one thing that it words)
    return "是" if holds else "否"
