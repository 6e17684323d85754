"""总览: the month's checklist, key figures, who has reported, what to do."""

from __future__ import annotations

from desktop_app.indicators.amounts import Calculator
from desktop_app.models.values import Month
from desktop_app.services import charting, context
from desktop_app.services.alarms import alarms
from desktop_app.services.duties import due_label, duties
from desktop_app.services.key_figures import key_figures
from desktop_app.services.ledger import info
from desktop_app.services.results.overview import DutyRow, Overview, Step, Tone
from desktop_app.storage.engine import Ledger

IMPORT_TAB, PRINT_TAB = "数据导入", "报表打印"
ALARM_LIMIT = 10


def build_overview(ledger: Ledger, month: Month) -> Overview:
    """Everything that 总览 shows for a month."""
    calc = context.calculator(ledger, month)
    scope = context.scope(ledger)
    rows = duties(ledger, month)
    to_do = alarms(ledger, calc, scope, month, rows)
    return Overview(
        month=str(month),
        month_label=month.label,
        due_label=due_label(calc, month),
        steps=_steps(rows, month, ledger),
        kpis=key_figures(calc, scope, month),
        duties=rows,
        chart=charting.trend_chart(calc, calc.catalogue.indicator("MKT.VOL"), month, scope, count=12),
        alarms=to_do[:ALARM_LIMIT],
        empty_reason=_empty_reason(calc, rows, ledger),
    )


def _empty_reason(calc: Calculator, rows: tuple[DutyRow, ...], ledger: Ledger) -> str:
    if calc.facts.values:
        return ""
    if not rows:
        return "这是一本新台账。先到“数据导入”放入企业名录和村级名录，再放入本月各企业的报表。"
    if not context.coverage_book(ledger).register:
        return "已有企业名录。请到“数据导入”放入村级名录和本月各企业的报表。"
    return "名录已齐。请到“数据导入”放入本月各企业的报表。"


# ----------------------------------------------------------------------------------------------- steps


def _steps(rows: tuple[DutyRow, ...], month: Month, ledger: Ledger) -> tuple[Step, ...]:
    reported = sum(1 for row in rows if row.state not in ("未报", "退回"))
    missing = sum(1 for row in rows if row.state == "未报")
    returned = sum(1 for row in rows if row.state == "退回")
    doubtful = sum(1 for row in rows if row.problem.startswith("已说明"))
    flash = sum(1 for row in rows if row.problem == "快报")
    collected = bool(rows) and reported > 0
    complete = bool(rows) and missing == 0 and returned == 0
    collect = f"{len(rows)} 家中 {reported} 家已报" if rows else "还没有企业名录"
    review = "；".join(
        words
        for words in (
            f"{returned} 家退回待重报" if returned else "",
            f"{flash} 家为快报" if flash else "",
            f"{doubtful} 份有说明" if doubtful else "",
        )
        if words
    )
    saved = _backed_up(ledger)
    return (
        Step("收表", collect, "done" if complete else "now", Tone.GOOD if complete else Tone.WARN, IMPORT_TAB),
        Step(
            "审核",
            review or ("没有待处理的问题" if collected else "收表后进行"),
            "done" if complete and not review else ("now" if collected else "todo"),
            Tone.WARN if review else Tone.NEUTRAL,
            IMPORT_TAB,
        ),
        Step(
            "打印",
            f"{month.month}月月报可以打印" if collected else "还没有可打印的数据",
            "now" if complete else "todo",
            Tone.NEUTRAL,
            PRINT_TAB,
        ),
        Step("备份", saved or "还没有备份过", "done" if saved else "todo", Tone.NEUTRAL, ""),
    )


def _backed_up(ledger: Ledger) -> str:
    last = info(ledger).last_backup
    return f"上次 {last}" if last else ""
