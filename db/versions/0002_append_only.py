"""The database itself refuses to change or delete what is append-only: figures, coverage, evidence, audit trail.

A later migration that rebuilds one of these tables in SQLite must drop and create its triggers around the step.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("observation", "coverage_record", "evidence_file", "audit_event")
STEPS = ("UPDATE", "DELETE")


def upgrade() -> None:
    """One trigger per table and kind of statement."""
    server = op.get_context().dialect.name == "postgresql"
    if server:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in TABLES:
        for step in STEPS:
            body = "EXECUTE FUNCTION refuse_change()"
            if not server:
                body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            op.execute(f"CREATE TRIGGER {_name(table, step)} BEFORE {step} ON {table} FOR EACH ROW {body}")


def downgrade() -> None:
    """Without the triggers."""
    server = op.get_context().dialect.name == "postgresql"
    for table in TABLES:
        for step in STEPS:
            op.execute(f"DROP TRIGGER {_name(table, step)}" + (f" ON {table}" if server else ""))
    if server:
        op.execute("DROP FUNCTION refuse_change()")


def _name(table: str, step: str) -> str:
    return f"tr_{table}_no_{step.lower()}"
