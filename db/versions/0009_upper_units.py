"""Villages without an index by parent: every question about them goes by code, and storing a million takes longer.

The few units above them keep a small index of their own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Units above villages are found without going through the villages."""
    above = sa.text("level <> 'village'")
    op.drop_index("ix_region_level_parent_code", "region")
    op.create_index("ix_region_upper", "region", ["code"], sqlite_where=above)


def downgrade() -> None:
    """By level and parent again."""
    op.drop_index("ix_region_upper", "region")
    op.create_index("ix_region_level_parent_code", "region", ["level", "parent_code"])
