"""Settings of the check rules, append-only: who set what, when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "rule_setting"
STEPS = ("UPDATE", "DELETE")


def upgrade() -> None:
    """One table, which the database itself refuses to change."""
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(12), nullable=True),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("created_by", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_setting"),
        sa.CheckConstraint("severity IN ('error', 'warning', 'off')", name=op.f("ck_rule_setting_severity")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_rule_setting_reason")),
    )
    op.create_index("ix_rule_setting_code", TABLE, ["code"])
    server = op.get_context().dialect.name == "postgresql"
    for step in STEPS:
        body = "EXECUTE FUNCTION refuse_change()"
        if not server:
            body = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        op.execute(f"CREATE TRIGGER {_name(step)} BEFORE {step} ON {TABLE} FOR EACH ROW {body}")


def downgrade() -> None:
    """Without it; its triggers go with the table."""
    op.drop_table(TABLE)


def _name(step: str) -> str:
    return f"tr_{TABLE}_no_{step.lower()}"
