"""Mapping profiles: what the columns of a company's file mean."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "mapping_profile",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("enterprise_id", KEY, nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(24), nullable=False),
        sa.Column("used_at", sa.String(24), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name="fk_mapping_profile_enterprise_id_enterprise", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mapping_profile"),
        sa.UniqueConstraint("name", name="uq_mapping_profile_name"),
    )
    op.create_index("ix_mapping_profile_enterprise_id", "mapping_profile", ["enterprise_id"])


def downgrade() -> None:
    """Without it."""
    op.drop_table("mapping_profile")
