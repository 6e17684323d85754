"""Results of services as the JSON shapes of the contract, and as text for people.

Amounts are strings of exact decimals in base units, percentages strings of one decimal; missing is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.cli.differences import diff_text, import_diff
from desktop_app.cli.output import table
from desktop_app.models.values import plain
from desktop_app.services.results.figures import Figure, FigureReport, FigureRow
from desktop_app.services.results.imports import BatchRow, ImportResult, Issue, Outcome, Reading
from desktop_app.services.results.rural import CoverageReport
from desktop_app.services.wording import figure_sentence

Json = dict[str, object]

OUTCOME_WORDS = {
    Outcome.COMMITTED: "已入库",
    Outcome.PREVIEW: "可入库（未入库）",
    Outcome.REFUSED: "未入库",
    Outcome.DUPLICATE: "重复，未再入库",
}


def amount(value: Decimal | None) -> str | None:
    """Exact decimal text, null when missing."""
    return None if value is None else plain(value)


def rate(value: Decimal | None) -> str | None:
    """A percentage or points with its one decimal."""
    return None if value is None else format(value, "f")


# ----------------------------------------------------------------------------------------------- figures


def figure_report(report: FigureReport) -> Json:
    """``indicator``."""
    f = report.figure
    return {
        "code": f.code,
        "name": f.name,
        "unit": f.unit,
        "period": f.period,
        "region": f.region,
        "value": amount(f.value),
        "previous_year": amount(f.previous_year),
        "yoy_pct": None if f.yoy_is_points else rate(f.yoy_pct),
        "yoy_pp": rate(f.percent_points(f.yoy_pct)),
        "yoy_basis": f.yoy_basis,
        "previous": amount(f.previous),
        "mom_pct": None if f.yoy_is_points else rate(f.mom_pct),
        "mom_pp": rate(f.percent_points(f.mom_pct)),
        "mom_note": None if f.mom_applies else "不适用：全年的上期就是上年，只有同比",
        "cumulative": amount(f.cumulative),
        "cumulative_yoy_pct": None if f.yoy_is_points else rate(f.cumulative_yoy_pct),
        "cumulative_yoy_pp": rate(f.percent_points(f.cumulative_yoy_pct)),
        "cumulative_yoy_basis": f.cumulative_yoy_basis,
        "share_pct": rate(f.share_pct),
        "share_change_pp": rate(f.share_change_pp),
        "state": f.state.value,
        "definition": f.definition,
        "formula": f.formula,
        "text": f.text if f.value is None else f.text + f.display_unit,
        "sentence": figure_sentence(f),
        "reported": f.completeness.reported,
        "expected": f.completeness.expected,
        "missing": list(f.completeness.missing),
        "returned": list(f.completeness.returned),
        "notes": list(f.notes),
        "sources": [
            {
                "batch": s.batch,
                "file": s.file,
                "sheet": s.sheet,
                "row": s.row,
                "column": s.column,
                "enterprise": s.enterprise,
                "indicator": s.indicator,
                "month": s.month,
                "version": s.version,
                "amount": s.amount,
            }
            for s in f.sources
        ],
        "rows": [figure_row(row) for row in report.rows],
    }


def figure_row(row: FigureRow) -> Json:
    """One row of a breakdown or one part."""
    return {
        "key": row.key,
        "code": row.code,
        "name": row.name,
        "value": amount(row.value),
        "state": row.state.value,
        "text": row.text,
        "share_pct": rate(row.share_pct),
        "share_change_pp": rate(row.share_change_pp),
        "yoy_pct": rate(row.yoy_pct),
        "contribution_pp": rate(row.contribution_pp),
        "contribution_pct": rate(row.contribution_pct),
        "lacking": row.lacking,
    }


def figure_text(report: FigureReport) -> str:
    """A sentence as reports word it, then the rows."""
    f: Figure = report.figure
    lines = [f"{f.region_name}{f.period_label}{f.name}：{figure_sentence(f)}。", f"口径：{f.definition}"]
    lines.extend(f"注：{note}" for note in f.notes)
    if report.rows:
        unit = f.display_unit
        cells = [
            [
                r.name,
                r.text + ("*" if r.lacking else ""),
                rate(r.share_pct) or "—",
                rate(r.share_change_pp) or "—",
                rate(r.yoy_pct) or "—",
            ]
            for r in report.rows
        ]
        lines.append(table(["", f"数值（{unit}）", "比重%", "±百分点", "同比%"], cells))
        lines.extend(f"* {r.name}：{r.lacking}，不作 0 计" for r in report.rows if r.lacking)
    return "\n".join(lines)


# ----------------------------------------------------------------------------------------------- coverage


def coverage(report: CoverageReport) -> Json:
    """``coverage``."""
    return {
        "period": report.period,
        "villages": report.villages,
        # Before the first record nobody knows how many: missing is null, not 0.
        "covered": None if report.rate_pct is None else report.covered,
        "rate_pct": rate(report.rate_pct),
        "definition": report.definition,
        "definition_text": report.definition_text,
        "by": [
            {
                "key": b.key,
                "name": b.name,
                "villages": b.villages,
                "covered": None if b.rate_pct is None else b.covered,
                "rate_pct": rate(b.rate_pct),
            }
            for b in report.by
        ],
        "gaps": [
            {
                "code": g.code,
                "town": g.town,
                "name": g.name,
                "missing": g.missing,
                "since": g.since,
                "relapsed": g.relapsed,
                "evidence": g.evidence,
            }
            for g in report.gaps
        ],
    }


def coverage_text(report: CoverageReport) -> str:
    """Rate, breakdown and gaps."""
    share = f"{report.rate_pct}%" if report.rate_pct is not None else "未报"
    covered = "" if report.rate_pct is None else f"{report.covered}/"
    lines = [f"{report.period} {report.definition_text}：{covered}{report.villages} 村，{share}"]
    if report.by:
        cells = [[b.name, str(b.villages), str(b.covered), rate(b.rate_pct) or "—"] for b in report.by]
        lines.append(table(["", "村数", "通达", "通达率%"], cells))
    if report.gaps:
        cells = [[g.town, g.name, g.code, g.missing, g.since, g.evidence] for g in report.gaps]
        lines.append(table(["乡镇", "村", "代码", "缺", "自", "证据"], cells))
    return "\n".join(lines)


def import_summary(results: Sequence[ImportResult], *, dry_run: bool) -> str:
    """How many files went in and how many did not: each file is a transaction of its own."""
    wanted = Outcome.PREVIEW if dry_run else Outcome.COMMITTED
    good = sum(result.outcome is wanted for result in results)
    refused = sum(result.outcome is Outcome.REFUSED for result in results)
    doubled = f"，{len(results) - good - refused} 个重复未再入库" if good + refused < len(results) else ""
    if dry_run:
        return f"共 {len(results)} 个文件：{good} 个可以入库，{refused} 个不能{doubled}（只核对，没有入库）"
    return f"共 {len(results)} 个文件：{good} 个已入库，{refused} 个未入库{doubled}（每个文件单独入库，互不影响）"


# ----------------------------------------------------------------------------------------------- files in


def import_result(result: ImportResult) -> Json:
    """One element of ``import``'s list."""
    return {
        "file": result.file,
        "sha256": result.sha256,
        "outcome": result.outcome.value,
        "batch": result.batch,
        "kind": result.kind,
        "company": result.company or None,
        "period": result.period or None,
        "rows": {
            "read": result.read,
            "accepted": result.accepted,
            "rejected": result.rejected,
            "skipped": result.skipped,
        },
        "totals": result.totals,
        "issues": [issue(found) for found in result.issues],
        "earlier_reasons": list(result.earlier_reasons),
        "diff": import_diff(result.diff),
    }


def issue(found: Issue) -> Json:
    """One issue."""
    return {
        "severity": found.severity.value,
        "code": found.code,
        "sheet": found.sheet or None,
        "row": found.row,
        "column": found.column or None,
        "value": found.value or None,
        "message": found.message,
        "suggestion": found.on_command_line or None,
    }


def import_text(result: ImportResult) -> str:
    """What became of the file and why, for people."""
    head = f"{result.file}：{OUTCOME_WORDS[result.outcome]}"
    if result.outcome in (Outcome.COMMITTED, Outcome.PREVIEW):
        batch = f"第 {result.batch} 号批次" if result.batch else ""
        facts = (head, batch, result.company, result.period, f"{result.accepted} 行")
        head = "，".join(fact for fact in facts if fact)
    lines = [head]
    for found in result.issues:
        place = "，".join(p for p in (f"第 {found.row} 行" if found.row else "", found.column) if p)
        word = "错误" if found.severity.value == "error" else "提示"
        hint = f"（{found.on_command_line}）" if found.on_command_line else ""
        lines.append(f"  {word}{f' {place}' if place else ''}：{found.message}{hint}")
    lines += [f"  读法：{note}" for note in result.notes]
    if told := diff_text(result.diff):
        lines.append(told)
    if result.outcome is Outcome.REFUSED and all(i.severity.value == "warning" for i in result.issues):
        lines.append('  有提示待说明：核实后加 --accept-warnings "原因" 再导入。')
        lines += [f"  此企业以前对同样问题的说明：{reason}" for reason in result.earlier_reasons]
    if result.repairable:
        lines.append('  单位写错的，企业确认后可加 --accept-repairs "怎样确认的" 再导入，原文件不动。')
    return "\n".join(lines)


def batch(row: BatchRow) -> Json:
    """One element of ``batches``."""
    return {
        "id": row.id,
        "file": row.file_name,
        "sha256": row.sha256,
        "kind": row.kind,
        "company": row.company or None,
        "period": row.period or None,
        "state": row.state,
        "created_at": row.created_at,
        "created_by": row.created_by,
        "accepted": row.accepted,
        "rejected": row.rejected,
        "skipped": row.skipped,
        "reason": row.reason,
    }


def reading(found: Reading) -> Json:
    """``inspect``."""
    return {
        "file": found.file_name,
        "sha256": found.sha256,
        "encoding": found.encoding or None,
        "delimiter": found.delimiter or None,
        "quote": found.quote or None,
        "sheet": found.sheet or None,
        "sheets": list(found.sheets),
        "title": found.title,
        "unit": found.unit,
        "layout": found.layout.value,
        "header_rows": list(found.header_rows),
        "columns": list(found.columns),
        "rows": found.data_rows,
        "total_rows": list(found.total_rows),
        "note_rows": list(found.note_rows),
        "warnings": list(found.warnings),
    }


def reading_text(found: Reading) -> str:
    """How the file is read, for people, with the first rows."""
    facts = [found.encoding, f"分隔符 {found.delimiter!r}" if found.delimiter else "", found.sheet]
    lines = [
        f"{found.file_name}：{' · '.join(fact for fact in facts if fact)} · 认作 {found.layout.label}",
        f"标题：{found.title or '—'}",
        f"单位：{found.unit or '—'}",
        (
            f"表头 第 {'、'.join(map(str, found.header_rows))} 行；数据 {found.data_rows} 行；"
            f"合计 {len(found.total_rows)} 行；题注 {len(found.note_rows)} 行"
        ),
        f"列：{'、'.join(found.columns)}",
    ]
    lines.extend(f"提示：{warning}" for warning in found.warnings)
    return "\n".join(lines)
