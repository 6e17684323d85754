"""What the list of mapping profiles shows; the profiles themselves are frozen already."""

from __future__ import annotations

from desktop_app.importing.plan import SKIP
from desktop_app.importing.profiles import Layout, MappingProfile, ProfileColumn

__all__ = ["SKIP", "Layout", "MappingProfile", "ProfileColumn"]
