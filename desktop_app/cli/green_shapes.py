"""``green``: a programme's lines, the company matrix and single outlets, as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.cli.output import table
from desktop_app.cli.shapes import Json, amount
from desktop_app.services.results.green import GreenCell, GreenReport
from desktop_app.services.results.scoring import OutletRates


def green(report: GreenReport, *, by_enterprise: bool) -> Json:
    """``green``; with ``--by enterprise`` also the company matrix."""
    data: Json = {
        "period": report.period,
        "programme": report.programme,
        "name": report.programme_name,
        "lines": [
            {
                "indicator": line.indicator,
                "name": line.name,
                "comparator": line.comparator,
                "target": amount(line.target),
                "target_text": line.target_text,
                "value": amount(line.value),
                "unit": line.unit,
                "numerator": amount(line.numerator),
                "denominator": amount(line.denominator),
                "met": line.met,
                "state": line.state.value,
                "clause": line.clause,
                "as_of": line.as_of,
                "note": line.note,
                "rate_only": list(line.rate_only),
                "handed_down": line.handed_down,
                "area": line.area,
                "area_met": line.area_met,
            }
            for line in report.lines
        ],
    }
    if by_enterprise:
        data["enterprises"] = list(report.enterprises)
        data["rows"] = [
            {
                "indicator": row.indicator,
                "name": row.name,
                "county": _cell(row.county),
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in report.matrix
        ]
    return data


def _cell(cell: GreenCell) -> Json:
    return {
        "value": amount(cell.value),
        "text": cell.text,
        "state": cell.state.value,
        "met": cell.met,
        "rate_only": cell.rate_only,
    }


def _cell_text(cell: GreenCell) -> str:
    return f"{cell.text} ◇" if cell.rate_only else cell.text


def green_text(report: GreenReport, *, by_enterprise: bool) -> str:
    """The programme's lines as a table; by company, the companies' rates below them."""
    cells = [[n.name, n.target_text, n.value_text, n.gap_text, n.state_text, n.clause, n.remark] for n in report.lines]
    head = f"{report.programme_name} {report.period}"
    lines = head + "\n" + table(["指标", "目标", "现值", "差距", "状态", "条款", "说明"], cells)
    if report.rate_only:
        lines += f"\n◇ 只报比率、没有报分子分母，不计入全县：{report.rate_only_words}"
    if not by_enterprise:
        return lines
    companies = [
        [name, *(_cell_text(row.cells[number]) for row in report.matrix)]
        for number, name in enumerate(report.enterprises)
    ]
    county = ["全县", *(row.county.text for row in report.matrix)]
    heads = ["企业", *(row.name for row in report.matrix)]
    return f"{lines}\n\n分企业\n{table(heads, [*companies, county])}"


def outlets(found: Sequence[OutletRates]) -> list[Json]:
    """``green --by outlet``."""
    return [
        {
            "enterprise": each.company,
            "outlet": each.outlet,
            "rates": {
                code: {"value": amount(rate.value), "text": rate.text, "basis": rate.basis}
                for code, rate in each.rates.items()
            },
        }
        for each in found
    ]


def outlets_text(found: Sequence[OutletRates], heads: Sequence[tuple[str, str]]) -> str:
    """The same as a table, one column a rate that some outlet has."""
    rows = [[o.company, o.outlet, *(o.rates[c].text if c in o.rates else "未报" for c, _ in heads)] for o in found]
    return table(["企业", "网点", *(name for _, name in heads)], rows)
