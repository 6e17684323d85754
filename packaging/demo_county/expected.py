"""Totals that the program must reach when it has imported the sample: added up here, without the program."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from demo_county import green
from demo_county.basics import MARCH, MONTHS, Month, yuan
from demo_county.companies import BRANDS, BY_STEM, STEMS
from demo_county.coverage import VillageMonth, served
from demo_county.forms import form_lines, in_ten_thousands
from demo_county.market import Figures
from demo_county.monthly import green_missing
from demo_county.outlets import with_village_station
from demo_county.reporting import stored

if TYPE_CHECKING:
    from demo_county.build import Truth

Json = dict[str, Any]

_VOLUMES = ("local", "inter", "abroad")
_REVENUES = ("rev_local", "rev_inter", "rev_abroad", "rev_other")


def _market(reported: Mapping[str, Figures | None]) -> Json:
    there = [figures for figures in reported.values() if figures is not None]
    sums = {field.name: sum(getattr(figures, field.name) for figures in there) for field in fields(Figures)}
    return {
        "reported": len(there),
        "missing": [BY_STEM[stem].short for stem, figures in reported.items() if figures is None],
        "volume": {name: sums[name] for name in _VOLUMES} | {"total": sum(sums[name] for name in _VOLUMES)},
        "revenue_yuan": {name.removeprefix("rev_"): yuan(sums[name]) for name in _REVENUES}
        | {"total": yuan(sum(sums[name] for name in _REVENUES))},
        "inbound": sums["inbound"],
        "stocks": {
            "分支机构": sums["branches"],
            "末端网点": sums["outlets"],
            "末端公共服务站": sums["stations"],
            "智能快件箱": sums["lockers"],
            "从业人员": sums["staff"],
            "“快递进村”服务站点": sums["village_points"],
        },
    }


def _coverage(states: Mapping[str, VillageMonth], registered: Collection[str]) -> Json:
    villages = states.values()
    return {
        "villages": len(states),
        "any": sum(state.reached for state in villages),
        "direct": sum(state.direct for state in villages),
        "all_brands": sum(all(map(served, state.cells)) for state in villages),
        "weekly_3_or_more": sum(state.weekly >= 3 for state in villages),
        "with_station": sum(bool(state.station) or code in registered for code, state in states.items()),
        "brands": {brand: sum(served(state.cells[place]) for state in villages) for place, brand in enumerate(BRANDS)},
    }


def _green(truth: Truth, month: Month, missing: tuple[str, ...]) -> Json:
    stems = [stem for stem in STEMS if stem not in missing]
    return {column: sum(truth.green[month, stem][column] for stem in stems) for column in green.COLUMNS}


def _form(truth: Truth, stem: str) -> Json:
    """The amounts of a company's form of March 2021 in base units, as its file states them."""
    lines = form_lines(truth.market, BY_STEM[stem])
    if stem == "壬":
        lines = in_ten_thousands(lines)
    factor = 10_000 if stem == "壬" else 1
    return {
        line.name: {
            "current": _plain(line.current * factor),
            "previous": _plain(line.previous * factor),
            "cumulative": _plain(line.cumulative * factor),
        }
        for line in lines
    }


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def expected_json(truth: Truth) -> bytes:
    """The document tests/sample/expected.json.

    ``months``: after the 24 folders. ``by_hand``: what each company's file of 2021-03/ says, in 件 and 元.
    ``green_by_hand``: the county's green sums once 绿色包装_3月.xlsx is in.
    """
    view = stored(truth.market)
    registered = with_village_station(truth.villages)
    months: Json = {}
    running: dict[int, int] = {}
    for month in MONTHS:
        entry = _market({stem: view[month, stem] for stem in STEMS})
        running[month.year] = running.get(month.year, 0) + entry["volume"]["total"]
        months[month.key] = entry | {
            "cumulative_volume": running[month.year],
            "coverage": _coverage(truth.coverage[month], registered),
            "green": _green(truth, month, green_missing(month)),
            "bureau": truth.bureau[month],
        }
    document = {
        "units": truth.registry.count(b"\r\n") - 1,
        "administrative_villages": len(truth.villages),
        "months": months,
        "by_hand": {BY_STEM[stem].short: _form(truth, stem) for stem in STEMS},
        "green_by_hand": _green(truth, MARCH, ("癸",)),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
