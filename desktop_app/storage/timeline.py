"""Changes of single villages from a month on: begin, end, rename, hand over; what came before stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from desktop_app.errors import LedgerError
from desktop_app.models.region import Region
from desktop_app.models.values import Month
from desktop_app.storage import coverage
from desktop_app.storage.handover import Handover, handed_over
from desktop_app.storage.registers import ChangeLog

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.storage.coverage import StoredCoverage

_KEPT = (
    *("name", "level", "unit_kind", "parent_code", "administrative_village", "flag_reason"),
    *("households", "population"),
)


class Timeline:
    """Changes that hold from ``month`` on, all within one batch, which can be undone as a whole."""

    def __init__(self, session: Session, month: Month, batch_id: int) -> None:
        self._session, self.month, self._batch = session, month, batch_id
        self._log = ChangeLog(session, batch_id)

    def unit(self, code: str) -> Region:
        """The unit that holds in the month.

        :raises LedgerError: there is none, or it has been changed again after the month.
        """
        rows = self._session.scalars(select(Region).where(Region.code == code).order_by(Region.valid_from)).all()
        holding = [row for row in rows if row.valid_from <= self.month.key <= (row.valid_to or 999_999)]
        if not holding:
            raise LedgerError(f"{self.month.label}没有代码为 {code} 的村", hint="请核对代码，或换一个月份")
        if holding[0] is not rows[-1] or holding[0].valid_to is not None:
            raise LedgerError(
                f"“{holding[0].name}”（{code}）在{self.month.label}之后已有变更",
                hint="请选那次变更之后的月份，或先在“数据导入”的历史里撤销它",
            )
        return holding[0]

    def free(self, code: str) -> bool:
        """Whether no unit has the code in the month or later."""
        later = or_(Region.valid_to.is_(None), Region.valid_to >= self.month.key)
        return self._session.scalars(select(Region.id).where(Region.code == code, later).limit(1)).first() is None

    def begin(self, code: str, name: str, like: Region | None = None, **columns: object) -> Region:
        """A unit that holds from the month on; what is not said is taken from ``like``.

        :raises LedgerError: the code is taken.
        """
        if not self.free(code):
            raise LedgerError(f"代码 {code} 在{self.month.label}已有村使用", hint="请核对 12 位代码")
        kept = {} if like is None else {column: getattr(like, column) for column in _KEPT}
        row = Region(
            **{**kept, "parent_code": code[:9] + "000", **columns, "code": code, "name": name},
            valid_from=self.month.key,
            source_batch_id=self._batch,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def end(self, unit: Region, successor: str | None = None) -> None:
        """The unit ends before the month; one that began with it is taken out. ``successor`` takes its place."""
        self._log.before_change(unit)
        if unit.valid_from >= self.month.key:
            self._session.delete(unit)
        else:
            unit.valid_to = self.month.shift(-1).key
            unit.successor_code = successor
        self._session.flush()

    def alter(self, unit: Region, **columns: object) -> None:
        """Other columns from the month on under the same code (a new name, another flag)."""
        if unit.valid_from >= self.month.key:
            self._log.before_change(unit)
            for name, value in columns.items():
                setattr(unit, name, value)
            self._session.flush()
            return
        self.end(unit, unit.code)
        self.begin(unit.code, str(columns.pop("name", unit.name)), unit, **columns)

    def carry(self, into: str, sources: Sequence[str], *, new: bool) -> int:
        """Records of ``sources`` go on under ``into``; returns how many. See :meth:`carry_all`."""
        return self.carry_all([Handover(into, tuple(sources), new)])

    def carry_all(self, orders: Sequence[Handover]) -> int:
        """All are read before the first is written: see :func:`handed_over`."""
        rows: list[StoredCoverage] = []
        for order in orders:
            own = () if order.new else (order.into,)
            records = coverage.timeline(self._session, villages=[*order.sources, *own])
            rows += handed_over(order, records, self.month, unused=order.new and self._unused(order.into))
        return coverage.insert_coverage(self._session, rows, batch_id=self._batch)

    def _unused(self, code: str) -> bool:
        """Whether the code never was another unit's, nor has records."""
        earlier = select(Region.id).where(Region.code == code, Region.valid_from < self.month.key).limit(1)
        known = self._session.scalars(earlier).first() is not None
        return not known and not coverage.timeline(self._session, villages=[code])
