"""Schema changes through Alembic's API, on a connection of ours: no ini file, so frozen builds need none.

Alembic is imported inside the functions; opening an up-to-date ledger never loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from desktop_app.errors import LedgerError
from desktop_app.paths import migrations_dir
from desktop_app.storage.engine import make_engine, write_connection
from desktop_app.storage.schema import APPLICATION_ID, HEAD

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import URL


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings: our folder, and the open connection that env.py works on."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(url: URL, revision: str = HEAD) -> None:
    """Bring a database to ``revision`` in one transaction: it arrives there whole or stays as it was."""
    _move(url, revision, down=False)


def downgrade(url: URL, revision: str) -> None:
    """Bring a database back to an older ``revision`` (``base``: empty), in one transaction."""
    _move(url, revision, down=True)


def _move(url: URL, revision: str, *, down: bool) -> None:
    from alembic import command

    # Rebuilding a SQLite table drops the old one, which the keys that point at it would forbid.
    engine = make_engine(url, foreign_keys=False, pooled=False)
    try:
        with write_connection(engine) as connection:
            config = alembic_config(connection)
            if down:
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)
            if engine.dialect.name == "sqlite":
                if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise LedgerError(
                        "升级后的台账有断开的关联，已放弃升级", hint="台账没有改动；请把台账备份交给维护人员"
                    )
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The schema a database stands at; None when it has none of ours."""
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
