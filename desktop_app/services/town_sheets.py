"""Villages by township in the order of their codes: the order of every paper that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.coverage_entry import brands_of
from desktop_app.services.results.rural import TownRow, VillageRow
from desktop_app.services.rural import evidence_days, town_rows, village_rows
from desktop_app.storage.engine import Ledger


def town_sheets(ledger: Ledger, month: Month, definition: str = "any") -> list[tuple[TownRow, Sequence[VillageRow]]]:
    """Each township with its villages as of ``month``, both in the order of the codes; brands in the register's."""
    order = {brand: place for place, brand in enumerate(brands_of(ledger))}

    def arranged(brands: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(brands, key=lambda brand: order.get(brand, len(order))))

    book = context.coverage_book(ledger)
    snapshot = book.snapshot(month)
    by_town: dict[str, list[VillageRow]] = {}
    for row in sorted(village_rows(book, snapshot, evidence_days(ledger)), key=lambda row: row.code):
        named = replace(row, brands=arranged(row.brands), charged=arranged(row.charged), stopped=arranged(row.stopped))
        by_town.setdefault(row.town_code, []).append(named)
    return [(town, by_town[town.code]) for town in town_rows(book, snapshot, definition, ())]
