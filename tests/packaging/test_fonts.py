"""The bundled fonts: reportlab embeds them, they hold the characters we print, and their licence lies beside them."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FACES = ["NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Regular", "NotoSerifSC-Bold"]
PLACES = "蛟河市 黄松甸镇 犇 龘 快递进村"
FORM_SIGNS = "①⑩⑳㈠㈩±×÷‰≤≥≠≈…—–′″℃²³■□●○★☆▲△▼▽◆◇√✓→←↑↓〔〕《》“”·￥，。；：（）％０１２３４５６７８９αΩ"


def characters(face: str) -> set[int]:
    with TTFont(FONTS / f"{face}.ttf") as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("face", FACES)
def test_a_pdf_embeds_the_face_and_gives_its_text_back(face: str) -> None:
    pdfmetrics.registerFont(EmbeddedFont(face, str(FONTS / f"{face}.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(face, 20)
    canvas.drawString(50, 700, PLACES)
    canvas.save()
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        assert document[0].get_textpage().get_text_range() == PLACES
    # An embedded subset carries a tag before its name, and its outlines.
    assert f"+{face}".encode() in buffer.getvalue()
    assert b"/FontFile2" in buffer.getvalue()


@pytest.mark.parametrize("face", FACES)
def test_every_common_character_is_there(face: str) -> None:
    held = characters(face)
    unified = range(0x4E00, 0x9FA6)
    assert [chr(code) for code in unified if code not in held] == []
    assert [sign for sign in FORM_SIGNS if ord(sign) not in held] == []


def test_rare_characters_are_in_the_face_of_last_resort() -> None:
    held = characters("NotoSansSC-Regular")
    assert [char for char in "㙘䶮㸆𬭎𪨰" if ord(char) not in held] == []


@pytest.mark.parametrize("face", FACES[:2])
def test_figures_in_sans_stand_under_each_other(face: str) -> None:
    with TTFont(FONTS / f"{face}.ttf") as font:
        widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize("family", ["NotoSansSC", "NotoSerifSC"])
def test_the_licence_lies_beside_the_fonts(family: str) -> None:
    text = (FONTS / f"OFL-{family}.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
