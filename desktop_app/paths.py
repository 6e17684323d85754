"""Where things lie: resources, migrations, the user's ledger, settings, logs and backups."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "bureau-ledger"
PORTABLE_MARKER = "portable.txt"
"""A file of this name beside the program keeps everything on the same stick (便携模式)."""


def program_dir() -> Path:
    """Folder of the program: the frozen executable's, else the checkout."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent


def _bundle_dir() -> Path:
    """Folder that holds resources/ and db/: PyInstaller's data folder when frozen."""
    return Path(getattr(sys, "_MEIPASS", program_dir()))


def resources_dir() -> Path:
    """The shipped resources."""
    return _bundle_dir() / "resources"


def migrations_dir() -> Path:
    """Alembic's folder."""
    return _bundle_dir() / "db"


def data_dir() -> Path:
    """The user's data folder: ``BUREAU_LEDGER_HOME``, beside the program in portable mode, or the platform's."""
    if home := os.environ.get("BUREAU_LEDGER_HOME"):
        return Path(home)
    if (program_dir() / PORTABLE_MARKER).exists():
        return program_dir() / "data"
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def default_ledger() -> Path:
    """The ledger used when none is named."""
    return data_dir() / "ledger.db"


def settings_file() -> Path:
    """Window and user preferences (JSON)."""
    return data_dir() / "settings.json"


def log_dir() -> Path:
    """Log and fault report files."""
    return data_dir() / "logs"
