"""Alembic's entry: works on the connection that storage.migrate hands over, inside its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from desktop_app.models.schema import metadata


def run() -> None:
    """Run the asked-for steps. Tables of SQLite are rebuilt where it cannot alter them (batch mode)."""
    connection = context.config.attributes["connection"]
    if not isinstance(connection, Connection):
        raise TypeError("migrations run through desktop_app.storage.migrate")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
