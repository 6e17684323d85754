"""What the list of mapping profiles shows; the profiles themselves are frozen already."""

from __future__ import annotations

from desktop_app.importing.profiles import Layout, MappingProfile, ProfileColumn
from desktop_app.importing.said import SKIP

__all__ = ["SKIP", "Layout", "MappingProfile", "ProfileColumn"]
