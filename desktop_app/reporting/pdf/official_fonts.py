"""The faces of official documents, where the machine has them: 方正小标宋, 仿宋, 黑体, 楷体, known by their own names.

They may not be passed on with the program, but a bureau's machine mostly has them. Looked for once a process, when the
first page is set: in the folder ``fonts`` beside the user's data, then in the system's font folders.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from desktop_app import paths

FAMILIES: dict[str, tuple[str, ...]] = {
    "小标宋": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "仿宋": ("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312"),
    "黑体": ("黑体", "SimHei"),
    "楷体": ("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312"),
}
"""What a face is called by its own file, the best first: family names in Chinese and English."""
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_WINDOWS = 3
_NO_EMBEDDING, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200


def system_folders() -> tuple[Path, ...]:
    """Where the system keeps fonts; ``BUREAU_LEDGER_FONTS`` names other folders instead, empty: none."""
    named = os.environ.get("BUREAU_LEDGER_FONTS")
    if named is not None:
        return tuple(Path(folder) for folder in named.split(os.pathsep) if folder)
    windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    own = (Path.home() / ".local/share/fonts", Path.home() / "AppData/Local/Microsoft/Windows/Fonts")
    return (windows, *own, Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@lru_cache(maxsize=1)
def official_files() -> dict[str, Path]:
    """The font file of each face in :data:`FAMILIES` that is there and may be embedded."""
    found: dict[str, Path] = {}
    for folder in (paths.data_dir() / "fonts", *system_folders()):
        ranked: dict[str, tuple[int, Path]] = {}
        for file in sorted(folder.rglob("*.[tT][tT][fF]")):
            names = family_names(file)
            for face, families in FAMILIES.items():
                rank = next((at for at, family in enumerate(families) if family in names), None)
                if rank is not None and (face not in ranked or rank < ranked[face][0]):
                    ranked[face] = rank, file
        # The user's own folder goes before the system's.
        found = {face: file for face, (_, file) in ranked.items()} | found
    return found


def family_names(file: Path) -> frozenset[str]:
    """Family names of a TrueType font that may be embedded in part; none of any other file."""
    try:
        with file.open("rb") as stream:
            count = struct.unpack(">4xH6x", stream.read(12))[0]
            places = {tag: (at, size) for tag, at, size in struct.iter_unpack(">4s4xII", stream.read(16 * count))}
            end = stream.seek(0, os.SEEK_END)
            if b"glyf" not in places or any(at + size > end for at, size in places.values()):
                return frozenset()
            stream.seek(places[b"OS/2"][0] + 8)
            rights = struct.unpack(">H", stream.read(2))[0]
            at, size = places[b"name"]
            stream.seek(at)
            table = stream.read(size)
            forbidden = rights & 0x000F == _NO_EMBEDDING or rights & (_NO_SUBSET | _BITMAPS_ONLY)
            return frozenset() if forbidden else frozenset(_names(table))
    except (OSError, struct.error, KeyError, UnicodeError):
        # A damaged font, or no font at all: the bundled faces print.
        return frozenset()


def _names(table: bytes) -> Iterator[str]:
    """Records for Windows, in UTF-16: every font that Windows or a Linux desktop can use has them."""
    count, start = struct.unpack_from(">2xHH", table)
    for number in range(count):
        platform, _, _, what, size, at = struct.unpack_from(">6H", table, 6 + 12 * number)
        if platform == _WINDOWS and what in {_FAMILY, _TYPOGRAPHIC_FAMILY}:
            yield table[start + at : start + at + size].decode("utf-16-be")
