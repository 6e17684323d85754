"""Where villages may go while their file is still being read."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """Takes villages ahead of the plan; whether they count is said by :attr:`BulkRegions.written`."""

    def restart(self, *, counted: bool) -> None:
        """Forget what was taken. ``counted``: whether the lines to come have head counts."""
        ...

    def put(self, kind: int, text: bytes) -> None:
        """Lines of a :class:`~desktop_app.importing.bulk.regions.Block`; later ones have higher codes."""
        ...
