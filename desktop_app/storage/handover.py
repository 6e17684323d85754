"""Coverage records that go on under another code when villages move, merge or split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.models.values import Month

if TYPE_CHECKING:
    from desktop_app.storage.coverage import StoredCoverage


HANDED = "承接"
"""The reason of every record that came from another code begins so."""
_MOST_REASON = 200


@dataclass(frozen=True)
class Handover:
    """Records of ``sources`` go on under ``into``.

    ``new``: ``into`` is another unit than the one that had records under the code, if any had. ``parcels``: what was
    carried in a month goes along; of a village that is split nobody can say which part it was carried to.
    """

    into: str
    sources: tuple[str, ...]
    new: bool
    parcels: bool = True


def handed_over(
    order: Handover, records: Iterable[StoredCoverage], month: Month, *, unused: bool
) -> Iterator[StoredCoverage]:
    """What is written under ``order.into``.

    From ``month`` on the newest record of each brand counts (in one month a running service before one that does not
    run); nothing is written where that is the village's own. A month's parcels are those of all sources together, and
    never go on to another month.

    :param records: of the sources, and of ``into`` where it is not new.
    :param unused: nobody ever had the code: its village's past is that of the sources, so that since when a service
        is there, or gone, is known under the new code too. In a month before ``month`` a brand served the merged
        village if it served one of the sources.
    """
    brands: dict[str, list[StoredCoverage]] = {}
    for record in records:
        brands.setdefault(record.brand, []).append(record)
    for mine in brands.values():
        past = [record for record in mine if record.month < month]
        told = list(_past(order, past)) if unused else []
        yield from told
        at = [record for record in mine if record.month == month]
        if past and not at:
            newest = max(past, key=lambda r: (r.month, r.state.served, r.village_code == order.into, r.village_code))
            if (order.new or newest.village_code != order.into) and not (told and _same(told[-1], newest)):
                yield _under(order, newest, month, ())
        for when in sorted({record.month for record in mine if record.month >= month}):
            yield from _present(order, [record for record in mine if record.month == when])


def _past(order: Handover, past: Sequence[StoredCoverage]) -> Iterator[StoredCoverage]:
    """The sources' months before as one village's: what is told twice is written once."""
    before: StoredCoverage | None = None
    for when in sorted({record.month for record in past}):
        known = {record.village_code: record for record in sorted(past, key=_month) if record.month <= when}
        best = max(known.values(), key=lambda r: (r.state.served, r.month, r.village_code))
        if best is not before:
            yield _under(order, best, when, [record for record in past if record.month == when])
        before = best


def _present(order: Handover, records: Sequence[StoredCoverage]) -> Iterator[StoredCoverage]:
    best = max(records, key=lambda r: (r.state.served, r.village_code == order.into))
    others = [record for record in records if record.village_code != order.into]
    more = order.parcels and any(r.parcels_in is not None or r.parcels_out is not None for r in others)
    if order.new or best.village_code != order.into or more:
        yield _under(order, best, best.month, records)


def _under(order: Handover, record: StoredCoverage, month: Month, whose: Sequence[StoredCoverage]) -> StoredCoverage:
    """The record under the new code. ``whose``: records of the month whose parcels are its parcels."""
    counted = whose if order.parcels else ()
    told = f"{HANDED} {record.village_code} 在 {record.month} 的记录"
    return record._replace(
        village_code=order.into,
        month=month,
        row=0,
        sheet="",
        parcels_in=_sum(each.parcels_in for each in counted),
        parcels_out=_sum(each.parcels_out for each in counted),
        reason="：".join(filter(None, (told, record.reason)))[:_MOST_REASON],
    )


def _same(written: StoredCoverage, record: StoredCoverage) -> bool:
    """Whether what was written last is this record."""
    return written.id == record.id and written.month == record.month


def _month(record: StoredCoverage) -> Month:
    return record.month


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
