"""The region register without two indexes that no question uses; each makes a large registry slower to store."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Look-ups go by code, by level and by parent."""
    op.drop_index("ix_region_parent_code_name", "region")
    op.drop_index("ix_region_source_batch_id", "region")


def downgrade() -> None:
    """With them again."""
    op.create_index("ix_region_parent_code_name", "region", ["parent_code", "name"])
    op.create_index("ix_region_source_batch_id", "region", ["source_batch_id"])
