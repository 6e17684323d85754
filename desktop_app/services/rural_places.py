"""The tile map: which place on the board each township has; kept with the ledger, so that everybody sees the same."""

from __future__ import annotations

import json

from desktop_app.services.ledger import actor
from desktop_app.services.results.rural_map import TilePlaces
from desktop_app.storage import audit, settings
from desktop_app.storage.engine import Ledger

SETTING = "rural_tiles"


def tile_places(ledger: Ledger) -> TilePlaces:
    """Places that have been given by hand; townships without one are laid out by the window."""
    with ledger.read() as session:
        stored = settings.get_setting(session, SETTING)
    return {code: (int(at[0]), int(at[1])) for code, at in json.loads(stored).items()} if stored else {}


def set_tile_places(ledger: Ledger, places: TilePlaces) -> None:
    """Remember where the tiles stand."""
    with ledger.write() as session:
        if places:
            settings.set_setting(session, SETTING, json.dumps(places, ensure_ascii=False, sort_keys=True))
        else:
            settings.set_setting(session, SETTING, "")
        audit.append(session, actor(), "排列乡镇", f"{len(places)} 个乡镇" if places else "恢复原样")
