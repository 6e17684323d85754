"""Map from printed codes back to characters, so that copied and searched text is what was printed.

reportlab writes characters of the supplementary planes (𬭎, U+2CB4E) with five hexadecimal digits, which readers take
for another character, and puts more than the 100 entries into one block that Adobe's CMap specification (Technical
Note 5014) allows. This map is put in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

_BLOCK = 100


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of one font subset: code → UTF-16BE of its character."""
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset)]
    blocks: list[str] = []
    for start in range(0, len(entries), _BLOCK):
        part = entries[start : start + _BLOCK]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be", "surrogatepass").hex().upper()


def install() -> None:
    """Let reportlab use this map for every font that it embeds."""
    from reportlab.pdfbase import ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode_map
