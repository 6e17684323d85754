"""Figures that come from the outlet register (网点名录): 回收装置覆盖率 over the filed outlets of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.models.values import Flag, Month, OutletKind

FILED_KINDS = (OutletKind.BRANCH, OutletKind.TERMINAL)
"""Kinds that are filed with the bureau (备案); village stations, public stations and lockers are not counted."""
CODE = "GRN.RECYC.REG"


@dataclass(frozen=True)
class OutletFact:
    """What is asked of one outlet. ``enterprise`` None: nobody's in particular; opened and closed are months."""

    id: int
    enterprise: int | None
    kind: OutletKind
    filed: bool
    opened: Month | None
    closed: Month | None
    recycling: Flag

    def counts(self, month: Month) -> bool:
        """Whether it is a filed outlet that was open in the month."""
        if not self.filed or self.kind not in FILED_KINDS:
            return False
        return (self.opened is None or self.opened <= month) and (self.closed is None or month <= self.closed)


@dataclass(frozen=True)
class OutletCount:
    """Filed outlets, those with a device, and those of which the register says nothing."""

    filed: int
    equipped: int
    unknown: int

    @property
    def rate_pct(self) -> Fraction | None:
        """In percent; None without filed outlets, and while nothing is known of any (未报 is not 0 %)."""
        if not self.filed or self.unknown == self.filed:
            return None
        return Fraction(self.equipped * 100, self.filed)


def count_outlets(outlets: Sequence[OutletFact], month: Month, enterprise: int | None = None) -> OutletCount:
    """The register as of the month, of one company where named."""
    found = [o for o in outlets if o.counts(month) and (enterprise is None or o.enterprise == enterprise)]
    return OutletCount(
        len(found),
        sum(o.recycling is Flag.YES for o in found),
        sum(o.recycling is Flag.MISSING for o in found),
    )


def outlet_value(outlets: Sequence[OutletFact], code: str, month: Month) -> Fraction | None:
    """The indicator ``code`` of kind COVERAGE that rests on outlets; None for any other."""
    return count_outlets(outlets, month).rate_pct if code == CODE else None
