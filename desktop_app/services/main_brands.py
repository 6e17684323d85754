"""主要品牌 by year: which brands count for 主要品牌通达; the list is the bureau's to change."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.errors import UserError
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.services.results.main_brands import BrandList
from desktop_app.storage import audit, enterprises
from desktop_app.storage.engine import Ledger

ACTION = "设定主要品牌"


def main_brands(ledger: Ledger, year: int) -> BrandList:
    """The list that holds in ``year`` and every brand that the ledger knows of."""
    book = context.coverage_book(ledger)
    with ledger.read() as session:
        chosen = enterprises.major_brands(session, year)
        companies = [company.brand for company in enterprises.enterprises(session) if company.brand]
    known = dict.fromkeys((*chosen, *companies, *book.brands))
    return BrandList(year, tuple(chosen), tuple(known))


def set_main_brands(ledger: Ledger, year: int, brands: Iterable[str]) -> BrandList:
    """Let these brands count from ``year`` on; earlier years stay as they were.

    :raises UserError: no brand is named.
    """
    wanted = tuple(dict.fromkeys(brand.strip() for brand in brands if brand.strip()))
    if not wanted:
        raise UserError("主要品牌至少要有一个", hint="勾选品牌，或在下面写上名称再加入")
    before = main_brands(ledger, year).chosen
    if set(before) != set(wanted):
        with ledger.write() as session:
            enterprises.set_major_brands(session, year, wanted)
            detail = {"之前": "、".join(before), "之后": "、".join(wanted)}
            audit.append(session, actor(), ACTION, f"{year}年起 {len(wanted)} 个", detail)
    return main_brands(ledger, year)
