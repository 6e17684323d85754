"""Keeping tests and the commands they start away from the real home folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
    "BUREAU_LEDGER_HOME": "bureau-ledger",
}


def point_away_from_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Set every variable that leads to a user's files to a folder below ``home``, and forget the user's own ledger."""
    for variable, folder in FOLDERS.items():
        place = home / folder
        if variable != "BUREAU_LEDGER_HOME":
            place.mkdir(parents=True, exist_ok=True)
        patch.setenv(variable, str(place))
    # Qt warns of a run-time folder that others can read.
    (home / FOLDERS["XDG_RUNTIME_DIR"]).chmod(0o700)
    for variable in [name for name in os.environ if name.startswith("BUREAU_LEDGER_") and name not in FOLDERS]:
        patch.delenv(variable)
    # Pages are measured with the bundled faces, whatever this machine has installed.
    patch.setenv("BUREAU_LEDGER_FONTS", "")
