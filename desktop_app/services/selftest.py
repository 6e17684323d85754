"""``self-test``: the whole way from a file to a page in a temporary ledger, shipped with the product."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.errors import UserError
from desktop_app.models.values import Month, Period
from desktop_app.services import figures, ledger, maintenance, reports, sample
from desktop_app.storage.engine import Ledger

REGION = "220281"


@dataclass(frozen=True)
class StepResult:
    """One step: its name, whether it went well, what it found, and how long it took (seconds, two decimals)."""

    name: str
    ok: bool
    detail: str
    seconds: Decimal


def run_self_test() -> list[StepResult]:
    """Run every step; the first that fails ends the test."""
    results: list[StepResult] = []
    with TemporaryDirectory(prefix="bureau-ledger-") as folder:
        place = Path(folder)
        opened: list[Ledger] = []

        def create() -> str:
            opened.append(ledger.create_sample(place / "test.db", REGION))
            return f"结构 {opened[0].schema}"

        steps: list[tuple[str, Callable[[], str]]] = [
            ("新建台账", create),
            ("导入示例", lambda: f"{len(sample.fill(opened[0]))} 个文件"),
            ("计算指标", lambda: _figure(opened[0])),
            ("画图", lambda: _chart(opened[0])),
            ("打印月报", lambda: _report(opened[0], place / "monthly.pdf")),
            ("检查台账", lambda: _check(opened[0])),
        ]
        for name, step in steps:
            results.append(_timed(name, step))
            if not results[-1].ok:
                break
        for each in opened:
            each.close()
    return results


def _timed(name: str, step: Callable[[], str]) -> StepResult:
    started = time.perf_counter()
    try:
        detail, ok = step(), True
    except UserError as error:
        detail, ok = str(error), False
    seconds = Decimal(str(round(time.perf_counter() - started, 2)))
    return StepResult(name, ok, detail, seconds)


def _figure(opened: Ledger) -> str:
    report = figures.figure_report(opened, "MKT.VOL", Period.of_month(sample.WORK_MONTH))
    if report.figure.value is None or not report.figure.sources:
        raise UserError("示例月没有业务量")
    return f"{report.figure.name} {report.figure.text}{report.figure.display_unit}，{len(report.figure.sources)} 个来源"


def _chart(opened: Ledger) -> str:
    detail = figures.indicator_detail(opened, "MKT.VOL", sample.WORK_MONTH)
    if detail.trend.empty:
        raise UserError(f"没有趋势：{detail.trend.reason}")
    return f"{len(detail.trend.categories)} 个月"


def _report(opened: Ledger, out: Path) -> str:
    made = reports.make_report(opened, "monthly", Period.of_month(Month(2021, 3)), "pdf", "internal", out)
    if made.missing_glyphs:
        raise UserError(f"缺字：{'、'.join(made.missing_glyphs)}")
    return f"{made.pages} 页，{made.figures} 个数"


def _check(opened: Ledger) -> str:
    broken = [result for result in maintenance.check(opened) if not result.ok]
    if broken:
        raise UserError("；".join(f"{r.name}：{r.detail}" for r in broken))
    return "全部正常"
