"""What the window asks about 快递进村 beyond its board: villages, rates, places. Mixed into :class:`Backend`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.views.backends.base import LedgerBackend

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.services.results.main_brands import BrandList
    from desktop_app.services.results.proof import Proof
    from desktop_app.services.results.reports import ReportFile
    from desktop_app.services.results.rural_map import RuralMap, TilePlaces
    from desktop_app.services.results.rural_rates import RateTable, RuralWatch
    from desktop_app.services.results.village import VillagePage


class VillagesBackend(LedgerBackend):
    """Villages, rates and places."""

    def village(self, code: str, month: Month) -> VillagePage:
        """The page of one village."""
        from desktop_app.services import village_pages

        return village_pages.village_page(self._opened(), code, month)

    def write_village(self, code: str, month: Month, out: Path) -> ReportFile:
        """Write the page of one village as PDF, Word or Excel."""
        from datetime import datetime

        from desktop_app.services import village_pages

        today = datetime.now().astimezone().date()
        return village_pages.write_village(self._opened(), code, month, out, today)

    def proof(self, sha256: str) -> Proof:
        """The photo or file of a record, checked against its hash, to be shown."""
        from desktop_app.services import proofs

        return proofs.proof_of(self._opened(), sha256)

    def rural_rates(self, month: Month, by: str) -> RateTable:
        """Every rate by township, brand, mode or month."""
        from desktop_app.services import rural_rates

        return rural_rates.rate_table(self._opened(), month, by)

    def rural_watch(self, month: Month) -> RuralWatch:
        """The pace towards the targets, and what has fallen back."""
        from desktop_app.services import rural_rates

        return rural_rates.rural_watch(self._opened(), month)

    def main_brands(self, year: int) -> BrandList:
        """The 主要品牌 of a year."""
        from desktop_app.services import main_brands

        return main_brands.main_brands(self._opened(), year)

    def set_main_brands(self, year: int, brands: Sequence[str]) -> BrandList:
        """Set the 主要品牌 from a year on."""
        from desktop_app.services import main_brands

        return main_brands.set_main_brands(self._opened(), year, brands)

    def tile_places(self) -> TilePlaces:
        """Where the tiles of the townships stand."""
        from desktop_app.services import rural_places

        return rural_places.tile_places(self._opened())

    def set_tile_places(self, places: TilePlaces) -> None:
        """Remember where they stand."""
        from desktop_app.services import rural_places

        rural_places.set_tile_places(self._opened(), places)

    def rural_map(self) -> RuralMap:
        """Boundaries and points that have been loaded."""
        from desktop_app.services import rural_map

        return rural_map.rural_map(self._opened())

    def load_rural_map(self, file: Path) -> RuralMap:
        """Read boundaries (GeoJSON) or village points (GeoJSON, CSV) and keep them with the ledger."""
        from desktop_app.services import rural_map

        return rural_map.load_map(self._opened(), file)
