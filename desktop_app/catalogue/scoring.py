"""``[[scoring]]`` entries: the forms by which 绿色网点 and 绿色分拨中心 are scored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.catalogue.reading import Entry


@dataclass(frozen=True)
class ScoringItem:
    """One line of the form with what it is worth."""

    name: str
    full: Decimal
    text: str


@dataclass(frozen=True)
class ScoringForm:
    """A form: passed with ``pass_pct`` of the total and no veto."""

    code: str
    name: str
    pass_pct: Decimal
    items: tuple[ScoringItem, ...]
    vetoes: tuple[str, ...]
    note: str
    source: str


def read_scoring(entry: Entry) -> ScoringForm:
    """One form; it has items, each worth something."""
    items = []
    for each in entry.tables("item"):
        item = ScoringItem(each.text("name"), each.decimal("full"), each.text("text", ""))
        each.finish()
        if item.full <= 0:
            raise each.error("full（满分）应大于 0")
        items.append(item)
    form = ScoringForm(
        code=entry.text("code"),
        name=entry.text("name"),
        pass_pct=entry.decimal("pass_pct"),
        items=tuple(items),
        vetoes=entry.texts("vetoes"),
        note=entry.text("note", ""),
        source=entry.text("source"),
    )
    entry.finish()
    if not items:
        raise entry.error("评分表里没有评分项 [[scoring.item]]")
    if not 0 < form.pass_pct <= 100:
        raise entry.error("pass_pct（达标比例）应在 0 和 100 之间")
    return form
