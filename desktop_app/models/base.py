"""Declarative base, naming convention for constraints, and the column types that all entities share.

Everything is stored in the same form in SQLite and PostgreSQL: amounts as fixed-point integers, months as 202103,
moments as UTC text, enums as short words with a CHECK.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Enum, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that a later migration can drop, on both databases."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as ISO text in UTC with milliseconds (2021-04-05T01:02:03.456Z); sorts as text.

    Naive datetimes are refused: a ledger may travel between machines with different clock settings.
    """

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Aware datetime → text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("moment without time zone")
        return utc_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Text → aware datetime in UTC."""
        return None if value is None else _moment(value)


# The rows of one batch share their moment, so both directions are remembered.
_moment = lru_cache(maxsize=4096)(datetime.fromisoformat)


@lru_cache(maxsize=4096)
def utc_text(moment: datetime) -> str:
    """Aware datetime → its stored text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_now() -> datetime:
    """This moment, cut to the milliseconds that are stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def word_enum(words: type[StrEnum], name: str) -> Enum:
    """Column type for a StrEnum: its values as VARCHAR with a CHECK named after the column."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=12,
        values_callable=lambda members: [member.value for member in members],
    )


def month_check(column: str) -> CheckConstraint:
    """CHECK that an integer column holds a month as 202103."""
    return CheckConstraint(f"{column} BETWEEN 190001 AND 299912 AND {column} % 100 BETWEEN 1 AND 12", name=column)


Key = BigInteger().with_variant(Integer, "sqlite")
"""Row ids; SQLite gives out ids by itself only for INTEGER."""

RowId = Annotated[int, mapped_column(Key, primary_key=True)]
Amount = Annotated[int, mapped_column(BigInteger)]
"""Fixed-point: base unit × 10 000."""
MonthKey = Annotated[int, mapped_column(Integer)]
"""A month as 202103."""
RegionCode = Annotated[str, mapped_column(String(12))]
"""12-digit 统计用区划代码, zeros kept."""
Sha256 = Annotated[str, mapped_column(String(64))]
"""Hex digits in lower case."""


class Base(DeclarativeBase):
    """Base of all entities."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, dict[str, int]: JSON}
