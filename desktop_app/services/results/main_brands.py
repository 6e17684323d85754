"""The list of 主要品牌 of a year."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BrandList:
    """``chosen``: brands that count in ``year``; ``known``: these and every other brand of the ledger."""

    year: int
    chosen: tuple[str, ...]
    known: tuple[str, ...]
