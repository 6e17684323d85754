"""Daily figures of the peak season, append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = "day BETWEEN 19000101 AND 29991231 AND day / 100 % 100 BETWEEN 1 AND 12 AND day % 100 BETWEEN 1 AND 31"
STEPS = ("UPDATE", "DELETE")


def upgrade() -> None:
    """One table with its two triggers."""
    op.create_table(
        "daily_figure",
        sa.Column("id", KEY, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column("enterprise_id", KEY, nullable=False),
        _word("item", ("收寄", "应投", "妥投")),
        sa.Column("value", sa.BigInteger(), nullable=True),
        _word("state", ("value", "missing", "na", "returned")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(260), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("created_by", sa.String(60), nullable=False),
        sa.CheckConstraint("(state = 'value') = (value IS NOT NULL)", name=op.f("ck_daily_figure_value_with_state")),
        sa.CheckConstraint("value IS NULL OR value >= 0", name=op.f("ck_daily_figure_value")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_daily_figure_version")),
        sa.CheckConstraint(DAY, name=op.f("ck_daily_figure_day")),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_daily_figure_enterprise_id_enterprise"),
        sa.ForeignKeyConstraint(["sha256"], ["evidence_file.sha256"], name="fk_daily_figure_sha256_evidence_file"),
        sa.PrimaryKeyConstraint("id", name="pk_daily_figure"),
        sa.UniqueConstraint(
            "day",
            "region_code",
            "enterprise_id",
            "item",
            "version",
            name="uq_daily_figure_day_region_code_enterprise_id_item_version",
        ),
    )
    op.create_index("ix_daily_figure_entry", "daily_figure", ["entry"])
    server = op.get_context().dialect.name == "postgresql"
    for step in STEPS:
        body = "EXECUTE FUNCTION refuse_change()"
        if not server:
            body = "BEGIN SELECT RAISE(ABORT, 'daily_figure is append-only'); END"
        op.execute(f"CREATE TRIGGER {_name(step)} BEFORE {step} ON daily_figure FOR EACH ROW {body}")


def downgrade() -> None:
    """Without it; its triggers go with it."""
    op.drop_table("daily_figure")


def _word(name: str, words: tuple[str, ...]) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=12)
    return sa.Column(name, kind, nullable=False)


def _name(step: str) -> str:
    return f"tr_daily_figure_no_{step.lower()}"
