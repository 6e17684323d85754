"""``indicator``, ``coverage``, ``green`` and ``duties``: what stands in the ledger."""

from __future__ import annotations

from contextlib import closing

from desktop_app.cli.commands import Arguments
from desktop_app.cli.opening import opened
from desktop_app.cli.output import emit, table


def indicator(arguments: Arguments) -> int:
    """``indicator``."""
    from desktop_app.cli import shapes
    from desktop_app.cli.tracing import definition_lines
    from desktop_app.services.definitions import compare
    from desktop_app.services.figures import figure_report

    with closing(opened(arguments)) as ledger:
        report = figure_report(
            ledger,
            arguments.code,
            arguments.period,
            by=arguments.by,
            region=arguments.region,
            first=arguments.first,
            last=arguments.last,
        )
        table = compare(ledger, report.figure.code, arguments.period) if arguments.region is None else None
    data, text = shapes.figure_report(report), shapes.figure_text(report)
    if table is not None:
        data["definitions"] = definition_lines(table)
        told = "；".join(f"{line.name} {line.text}{'（所用）' if line.used else ''}" for line in table.lines)
        text = f"{text}\n各口径：{told}"
    emit(arguments, data, text)
    return 0


def coverage(arguments: Arguments) -> int:
    """``coverage``."""
    from desktop_app.cli import shapes
    from desktop_app.services.rural import coverage_report

    with closing(opened(arguments)) as ledger:
        report = coverage_report(ledger, arguments.period, arguments.definition, by=arguments.by, gaps=arguments.gaps)
    emit(arguments, shapes.coverage(report), shapes.coverage_text(report))
    return 0


def green(arguments: Arguments) -> int:
    """``green``."""
    from desktop_app.cli import green_shapes
    from desktop_app.services.green import green_report
    from desktop_app.services.outlet_rates import outlet_rates, rate_heads

    with closing(opened(arguments)) as ledger:
        report = green_report(ledger, arguments.period, arguments.programme)
        outlets = outlet_rates(ledger, arguments.period.last) if arguments.by == "outlet" else ()
        heads = rate_heads(ledger, outlets)
    each = arguments.by == "enterprise"
    data, text = green_shapes.green(report, by_enterprise=each), green_shapes.green_text(report, by_enterprise=each)
    if arguments.by == "outlet":
        text += f"\n\n分网点（{arguments.period.last.label}）\n" + green_shapes.outlets_text(outlets, heads)
        data |= {"outlets": green_shapes.outlets(outlets)}
    emit(arguments, data, text)
    return 0


def duties(arguments: Arguments) -> int:
    """``duties``."""
    from desktop_app.services.duties import duties as duty_rows

    with closing(opened(arguments)) as ledger:
        rows = duty_rows(ledger, arguments.period)
    data = [
        {
            "enterprise": r.enterprise,
            "state": r.state,
            "volume": r.volume,
            "yoy": r.yoy,
            "problem": r.problem,
            "batches": list(r.batches),
        }
        for r in rows
    ]
    heads = ["企业", "状态", "业务量(件)", "同比", "说明"]
    emit(arguments, data, table(heads, [[r.enterprise, r.state, r.volume, r.yoy, r.problem] for r in rows]))
    return 0
