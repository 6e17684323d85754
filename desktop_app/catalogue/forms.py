"""Reading ``[[form]]`` entries: official statistical forms row by row."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.catalogue.indicators import known_unit
from desktop_app.catalogue.model import FormRow, Indicator, OfficialForm, Unit
from desktop_app.catalogue.reading import Entry


def read_form(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> OfficialForm:
    """One form; row codes are unique and every row carries a figure that can be reported."""
    rows: dict[str, FormRow] = {}
    for place in entry.tables("row"):
        row = _read_row(place, indicators, units)
        if row.code in rows:
            raise place.error(f"行代码 {row.code} 写了两次")
        rows[row.code] = row
    note = entry.text("note", "")
    words = entry.texts("title_words") if not note else ()
    form = OfficialForm(entry.text("code"), entry.text("name"), words, tuple(rows.values()), note)
    entry.finish()
    if note:
        return form
    if not form.title_words:
        raise entry.error("缺少 title_words（表名用字），文件将认不出这张表")
    if not form.rows:
        raise entry.error("表里没有行 [[form.row]]")
    return form


def _read_row(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> FormRow:
    code = entry.text("indicator")
    indicator = indicators.get(code)
    if indicator is None:
        raise entry.error(f"指标 {code} 没有登记")
    if indicator.formula is not None:
        raise entry.error(f"指标 {code} 由程序计算，表里不能填报")
    row = FormRow(
        code=entry.text("code"),
        name=entry.text("name"),
        unit=known_unit(entry, units, indicator.base_unit).name,
        indicator=code,
        total=entry.flag("total", default=False),
        assumed=entry.flag("assumed", default=False),
    )
    entry.finish()
    return row
