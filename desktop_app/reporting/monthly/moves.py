"""How a growth has come about: against the period before, by which part, at which place among the neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import quantize
from desktop_app.reporting.content import FigureRun, Measure, Text
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.wording import Origin, Runs, listed_runs, origin_of

VOLUME, REVENUE = "MKT.VOL", "MKT.REV"
_NAMED = 2
"""So many parts are named as what drives the growth."""
_WORTH = Decimal("0.5")
"""A part that pulls by less than this share of the strongest is not named."""


def move_words(data: MonthlyData) -> Mapping[str, Runs | str | None]:
    """Plain slots of the market's sentences."""
    level = _shares_level(data)
    return {
        "shares_level": () if level else None,
        "shares_move": None if level else (),
        "vol_turn": _turn(data, VOLUME),
        "rev_turn": _turn(data, REVENUE),
        "driver": _driver(data),
        **{f"place_{place.code}": _place(data, place.code) for place in data.places},
        "place_MKT.VOL": _place(data, VOLUME),
        "place_MKT.REV": _place(data, REVENUE),
    }


def _shares_level(data: MonthlyData) -> bool:
    """Whether the share of no part of the volume has moved."""
    parts = [figure for code, figure in data.figures.items() if code.startswith(f"{VOLUME}.")]
    moved = [figure.share_change_pp if data.whole else figure.cumulative_share_change_pp for figure in parts]
    return len(moved) > 1 and all(change is not None and quantize(change, 1) == 0 for change in moved)


def _turn(data: MonthlyData, code: str) -> Runs | None:
    """增速较上月加快1.2个百分点, 降幅较上月收窄…, 由降转增; None when one of both rates is lacking or one-sided."""
    figure, before = data.figures.get(code), data.rates_before.get(code)
    if figure is None or figure.yoy_pct is None or figure.yoy_surplus or before is None:
        return None
    now, then = quantize(figure.yoy_pct, 1), quantize(before, 1)
    if now * then < 0:
        return (Text("由降转增" if now > 0 else "由增转降"),)
    if not now or not then:
        return None
    if now == then:
        return (Text(f"{'增速' if now > 0 else '降幅'}与{data.last}持平"),)
    word = ("加快" if now > then else "回落") if now > 0 else ("收窄" if now > then else "扩大")
    text = f"{format_pct(abs(now - then))}个百分点"
    run = origin_of(figure).run(text, Measure.YOY_CHANGE, now - then, "个百分点")
    return Text(f"{'增速' if now > 0 else '降幅'}较{data.last}{word}"), run


def _driver(data: MonthlyData) -> Runs | None:
    """增长主要由异地快递业务拉动（17.6个百分点）拉动: the parts that move the whole the way it went."""
    whole = data.figures.get(VOLUME)
    if whole is None or not whole.yoy_pct or whole.yoy_surplus:
        return None
    up = whole.yoy_pct > 0
    strength = {
        row.code: (row.contribution_pp if up else -row.contribution_pp)
        for row in data.drivers
        if row.contribution_pp is not None
    }
    if len(strength) < len(data.drivers) or not strength or max(strength.values()) <= 0:
        return None
    least = max(strength.values()) * _WORTH
    rows = sorted(data.drivers, key=lambda row: -strength[row.code])
    chosen = [row for row in rows if strength[row.code] >= least][:_NAMED]
    said: list[Runs] = []
    for row in chosen:
        run = FigureRun(
            f"{format_pct(strength[row.code])}个百分点", row.code, Measure.CONTRIBUTION, str(data.time),
            row.contribution_pp or Decimal(0), "百分点",
        )  # fmt: skip
        said.append((Text(f"{row.name}业务（{'' if up else '下拉'}"), run, Text("）")))
    return (
        (Text("业务量增长主要由"), *listed_runs(said), Text("拉动"))
        if up
        else (Text("业务量下降主要受"), *listed_runs(said), Text("影响"))
    )


def _place(data: MonthlyData, code: str) -> Runs | None:
    """居吉林市10个县（市、区）第3位."""
    found = next((place for place in data.places if place.code == code), None)
    figure: Figure | None = data.figures.get(code)
    if found is None or figure is None or figure.value is None:
        return None
    origin = Origin(code, str(data.time))
    return (
        Text(f"居{found.whole}"),
        origin.run(f"{found.of}个", Measure.COUNT, Decimal(found.of), "个"),
        Text("县（市、区）第"),
        origin.run(f"{found.place}位", Measure.COUNT, Decimal(found.place), "位"),
    )
