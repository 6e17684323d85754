"""A name with a character that no bundled font has is printed with a font of the machine, where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from desktop_app import paths
from tests.reporting.reading import whole_text

RARE = "𠮷"
NOBODY_HAS = "\U0010fff0"
"""For private use: no font of any machine draws it, so that the test does not hang on what is installed."""
PRINT = """
import sys
from datetime import date
from pathlib import Path
from desktop_app.reporting.content import Document, Edition, Paragraph, Text
from desktop_app.reporting.pdf.writer import write_pdf
words = (Paragraph((Text(sys.argv[2] + "林快递和吉林快递"),)),)
document = Document("示例", "2021年3月", words, Edition.INTERNAL, date(2021, 4, 12))
print(ascii("".join(write_pdf(document, Path(sys.argv[1])).missing_glyphs)))
"""


def spare(out: Path) -> None:
    """A font that has nothing but 吉 and 𠮷, drawn alike; its name is that of a bundled one."""
    font = TTFont(paths.resources_dir() / "fonts" / "NotoSansSC-Regular.ttf")
    cutter = Subsetter()
    cutter.populate(unicodes=[ord("吉")])
    cutter.subset(font)
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {ord(RARE): font.getBestCmap()[ord("吉")]}
    font["cmap"].tables.append(table)
    out.parent.mkdir(parents=True)
    font.save(out)


def printed(home: Path, out: Path, char: str = RARE) -> str:
    """Print in a process of its own: fonts are read once a process. Returns the characters that could not be drawn."""
    env = os.environ | {"BUREAU_LEDGER_HOME": str(home), "WINDIR": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PRINT, str(out), char], env=env, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.strip()


def test_a_font_in_the_users_folder_draws_what_ours_lack(tmp_path: Path) -> None:
    home = tmp_path / "home"
    spare(home / "fonts" / "rare.ttf")
    assert printed(home, tmp_path / "a.pdf") == "''"
    assert f"{RARE}林快递和吉林快递" in whole_text(tmp_path / "a.pdf")


@pytest.mark.parametrize("content", [None, b"no font at all"])
def test_without_one_or_with_a_broken_one_the_character_is_reported(tmp_path: Path, content: bytes | None) -> None:
    home = tmp_path / "home"
    (home / "fonts").mkdir(parents=True)
    if content is not None:
        (home / "fonts" / "rare.ttf").write_bytes(content)
    assert printed(home, tmp_path / "a.pdf", NOBODY_HAS) == ascii(NOBODY_HAS)
    assert "〓林快递和吉林快递" in whole_text(tmp_path / "a.pdf")
