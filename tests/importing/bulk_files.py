"""Registries and village sheets with every kind of fault, and the comparison of the two ways to read them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path

from desktop_app.importing.bulk.planner import plan_large
from desktop_app.importing.plan import (
    ImportContext,
    ImportOptions,
    ImportPlan,
    KnownEnterprise,
    KnownVillage,
    Reading,
)
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import FigureStatus, Month

REGION = "220281000000"
BRANDS = ("示例甲", "示例乙", "示例丙")
Line = list[str]
Fault = Callable[[list[Line], int, random.Random], None]


class NoHistory:
    """A ledger without figures."""

    def value(self, *_key: object) -> int | None:
        return None

    def status(self, *_key: object) -> FigureStatus | None:
        return None

    def companies_report(self, *_key: object) -> bool:
        return False

    def reported_months(self, *_key: object) -> tuple[Month, ...]:
        return ()


def context(villages: Sequence[KnownVillage] = ()) -> ImportContext:
    companies = tuple(
        KnownEnterprise(n, f"{brand}快递有限公司", f"{brand}快递", brand, (f"{brand}速递",))
        for n, brand in enumerate(BRANDS, start=1)
    )
    return ImportContext(REGION, "蛟河市", companies, tuple(villages), NoHistory())


def registry(count: int = 700) -> list[Line]:
    """Head and villages of a few towns."""
    lines = [["代码", "名称", "城乡分类", "乡镇代码", "乡镇", "县", "市", "省"]]
    for number in range(count):
        town, unit = divmod(number, 120)
        code = f"220281{100 + town}{190 + unit}"
        lines.append([code, f"第{number}村", "220", code[:9], f"示例{town}镇", "蛟河市", "吉林市", "吉林省"])
    return lines


def villages(count: int = 250) -> list[KnownVillage]:
    return [
        KnownVillage(f"2202811{n // 50:02d}{200 + n % 50}", f"示例{n}村", f"示例{n // 50}镇", True)
        for n in range(count)
    ]


def sheet(known: Sequence[KnownVillage], *, coded: bool = True) -> list[Line]:
    """One line for each village and brand."""
    lines = [["村代码", "建制村", "乡镇", "品牌", "进村方式", "周投递次数", "村级站点", "月收件", "核查日期"]]
    for n, v in enumerate(known):
        for brand in BRANDS:
            mode = ("直投", "邮快+驻村设点", "否", "")[n % 4]
            lines.append(
                [v.code, v.name, v.town, brand, mode, str(n % 7), "无" if n % 3 else "服务站", str(n), "2021-03-05"]
            )
    return lines if coded else [line[1:] for line in lines]


def compare(path: Path, ledger: ImportContext, options: ImportOptions = ImportOptions()) -> ImportPlan:  # noqa: B008
    """Both ways give the same plan; returns the one of pieces."""
    large = plan_large(path, ledger, options, lambda _share, _word: None)
    small = plan_import(path, ledger, options)
    assert large is not None, "read as a whole, though it should not"
    for field in fields(ImportPlan):
        ours, theirs = getattr(large, field.name), getattr(small, field.name)
        if field.name == "reading":
            _compare_readings(ours, theirs)
        elif field.name in {"regions", "coverage", "issues"}:
            assert list(ours) == list(theirs), field.name
        else:
            assert ours == theirs, field.name
    return large


def _compare_readings(ours: Reading, theirs: Reading) -> None:
    for field in fields(Reading):
        if field.name not in {"rows", "roles"}:
            assert getattr(ours, field.name) == getattr(theirs, field.name), field.name
    filled = {role: count for role, count in ours.role_counts.items() if count}
    assert filled == dict(theirs.role_counts)
    whole = {row.number: row for row in theirs.rows}
    assert all(row == whole[row.number] for row in ours.rows)
