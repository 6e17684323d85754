"""Word files are checked as strictly as a validator would: children stand in the order that the schema gives.

Word refuses or silently repairs a file in which they do not, and no word processor is at hand to try.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml import parse_xml

from desktop_app.reporting.content import Document, Edition
from desktop_app.reporting.docx.writer import write_docx
from desktop_app.reporting.monthly import build_monthly
from desktop_app.reporting.official import Foot, Formality, officially
from tests.reporting.sample import monthly_data
from tests.reporting.test_paper import covered, wide

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
}
SAYS_ONCE = frozenset(ORDER) - {"tbl", "tr", "sectPr", "style"}
FREE = frozenset({"trPr"})
"""The schema lets these stand in any order."""


def local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def documents() -> dict[str, Document]:
    form = Formality("示例县邮政管理局文件", "示邮管〔2021〕5号", foot=Foot.BOTH, annexes=("甲", "乙"), draft=True)
    month = build_monthly(monthly_data())
    return {
        "monthly": month,
        "official": officially(month, form),
        "public": build_monthly(monthly_data(edition=Edition.PUBLIC)),
        "covered": covered(),
        "large": replace(wide(24), across=True, large=True),
    }


@pytest.mark.parametrize("name", list(documents()))
def test_children_stand_in_the_order_of_the_schema(tmp_path: Path, name: str) -> None:
    write_docx(documents()[name], tmp_path / "a.docx")
    wrong = []
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        parts = [part for part in package.namelist() if part.startswith("word/") and part.endswith(".xml")]
        assert "word/document.xml" in parts
        for part in parts:
            for node in parse_xml(package.read(part)).iter():
                kind = local(node.tag) if str(node.tag).startswith(W) else ""
                if kind not in ORDER:
                    continue
                wanted = ORDER[kind].split()
                found = [local(child.tag) for child in node]
                unknown = [child for child in found if child not in wanted]
                # Heads and feet of a section may be mixed.
                places = [max(wanted.index(child), 1) for child in found if child in wanted]
                if kind != "sectPr":
                    places = [wanted.index(child) for child in found if child in wanted]
                if unknown or (places != sorted(places) and kind not in FREE):
                    wrong.append((part, kind, found))
                if kind in SAYS_ONCE and len(set(found)) < len(found):
                    wrong.append((part, kind, found))
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("name", list(documents()))
def test_cells_end_with_a_paragraph_and_rows_fill_their_grid(tmp_path: Path, name: str) -> None:
    write_docx(documents()[name], tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        body = parse_xml(package.read("word/document.xml"))
    for cell in body.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p", "Word calls a file without it damaged"
    for table in body.iter(f"{W}tbl"):
        grid = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [int(span.get(f"{W}val")) for span in row.iter(f"{W}gridSpan")]
            assert len(row.findall(f"{W}tc")) + sum(spans) - len(spans) == grid
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    drawn = [node.get("id") for node in body.iter() if local(node.tag) == "docPr"]
    assert len(drawn) == len(set(drawn)), "Word wants pictures told apart"
