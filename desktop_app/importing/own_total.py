"""The totals that a file itself states (表内合计), to be shown beside the control totals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnTotal:
    """The file's own total of an indicator and what its rows or parts sum up to, both fixed-point.

    ``by_parts``: the sum is one of parts (同城 + 异地 + …) and not of the table's rows.
    """

    stated: int
    summed: int
    agrees: bool
    """Within the rounding of what is written."""
    by_parts: bool = False
