"""Make the four font files of resources/fonts from the full Noto fonts.

    python packaging/subset_fonts.py SANS_FOLDER SERIF_FOLDER

The folders are the unpacked packages named in resources/fonts/README.md. Kept are all characters of the source but, in
three of the four faces, CJK Extension A; dropped are hinting, vertical writing and the layout features that neither Qt
nor reportlab uses for horizontal Chinese. The outlines are not touched.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
EXTENSION_A = range(0x3400, 0x4DC0)
LAYOUT_FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"]
DROPPED_TABLES = ["BASE", "STAT", "VORG", "vhea", "vmtx"]


@dataclass(frozen=True)
class Face:
    """One file to make. ``rare``: keep Extension A, so that this face stands in where others lack a character."""

    family: int
    source: str
    target: str
    rare: bool = False


FACES = (
    Face(0, "400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", rare=True),
    Face(0, "700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf"),
    Face(1, "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf"),
    Face(1, "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf"),
)


def make_face(face: Face, source: Path, target: Path) -> int:
    """Write the subset of ``source`` to ``target``; gives the number of characters kept."""
    # The source's own dates stay, so that the same input gives the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    wanted = {char for char in font.getBestCmap() if face.rare or char not in EXTENSION_A}
    options = subset.Options(
        hinting=False,
        layout_features=LAYOUT_FEATURES,
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, *DROPPED_TABLES],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(target)
    return len(wanted)


def main(arguments: list[str]) -> int:
    """Make all faces; 2 when the two folders are not given."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    FONTS.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        target = FONTS / face.target
        count = make_face(face, Path(arguments[face.family]) / face.source, target)
        print(f"{target.name}: {count} characters, {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
