"""What was printed, frozen with its short code; append-only like the figures themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "report_snapshot"
STEPS = ("UPDATE", "DELETE")


def upgrade() -> None:
    """One table with its triggers."""
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("edition", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.String(24), nullable=False),
        sa.Column("printed_by", sa.String(60), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_snapshot"),
        sa.UniqueConstraint("code", name="uq_report_snapshot_code"),
    )
    for step in STEPS:
        body = "EXECUTE FUNCTION refuse_change()"
        if not _server():
            body = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        op.execute(f"CREATE TRIGGER tr_{TABLE}_no_{step.lower()} BEFORE {step} ON {TABLE} FOR EACH ROW {body}")


def downgrade() -> None:
    """Without it; its triggers go with it."""
    op.drop_table(TABLE)


def _server() -> bool:
    return op.get_context().dialect.name == "postgresql"
