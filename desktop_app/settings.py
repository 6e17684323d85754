"""Preferences of this user on this machine (face, window size, last ledger), one small JSON file.

Nothing here belongs to a ledger. A file that cannot be read is as good as none: preferences are never worth a refusal.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop_app.paths import settings_file


def load(path: Path | None = None) -> dict[str, str]:
    """All preferences; empty when there are none or the file is damaged."""
    try:
        found = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in found.items()}


def get(key: str, default: str = "", path: Path | None = None) -> str:
    """One preference."""
    return load(path).get(key, default)


def put(key: str, value: str, path: Path | None = None) -> bool:
    """Remember a preference; False when the folder cannot be written (a locked USB stick)."""
    target = path or settings_file()
    found = load(target)
    if found.get(key) == value:
        return True
    found[key] = value
    scratch = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        scratch.replace(target)
    except OSError:
        return False
    return True
