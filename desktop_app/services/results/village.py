"""What the page of a village (村档案) shows."""

from __future__ import annotations

from desktop_app.indicators.results.village import BrandLine, StationLine, VillageEvent, VillagePage, VillageVisit

__all__ = ["BrandLine", "StationLine", "VillageEvent", "VillagePage", "VillageVisit"]
