"""A small catalogue on disk that tests may break, and amounts written as in documents."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from desktop_app.catalogue.lookup import find_unit

DATA = Path(__file__).parent / "data"

UNITS = """
[[unit]]
name = "件"
base = "件"
factor = 1
aliases = ["票"]

[[unit]]
name = "万件"
base = "件"
factor = 10_000

[[unit]]
name = "%"
base = "%"
factor = 1
"""

GROUPS = """
[[group]]
path = "一组/甲"
"""

RULES = """
[rules]
slip_factors = [1_000, 10_000]
"""

CHECKS = """
[[check]]
code = "HARD"
name = "必查"
text = "不能改的规则。"
severity = "error"
fixed = true

[[check]]
code = "BAND"
name = "范围"
text = "不在范围内。"
severity = "warning"
choices = ["warning", "off"]

[[check.threshold]]
name = "low"
label = "下限"
value = 5
unit = "元/件"
min = 0
max = 100

[[check.threshold]]
name = "high"
label = "上限"
value = 25
unit = "元/件"
min = 0.01
max = 100

[[check.threshold]]
name = "years"
label = "年数"
value = 3
unit = "年"
min = 1
max = 10
whole = true
"""

FORMS = """
[[form]]
code = "F.1"
name = "试表"
title_words = ["试表"]

[[form.row]]
code = "01"
name = "甲"
unit = "件"
indicator = "T.A"
"""

PROGRAMMES = """
[[programme]]
code = "P1"
name = "试方案"
year = 2021
level = "全国"
document = "文件"
source = "出处"

[[programme.line]]
name = "比率"
indicator = "T.RATE"
comparator = "≥"
value = 90
unit = "%"
as_of = "2021-12"
scope = "全国"
text = "达到90%"
"""


def indicator(code: str, **changes: str) -> str:
    """One ``[[indicator]]`` entry; ``changes`` are raw TOML values, an empty one drops the key."""
    keys = {
        "code": f'"{code}"',
        "name": f'"{code}名称"',
        "short": '"简称"',
        "group": '"一组/甲"',
        "kind": '"flow"',
        "owner": '"company"',
        "base_unit": '"件"',
        "county": '{ unit = "万件", decimals = 2 }',
        "polarity": '"up"',
        "definition": '"口径"',
        "source": '"出处"',
    }
    keys.update(changes)
    return "[[indicator]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value)


def ratio(code: str, computed_as: str, **changes: str) -> str:
    """One computed ratio in %."""
    fixed = {
        "kind": '"ratio"',
        "owner": '"computed"',
        "base_unit": '"%"',
        "county": '{ unit = "%", decimals = 1 }',
        "formula": f'"{computed_as}"',
    }
    return indicator(code, **{**fixed, **changes})


def small_catalogue(folder: Path, **files: str | bytes) -> Path:
    """Write a sound catalogue of three indicators (T.A, T.B, T.RATE), then ``files`` over or beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, str | bytes] = {
        "units": UNITS,
        "groups": GROUPS,
        "rules": RULES,
        "checks": CHECKS,
        "forms": FORMS,
        "programmes": PROGRAMMES,
        "indicators": indicator("T.A") + indicator("T.B") + ratio("T.RATE", "T.A / T.B * 100"),
    }
    contents.update(files)
    for name, content in contents.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.toml").write_bytes(data)
    return folder


def amount(text: str) -> Fraction:
    """``833.6亿件`` → exact amount in base units."""
    match = re.fullmatch(r"(-?[\d.]+)(\D.*)", text)
    assert match is not None, text
    unit = find_unit(match[2])
    assert unit is not None, text
    return Fraction(match[1]) * Fraction(unit.factor)
