"""Titles, text and headings stand in the official faces of the machine that has them, else in the bundled ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from desktop_app import paths
from desktop_app.reporting.docx import look
from desktop_app.reporting.pdf.official_fonts import FAMILIES, family_names
from tests.reporting.reading import whole_text

WORDS = "示例报告甲乙丙正文加重一、（）"
PRINT = """
import sys
from datetime import date
from pathlib import Path
from desktop_app.reporting.content import Document, Edition, Heading, Paragraph, Text
from desktop_app.reporting.pdf.writer import write_pdf
words = (Heading("甲"), Heading("乙", 2), Paragraph((Text("正文"), Text("加重", bold=True), Text("犇"))))
document = Document("示例报告", "2021年3月", words, Edition.INTERNAL, date(2021, 4, 12))
print(ascii("".join(write_pdf(document, Path(sys.argv[1])).missing_glyphs)))
"""


def face(file: Path, family: str, name: str, rights: int = 0) -> Path:
    """A font with the few characters of the test page, under a family's name; ``rights``: fsType of OS/2."""
    font = TTFont(paths.resources_dir() / "fonts" / "NotoSansSC-Regular.ttf")
    cutter = Subsetter()
    cutter.populate(text=WORDS)
    cutter.subset(font)
    font["OS/2"].fsType = rights
    table = font["name"]
    table.names = []
    table.setName(name, 1, 3, 1, 0x409)
    table.setName(family, 1, 3, 1, 0x804)
    table.setName(name, 6, 3, 1, 0x409)
    file.parent.mkdir(parents=True, exist_ok=True)
    font.save(file)
    return file


def printed(home: Path, out: Path, system: Path | None = None) -> set[str]:
    """Print in a process of its own: fonts are read once a process. Returns the names of the embedded fonts."""
    env = os.environ | {"BUREAU_LEDGER_HOME": str(home), "PYTHONUTF8": "1", "BUREAU_LEDGER_FONTS": str(system or "")}
    done = subprocess.run(
        [sys.executable, "-c", PRINT, str(out)], env=env, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "''"
    return {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", out.read_bytes())}


def test_the_machines_official_faces_are_taken(tmp_path: Path) -> None:
    """From the user's folder and the system's, whatever the files are called; what a face lacks comes from ours."""
    home, system = tmp_path / "home", tmp_path / "system"
    face(home / "fonts" / "a.ttf", "方正小标宋简体", "FZXiaoBiaoSong-B05S")
    face(system / "deep" / "b.TTF", "仿宋", "FangSong")
    face(system / "c.ttf", "黑体", "SimHei")
    face(system / "d.ttf", "楷体", "KaiTi")
    faces = printed(home, tmp_path / "a.pdf", system)
    assert {"FZXiaoBiaoSong-B05S", "FangSong", "SimHei", "KaiTi", "NotoSerifSC-Regular"} <= faces
    assert "NotoSerifSC-Bold" not in faces
    assert "正文加重犇" in whole_text(tmp_path / "a.pdf")


def test_the_users_own_file_goes_before_the_systems(tmp_path: Path) -> None:
    home, system = tmp_path / "home", tmp_path / "system"
    face(home / "fonts" / "own.ttf", "仿宋_GB2312", "Own")
    face(system / "theirs.ttf", "仿宋", "Theirs")
    assert {"Own", "Theirs"} & printed(home, tmp_path / "a.pdf", system) == {"Own"}


def test_without_them_the_bundled_faces_print(tmp_path: Path) -> None:
    faces = printed(tmp_path / "home", tmp_path / "a.pdf")
    assert faces == {"NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Bold", "NotoSansSC-Regular"}


@pytest.mark.parametrize("rights", [0x0002, 0x0100, 0x0200])
def test_a_face_that_may_not_be_embedded_is_left_alone(tmp_path: Path, rights: int) -> None:
    assert family_names(face(tmp_path / "may.ttf", "仿宋", "FangSong", 0x0008)) == {"仿宋", "FangSong"}
    assert not family_names(face(tmp_path / "may_not.ttf", "仿宋", "FangSong", rights))


def test_a_damaged_face_does_not_stop_the_printing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    whole = face(home / "fonts" / "a.ttf", "仿宋", "FangSong").read_bytes()
    (home / "fonts" / "a.ttf").write_bytes(whole[: len(whole) // 2])
    font = TTFont(face(home / "fonts" / "c.ttf", "楷体", "KaiTi"))
    del font["cmap"]
    font.save(home / "fonts" / "c.ttf")
    (home / "fonts" / "b.ttf").write_bytes(b"no font")
    faces = printed(home, tmp_path / "a.pdf")
    assert {"NotoSerifSC-Regular", "NotoSerifSC-Bold"} <= faces
    assert not {"FangSong", "KaiTi"} & faces


def test_other_formats_are_no_font(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"")
    assert not family_names(tmp_path / "a.ttf")
    assert not family_names(tmp_path / "missing.ttf")


def test_word_is_told_of_the_same_faces() -> None:
    named = (look.TITLE_FACE, look.BODY_FACE, look.HEAD_FACE, look.SECOND_FACE)
    assert [families[0] for families in FAMILIES.values()] == list(named)
