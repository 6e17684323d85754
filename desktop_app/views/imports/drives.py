"""Removable drives (U盘) that are plugged in now."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNTS = ("/media/", "/run/media/")
"""Where Linux desktops put sticks; UOS and Kylin use /media."""
_REMOVABLE = 2
"""Windows' DRIVE_REMOVABLE."""


@dataclass(frozen=True)
class Drive:
    """A stick: what it is called and where its files lie."""

    name: str
    path: Path


def removable_drives() -> tuple[Drive, ...]:
    """Sticks that can be read now; none is an empty tuple."""
    volumes = [volume for volume in QStorageInfo.mountedVolumes() if volume.isValid() and volume.isReady()]
    return drives_among((volume.rootPath(), volume.name()) for volume in volumes)


def drives_among(volumes: Iterable[tuple[str, str]]) -> tuple[Drive, ...]:
    """The removable ones among (root folder, label) of mounted volumes."""
    found = {root: label for root, label in volumes if _is_removable(root)}
    return tuple(Drive(_name(root, label), Path(root)) for root, label in found.items())


def _name(root: str, label: str) -> str:
    place = root if root.endswith((":/", ":\\")) else ""
    name = label or Path(root).name or root
    return f"{name}（{place[:2]}）" if place else name


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE)
    return root.startswith(_MOUNTS)
