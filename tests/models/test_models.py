"""Column types and small helpers of the entities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from desktop_app.models.audit import AuditEvent
from desktop_app.models.base import UtcDateTime, utc_now, utc_text
from desktop_app.models.coverage import modes_from_text, modes_text
from desktop_app.models.region import Region
from desktop_app.models.schema import metadata
from desktop_app.models.values import CoverageMode, FigureStatus

CHINA = timezone(timedelta(hours=8))


@given(modes=st.frozensets(st.sampled_from(CoverageMode)))
def test_modes_survive_storage_in_one_spelling(modes: frozenset[CoverageMode]) -> None:
    stored = modes_text(sorted(modes))
    assert stored == modes_text(sorted(modes, reverse=True))
    assert modes_from_text(stored) == modes
    column = metadata.tables["coverage_record"].c.modes.type
    assert len(stored) <= column.length  # type: ignore[attr-defined]  # it is a String


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(CHINA)))  # noqa: DTZ001
def test_moments_are_stored_as_text_that_sorts_in_utc(moment: datetime) -> None:
    text = utc_text(moment)
    assert len(text) == 24
    assert datetime.fromisoformat(text) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert (text < utc_text(moment + timedelta(milliseconds=1))) is True


def test_this_moment_is_already_cut_to_what_is_stored() -> None:
    now = utc_now()
    assert datetime.fromisoformat(utc_text(now)) == now
    assert now.tzinfo is UTC


@pytest.fixture
def session() -> Session:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    return Session(engine)


def test_a_moment_without_zone_is_refused(session: Session) -> None:
    with session, pytest.raises(StatementError, match="time zone"):
        session.execute(select(AuditEvent).where(AuditEvent.at == datetime(2021, 1, 1)))  # noqa: DTZ001
    session.get_bind().dispose()  # type: ignore[union-attr]  # it is the engine made above


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "hamlet"},
        {"code": "220281"},
        {"valid_from": 202113},
        {"valid_from": 202103, "valid_to": 202102},
    ],
)
def test_impossible_regions_are_refused(session: Session, wrong: dict[str, object]) -> None:
    right: dict[str, object] = {
        "code": "220281100201",
        "name": "甲村",
        "level": "village",
        "parent_code": "220281100000",
    }
    with session:
        session.add(Region(**right))
        session.commit()
        session.add(Region(**{**right, "valid_from": 202101, **wrong}))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
    session.get_bind().dispose()  # type: ignore[union-attr]


def test_words_of_an_enum_fit_their_column() -> None:
    assert UtcDateTime().impl_instance.length == 24  # type: ignore[attr-defined]
    assert max(len(word) for word in FigureStatus) <= 12
