"""The schema's way up and down, on both databases; models, constants and diagram agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL

from desktop_app.models.schema import metadata
from desktop_app.paths import migrations_dir
from desktop_app.storage import migrate
from desktop_app.storage.engine import ledger_url, make_engine, read_connection, write_connection
from desktop_app.storage.schema import HEAD, REVISIONS


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """An empty database."""
    if request.param == "sqlite":
        return ledger_url(tmp_path / "ledger.db")
    return ledger_url(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(url: URL) -> Iterator[Engine]:
    made = make_engine(url, pooled=False)
    yield made
    made.dispose()


def shape(connection: Connection) -> dict[str, object]:
    """Tables, columns, keys, checks, indexes and triggers, as the database itself tells them."""
    seen = inspect(connection)
    triggers = (
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    tables = {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)],
            "primary": seen.get_pk_constraint(table),
            "foreign": sorted(str(k["name"]) for k in seen.get_foreign_keys(table)),
            "unique": sorted(str(k["name"]) for k in seen.get_unique_constraints(table)),
            "checks": sorted((str(k["name"]), k["sqltext"]) for k in seen.get_check_constraints(table)),
            "indexes": sorted((str(i["name"]), bool(i["unique"])) for i in seen.get_indexes(table)),
        }
        for table in sorted(seen.get_table_names())
    }
    return {**tables, "triggers": sorted(connection.execute(text(triggers)).scalars())}


def looked_at(engine: Engine) -> dict[str, object]:
    with read_connection(engine) as connection:
        return shape(connection)


def test_each_step_up_and_down_leads_to_the_same_place(url: URL, engine: Engine) -> None:
    shapes = []
    for revision in REVISIONS:
        migrate.upgrade(url, revision)
        shapes.append(looked_at(engine))
    for number in range(len(REVISIONS) - 2, -1, -1):
        migrate.downgrade(url, REVISIONS[number])
        assert looked_at(engine) == shapes[number]
    migrate.downgrade(url, "base")
    assert set(looked_at(engine)) == {"alembic_version", "triggers"}
    migrate.upgrade(url)
    assert looked_at(engine) == shapes[-1]


def test_rows_survive_the_way_down_and_up(url: URL, engine: Engine) -> None:
    migrate.upgrade(url)
    with write_connection(engine) as connection:
        connection.execute(
            text("INSERT INTO audit_event VALUES (1, '2021-01-01T00:00:00.000Z', '王', '导入', '一', '{}', 'a', 'b')")
        )
        connection.execute(text("INSERT INTO ledger_setting VALUES ('region_name', '蛟河市')"))
    for number in range(len(REVISIONS) - 2, -1, -1):
        migrate.downgrade(url, REVISIONS[number])
    migrate.upgrade(url)
    with read_connection(engine) as connection:
        assert connection.execute(text("SELECT actor FROM audit_event")).scalar() == "王"
        assert connection.execute(text("SELECT value FROM ledger_setting")).scalar() == "蛟河市"
        assert migrate.revision_of(connection) == HEAD


def test_the_models_are_what_the_migrations_make(url: URL, engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    migrate.upgrade(url)
    with read_connection(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_checks_are_what_the_migrations_make(url: URL, tmp_path: Path, engine: Engine) -> None:
    """Alembic does not compare CHECKs and partial indexes: a database made from the models must have the same."""
    migrate.upgrade(url)
    made = looked_at(engine)
    migrate.downgrade(url, "base")
    with write_connection(engine) as connection:
        metadata.create_all(connection)
    fresh = looked_at(engine)
    for table in metadata.tables:
        assert made[table] == fresh[table], table


def test_every_constraint_has_a_name(url: URL, engine: Engine) -> None:
    migrate.upgrade(url)
    with read_connection(engine) as connection:
        seen = inspect(connection)
        for table in metadata.tables:
            assert seen.get_pk_constraint(table)["name"] == f"pk_{table}"
            named = [
                *seen.get_foreign_keys(table),
                *seen.get_unique_constraints(table),
                *seen.get_check_constraints(table),
            ]
            assert all(constraint["name"] for constraint in named), table


def test_the_list_of_revisions_is_the_folder() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(migrations_dir()))
    walked = [step.revision for step in script.walk_revisions()]
    assert walked[::-1] == list(REVISIONS)
    assert script.get_heads() == [HEAD]
    files = sorted(path.name for path in (migrations_dir() / "versions").glob("*.py"))
    assert [name[:4] for name in files] == list(REVISIONS), "file names begin with their number"


def test_the_diagram_is_current() -> None:
    from db.make_schema import TARGET, render

    assert TARGET.read_text(encoding="utf-8") == render(), "run: python db/make_schema.py"
    assert all(f"    {table} {{" in render() for table in metadata.tables)
