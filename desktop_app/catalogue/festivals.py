"""Dates of the Spring Festival (春节, 农历正月初一), which moves between 21 January and 20 February."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache

from desktop_app.paths import resources_dir


@lru_cache(maxsize=1)
def spring_festivals() -> dict[int, date]:
    """Year → first day of the lunar year, for the years of the shipped table."""
    with (resources_dir() / "calendar" / "festivals.toml").open("rb") as file:
        days: list[date] = tomllib.load(file)["spring_festival"]
    return {day.year: day for day in days}
