"""``comparable set`` and ``comparable list``: bases on comparable terms (可比口径)."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table
from desktop_app.models.values import plain

if TYPE_CHECKING:
    from desktop_app.services.results.comparable import ComparableRow


def comparable_set(arguments: argparse.Namespace) -> int:
    """``comparable set``."""
    from desktop_app.services.comparable import set_base

    with closing(opened(arguments)) as ledger:
        row = set_base(
            ledger, arguments.code, arguments.period, arguments.value, arguments.reason, region=arguments.region
        )
    words = (
        f"{row.name} {row.month}{'累计' if row.cumulative else ''}的可比数已记为 {plain(row.comparable)} {row.unit}。"
    )
    if row.replaced is not None:
        words += f"\n原来记的 {plain(row.replaced)} {row.unit}（{row.replaced_reason}）不再使用，仍留在台账里。"
    emit(arguments, _data(row), words)
    return 0


def comparable_list(arguments: argparse.Namespace) -> int:
    """``comparable list``."""
    from desktop_app.services.comparable import bases

    with closing(opened(arguments)) as ledger:
        rows = bases(ledger)
    cells = [
        [
            r.name,
            r.month + ("累计" if r.cumulative else ""),
            "—" if r.published is None else plain(r.published),
            plain(r.comparable),
            r.unit,
            r.reason,
        ]
        for r in rows
    ]
    emit(arguments, [_data(r) for r in rows], table(["指标", "基期", "公布数", "可比数", "单位", "原因"], cells))
    return 0


def _data(row: ComparableRow) -> dict[str, object]:
    return {
        "code": row.code,
        "month": row.month,
        "cumulative": row.cumulative,
        "region": row.region,
        "published": None if row.published is None else plain(row.published),
        "comparable": plain(row.comparable),
        "unit": row.unit,
        "reason": row.reason,
        "replaced": None if row.replaced is None else plain(row.replaced),
    }
