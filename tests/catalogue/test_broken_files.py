"""Every slip in a catalogue file gives one Chinese message that names the file, the entry and the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.catalogue.loader import load_catalogue, read_catalogue
from desktop_app.errors import CatalogueError
from tests.catalogue.support import (
    CHECKS,
    FORMS,
    GROUPS,
    PROGRAMMES,
    RULES,
    UNITS,
    indicator,
    ratio,
    small_catalogue,
)

A = indicator("T.A")
B = indicator("T.B")
RATE = ratio("T.RATE", "T.A / T.B * 100")

CASES: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    # name → files to write, what `where` says, what the message says
    "unclosed text": (
        {"units": '[[unit]]\nname = "件\n'},
        "units.toml",
        "第2行第10列：有不允许的字符，或文字缺少右引号",
    ),
    "value without quotes": ({"units": "[[unit]]\nname = 件\n"}, "units.toml", "第2行第8列：值的写法不对"),
    "key twice": ({"rules": RULES + "slip_factors = [10]\n"}, "rules.toml", "同一个键写了两次"),
    "no equals sign": ({"groups": "[[group]]\npath\n"}, "groups.toml", "缺少等号"),
    "end of file": ({"groups": '[[group]]\npath = ["a",'}, "groups.toml", "文件末尾"),
    "not utf-8": ({"units": UNITS.encode("gb18030")}, "units.toml", "不是 UTF-8 编码"),
    "endless brackets": ({"groups": "x = " + "[" * 100_000}, "groups.toml", "套得太深"),
    "number without end": ({"units": UNITS + "x = " + "9" * 5000}, "units.toml", "太大"),
    "foreign table": ({"more": "[[city]]\nname = 'x'\n"}, "more.toml", "不认识的表 city"),
    "single table": ({"more": "[indicator]\ncode = 'T.X'\n"}, "more.toml", "应写成 [[indicator]]"),
    "list of rules": ({"rules": "[[rules]]\nslip_factors = [10]\n"}, "rules.toml", "应写成 [rules]"),
    "rules twice": ({"more": RULES}, "rules.toml", "已经写在 more.toml"),
    "no rules": ({"rules": ""}, "rules.toml · [rules]", "单位错位的倍数 slip_factors"),
    "unnamed entry": ({"groups": GROUPS + "[[group]]\n"}, "groups.toml · 第2个分组", "缺少 path（分组路径）"),
    "entry that is no table": ({"groups": "group = ['x']\n"}, "groups.toml · 第1个分组", "应为一张表"),
    "missing key": ({"indicators": A + B + ratio("T.RATE", "T.A", short="")}, "指标 T.RATE", "缺少 short（简称）"),
    "unknown key": ({"indicators": A + B + RATE + "unitt = '件'\n"}, "指标 T.RATE", "不认识的键 unitt"),
    "blank text": ({"indicators": indicator("T.A", name='" "') + B + RATE}, "指标 T.A", "name（名称）不能为空"),
    "number for text": ({"indicators": indicator("T.A", name="1") + B + RATE}, "指标 T.A", "name（名称）应为文字"),
    "text for number": (
        {"indicators": indicator("T.A", county='{ unit = "件", decimals = "2" }') + B + RATE},
        "指标 T.A · county（县级印法）",
        "decimals（小数位数）应为整数",
    ),
    "text for flag": ({"indicators": indicator("T.A", core='"是"') + B + RATE}, "指标 T.A", "应为 true 或 false"),
    "text for list": ({"indicators": indicator("T.A", aliases='"x"') + B + RATE}, "指标 T.A", "应为文字的列表"),
    "list of numbers": ({"indicators": indicator("T.A", aliases="[1]") + B + RATE}, "指标 T.A", "应为文字的列表"),
    "too many decimals": (
        {"indicators": indicator("T.A", county='{ unit = "件", decimals = 5 }') + B + RATE},
        "指标 T.A",
        "小数位数应在 0 到 4",
    ),
    "code with small letters": ({"more": indicator("T.a")}, "more.toml · 指标 T.a", "写法不对"),
    "unknown kind": ({"more": indicator("T.C", kind='"sum"')}, "指标 T.C", "应为其中之一：flow、stock"),
    "unknown unit": (
        {"more": indicator("T.C", county='{ unit = "吨", decimals = 0 }')},
        "指标 T.C",
        "单位“吨”没有在 units.toml 登记",
    ),
    "unit of another base": (
        {"more": indicator("T.C", county='{ unit = "%", decimals = 0 }')},
        "指标 T.C",
        "换算不成基本单位“件”",
    ),
    "base unit that is none": ({"more": indicator("T.C", base_unit='"万件"')}, "指标 T.C", "基本单位“万件”"),
    "unknown group": ({"more": indicator("T.C", group='"别处"')}, "指标 T.C", "分组“别处”没有在 groups.toml"),
    "code twice": ({"more": A}, "more.toml · 指标 T.A", "重复：indicators.toml · 指标 T.A 已经有了"),
    "alias of two": (
        {
            "indicators": indicator("T.A", aliases='["{快递|}件 量"]')
            + indicator("T.B", aliases='["件量（万件）"]')
            + RATE
        },
        "指标 T.B",
        "“件量”已经是 T.A 的名称或别名",
    ),
    "alias of signs": ({"more": indicator("T.C", aliases='["——"]')}, "指标 T.C", "没有可识别的字"),
    "formula slip": ({"more": ratio("T.C", "T.A / / T.B")}, "指标 T.C", "第7个字符处"),
    "formula with unknown code": ({"more": ratio("T.C", "T.A / T.X")}, "指标 T.C", "T.X 没有登记"),
    "formula of itself": ({"more": ratio("T.C", "T.C / T.A")}, "指标 T.C", "公式绕成一圈：T.C → T.C"),
    "formulas in a circle": (
        {"more": ratio("T.C", "T.D / T.A") + ratio("T.D", "T.E") + ratio("T.E", "T.C * 2")},
        "more.toml · 指标 T.",
        "T.C → T.D → T.E → T.C",
    ),
    "ratio without formula": ({"more": ratio("T.C", "T.A", formula="")}, "指标 T.C", "缺少 formula（公式）"),
    "rank with formula": ({"more": ratio("T.C", "T.A", kind='"rank"')}, "指标 T.C", "不能有公式"),
    "index without rule": ({"more": indicator("T.C", kind='"index"', owner='"computed"')}, "指标 T.C", "要有 rule"),
    "unknown rule of an index": (
        {"more": indicator("T.C", kind='"index"', owner='"computed"', rule='"TOP3"')},
        "指标 T.C",
        "应为 CR4、CR8 这样的写法或 HHI",
    ),
    "break without month": (
        {"more": indicator("T.C", breaks='[{ reason = "x" }]')},
        "指标 T.C",
        "断点缺少月份",
    ),
    "month that is none": ({"more": indicator("T.C", valid_from='"2021年"')}, "指标 T.C", "应写成月份"),
    "definition that ends before it begins": (
        {"more": indicator("T.C", valid_from='"2022-01"', valid_to='"2021-01"')},
        "指标 T.C",
        "valid_from 晚于 valid_to",
    ),
    "flow that is carried": ({"more": indicator("T.C", carried_months="12")}, "指标 T.C", "只用于时点数"),
    "formula of a company": ({"more": ratio("T.C", "T.A", owner='"company"')}, "指标 T.C", "owner 应为 computed"),
    "computed without formula": ({"more": indicator("T.C", owner='"computed"')}, "指标 T.C", "缺少 formula"),
    "parts and formula": ({"more": ratio("T.C", "T.A", parts='["T.A"]')}, "指标 T.C", "不能既有分项 parts 又有公式"),
    "unknown part": ({"more": indicator("T.C", parts='["T.X"]')}, "指标 T.C", "分项 T.X 没有登记"),
    "part of itself": ({"more": indicator("T.C", parts='["T.C"]')}, "指标 T.C", "不能是自己的分项"),
    "part of another kind": ({"more": indicator("T.C", parts='["T.RATE"]')}, "指标 T.C", "不能相加"),
    "part of two": (
        {"more": indicator("T.C", parts='["T.A"]') + indicator("T.D", parts='["T.A"]')},
        "指标 T.D",
        "分项 T.A 已属于 T.C",
    ),
    "part that says otherwise": (
        {"indicators": indicator("T.A", parent='"T.B"') + B + RATE, "more": indicator("T.C", parts='["T.A"]')},
        "指标 T.C",
        "parent 写的是 T.B，不是 T.C",
    ),
    "parent that does not know": ({"more": indicator("T.C", parent='"T.A"')}, "指标 T.C", "T.A 的 parts 里没有 T.C"),
    "factor of nothing": ({"more": "[[unit]]\nname='零'\nbase='件'\nfactor=0\n"}, "单位 零", "必须大于 0"),
    "factor with quotes": ({"more": "[[unit]]\nname='百'\nbase='件'\nfactor='100'\n"}, "单位 百", "应为数字"),
    "factor of infinity": ({"more": "[[unit]]\nname='大'\nbase='件'\nfactor=inf\n"}, "单位 大", "应为数字"),
    "factor beyond reason": ({"more": "[[unit]]\nname='大'\nbase='件'\nfactor=1e999999\n"}, "单位 大", "太大"),
    "base that is not listed": (
        {"more": "[[unit]]\nname='千克'\nbase='克'\nfactor=1000\n"},
        "单位 千克",
        "“克”没有登记",
    ),
    "unit word of two": (
        {"more": "[[unit]]\nname='张'\nbase='张'\nfactor=1\naliases=['票']\n"},
        "单位 ",
        "“票”已经是单位“张”的写法",
    ),
    "form without title": ({"forms": FORMS.replace('"试表"]', "]")}, "报表 F.1", "title_words"),
    "form without rows": ({"forms": FORMS.split("[[form.row]]", maxsplit=1)[0]}, "报表 F.1", "没有行"),
    "form row twice": (
        {"forms": FORMS + FORMS.split("\n\n")[1]},
        "报表 F.1 · 第2行",
        "行代码 01 写了两次",
    ),
    "form with unknown indicator": ({"forms": FORMS.replace("T.A", "T.X")}, "报表 F.1 · 第1行", "T.X 没有登记"),
    "form with computed indicator": ({"forms": FORMS.replace("T.A", "T.RATE")}, "报表 F.1", "表里不能填报"),
    "form with foreign unit": ({"forms": FORMS.replace('"件"', '"%"')}, "报表 F.1 · 第1行", "换算不成"),
    "programme without lines": (
        {"programmes": PROGRAMMES.split("[[programme.line]]", maxsplit=1)[0]},
        "方案 P1",
        "没有目标行",
    ),
    "line with unknown indicator": ({"programmes": PROGRAMMES.replace("T.RATE", "T.X")}, "方案 P1 · 第1目标行", "T.X"),
    "line with unknown sign": ({"programmes": PROGRAMMES.replace("≥", ">=")}, "第1目标行", "“>=”不对"),
    "line without value": ({"programmes": PROGRAMMES.replace("value = 90\n", "")}, "第1目标行", "缺少 value"),
    "line with foreign unit": ({"programmes": PROGRAMMES.replace('"%"', '"万件"')}, "第1目标行", "换算不成"),
    "line with odd date": ({"programmes": PROGRAMMES.replace("2021-12", "年底")}, "第1目标行", "2021-12 这样的年月"),
    "slip of one": ({"rules": RULES.replace("1_000,", "1,")}, "[rules]", "不小于 10"),
    "unknown rule": ({"rules": RULES + "due_days = 8\n"}, "[rules]", "不认识的键 due_days"),
    "check without text": ({"checks": CHECKS.replace('text = "不在范围内。"\n', "")}, "审核规则 BAND", "缺少 text"),
    "check of odd strictness": ({"checks": CHECKS.replace('= "warning"', '= "soft"')}, "审核规则 BAND", "应为其中之一"),
    "check of odd choices": ({"checks": CHECKS.replace('"off"]', '"no"]')}, "审核规则 BAND", "choices 里有不认识的值"),
    "check outside its choices": (
        {"checks": CHECKS.replace('["warning", "off"]', '["off"]')},
        "BAND",
        "choices 里没有",
    ),
    "fixed check switched off": ({"checks": CHECKS.replace('= "error"', '= "off"')}, "审核规则 HARD", "不能是 off"),
    "check twice": ({"checks": CHECKS + CHECKS[: CHECKS.index('[[check]]\ncode = "BAND')]}, "HARD", "重复"),
    "threshold beyond its range": ({"checks": CHECKS.replace("value = 5\n", "value = -5\n")}, "第1界限", "不能是 -5"),
    "threshold in halves": ({"checks": CHECKS.replace("value = 3\n", "value = 2.5\n")}, "第3界限", "年数应为整数"),
    "threshold without range": ({"checks": CHECKS.replace("max = 10\n", "")}, "第3界限", "缺少 max（最大值）"),
    "band upside down": ({"checks": CHECKS.replace("value = 25", "value = 4")}, "审核规则 BAND", "下限 5 应小于上限 4"),
    "threshold twice": ({"checks": CHECKS.replace('"high"', '"low"')}, "审核规则 BAND", "同一个界限写了两次"),
    "unknown threshold key": ({"checks": CHECKS + "most = 3\n"}, "第3界限", "不认识的键 most"),
}


@pytest.mark.parametrize("name", CASES)
def test_broken_entry_is_named(tmp_path: Path, name: str) -> None:
    files, where, message = CASES[name]
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(small_catalogue(tmp_path / "catalogue", **files))
    error = caught.value
    assert where in error.where
    assert message in error.message
    assert error.hint, "the message must say how to mend it"
    file = re.match(r"[a-z]+\.toml", error.where)
    assert file is not None, f"no file in {error.where!r}"
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", str(error)), f"English left over: {error}"


def test_small_catalogue_is_sound(tmp_path: Path) -> None:
    catalogue = read_catalogue(small_catalogue(tmp_path))
    assert list(catalogue.indicators) == ["T.A", "T.B", "T.RATE"]


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="找不到目录文件夹"):
        load_catalogue(tmp_path / "nowhere")


def test_unreadable_file_is_said(tmp_path: Path) -> None:
    folder = small_catalogue(tmp_path)
    (folder / "odd.toml").mkdir()
    with pytest.raises(CatalogueError, match=r"odd\.toml：文件读不出来"):
        read_catalogue(folder)


def test_windows_notepad_file_is_read(tmp_path: Path) -> None:
    bom_and_crlf = b"\xef\xbb\xbf" + UNITS.replace("\n", "\r\n").encode()
    catalogue = read_catalogue(small_catalogue(tmp_path, units=bom_and_crlf))
    assert catalogue.units["万件"].factor == 10_000
