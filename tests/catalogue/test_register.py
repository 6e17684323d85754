"""The register of targets against the documents: every goal is in it, in the document's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.targets import Target

PLANS = Path(__file__).parents[1] / "reference" / "plans"
"""Passages of the published documents that set goals."""
DOCUMENTS = tuple(path.stem for path in sorted(PLANS.glob("*.txt")))
NO_GOAL = (
    # a title, a head of a table, a way of working: nothing that could be reached or missed
    r"专栏\d",
    r"类别指标2020年",
    r"注:\[\]内",
    r"到2025年底?$",
    r"\d\.(基础网络|创新能力)",
    r"\d+\.[^。]{2,6}方面$",
    r"与吉林市各项社会治理充分联动协同",
    r"依托邮政业安全监管“绿盾”工程",
    r"方便用户寄件",
    r"落实《快递进村三年行动方案\(2020-2022年\)》",
    r"落实行业生态环保“29551”工程",
    r"(7|35|45|52|1|12|14)\.",
)


def plain(text: str) -> str:
    """Without spaces and with one kind of brackets and commas: what a page break or a typist may change."""
    return re.sub(r"[\s|｜]", "", text).translate(str.maketrans("（），；：", "(),;:"))


def passage(code: str) -> str:
    return plain((PLANS / f"{code}.txt").read_text(encoding="utf-8"))


def numbered(text: str) -> list[str]:
    """Clauses with a figure."""
    return [clause for clause in re.split(r"[。;,]", text) if re.search(r"\d|分之", clause)]


def of(code: str) -> tuple[Target, ...]:
    return load_catalogue().plans[code].targets


@pytest.mark.parametrize("code", DOCUMENTS)
def test_every_text_is_the_documents_own(code: str) -> None:
    assert [target.code for target in of(code) if plain(target.text) not in passage(code)] == []


@pytest.mark.parametrize("code", DOCUMENTS)
def test_every_number_of_the_passages_is_in_the_register(code: str) -> None:
    """Clause by clause: whatever has a figure in it stands in the text of a target, or is told above to be no goal."""
    quoted = {part for target in of(code) for part in numbered(plain(target.text))}
    lines = (PLANS / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    clauses = [clause for line in lines for clause in numbered(plain(line))]
    lacking = [
        clause
        for clause in clauses
        if not any(part in clause for part in quoted) and not any(re.match(pattern, clause) for pattern in NO_GOAL)
    ]
    assert lacking == []


def test_every_sentence_of_the_citys_goals_is_in_the_register() -> None:
    """三: a sentence without a figure is a goal in words, and stands there as one."""
    quotes = [plain(target.text) for target in of("JL145")]
    text = (PLANS / "JL145.txt").read_text(encoding="utf-8")
    goals = text[: text.index("专栏 2")]
    sentences = [part for line in goals.splitlines() for part in plain(line).split("。") if len(part) > 12]
    left = [each for each in sentences if not any(quote in each for quote in quotes)]
    assert left == ["快递业应急管理持续纳入全市应急管理体系"]


def test_the_first_box_of_the_national_plan_is_complete() -> None:
    """Twelve rows: levels with their signs, rates a year, [cumulative increments]."""
    rows: dict[int, list[str]] = {}
    for target in of("CN145"):
        if match := re.fullmatch(r"专栏1 第(\d+)行", target.clause):
            rows.setdefault(int(match[1]), []).append(target.text_of_value)
    assert rows == {
        1: ["≥18000亿元", "年均增速≥10.3%"],
        2: ["≥1770亿件", "年均增速≥10.2%"],
        3: ["≥15000亿元", "年均增速≥11.3%"],
        4: [">99%", "累计增量>4.3个百分点"],
        5: [">90%", "累计增量>40个百分点"],
        6: [">85个", "累计增量>15个"],
        7: ["≥80分", "累计增量≥3.3分"],
        8: ["<3天"],
        9: ["≥80%", "累计增量≥2.9个百分点"],
        10: [">12%"],
        11: [">1000万个", "累计增量>800万个"],
        12: ["累计增幅≤-15%"],
    }


def test_the_campaign_of_suzhou_with_its_two_treatments() -> None:
    """“29551”: 2 treatments, 95 %, 50 %, and 10万 in one place but 15万 in the other."""
    for clause, boxes in (("第45条", "≥10万个"), ("民生实事第12条", "≥15万个")):
        told = {target.indicator: target.text_of_value for target in of("SZ2021") if target.clause == clause}
        assert told == {
            "GRN.CAMP": "≥2项",
            "GRN.NOREPACK": "≥95%",
            "GRN.BOX": boxes,
            "GRN.RECYC.COV": "≥50%",
            "GRN.OUTLET": "≥30个",
        }


def test_goals_of_a_plan_start_the_december_before_it() -> None:
    starts = {str(target.start) for code in DOCUMENTS for target in of(code)}
    assert starts == {"2020-12"}
