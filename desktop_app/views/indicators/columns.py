"""Columns of the indicator table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from desktop_app.services.results.figures import Figure, TableLine
from desktop_app.services.results.overview import Tone
from desktop_app.views.indicators import words
from desktop_app.views.qtmodels.columns import Align, Column


def _change(head: str, pick: Callable[[Figure], Decimal | None], basis: Callable[[Figure], str]) -> Column[TableLine]:
    def tone(line: TableLine) -> Tone | None:
        return words.change_tone(line.figure, pick(line.figure))

    return Column(
        head,
        lambda line: words.change(line.figure, pick(line.figure), basis(line.figure)),
        Align.RIGHT,
        tone=tone,
        tip=lambda line: words.change_tip(line.figure, basis(line.figure)),
        head_tip="比率和指数写增减的百分点（点），其余写增减的百分数；“—”表示基数为零、未报或无数据，不能算",
    )


def _nothing(_figure: Figure) -> str:
    return ""


def _cumulative_tone(line: TableLine) -> Tone | None:
    return None if line.figure.cumulative is not None else Tone.NEUTRAL


def _figures(*, nested: bool) -> tuple[Column[TableLine], ...]:
    """Name, unit and amount; where some lines are parts of others, the wholes are set in bold."""
    return (
        Column(
            "指标",
            lambda line: line.figure.name,
            bold=lambda line: nested and line.indent == 0,
            indent=lambda line: line.indent,
            tip=lambda line: f"{line.figure.name}\n{line.figure.definition}",
            stretch=True,
        ),
        Column("单位", lambda line: line.figure.display_unit, muted=True),
        Column(
            "本月",
            lambda line: line.figure.text,
            Align.RIGHT,
            bold=lambda line: nested and line.indent == 0 and line.figure.value is not None,
            tone=lambda line: words.value_tone(line.figure),
            tip=lambda line: words.value_tip(line.figure),
        ),
    )


_CHANGES: tuple[Column[TableLine], ...] = (
    _change("同比%", lambda f: f.yoy_pct, lambda f: f.yoy_basis),
    _change("环比%", lambda f: f.mom_pct, _nothing),
    Column(
        "累计",
        lambda line: line.figure.cumulative_text,
        Align.RIGHT,
        tone=_cumulative_tone,
        tip=lambda line: line.figure.cumulative_label,
    ),
    _change("累计同比%", lambda f: f.cumulative_yoy_pct, lambda f: f.cumulative_yoy_basis),
)

_SHARES: tuple[Column[TableLine], ...] = (
    Column("比重%", lambda line: words.share(line.figure.share_pct), Align.RIGHT, head_tip="占合计的比重"),
    Column(
        "±百分点",
        lambda line: words.signed(line.figure.share_change_pp) if line.figure.share_pct is not None else "",
        Align.RIGHT,
        tone=lambda line: _share_tone(line.figure),
        head_tip="比重与上年同期之差",
    ),
)


def _share_tone(figure: Figure) -> Tone | None:
    """More of one part is less of another: neither is good or bad, whatever its sign."""
    return Tone.NEUTRAL if figure.share_change_pp is None else None


def columns_for(lines: Sequence[TableLine]) -> tuple[Column[TableLine], ...]:
    """The columns that say something about these lines: shares only where there are parts of a whole."""
    return _columns(
        nested=any(line.indent for line in lines),
        shares=any(line.figure.share_pct is not None for line in lines),
    )


@lru_cache
def _columns(*, nested: bool, shares: bool) -> tuple[Column[TableLine], ...]:
    return _figures(nested=nested) + _CHANGES + (_SHARES if shares else ())
