"""A registry of a million villages and a month's village sheet of a province, the same every time."""

from __future__ import annotations

import random
from pathlib import Path

HEAD = "代码,名称,城乡分类,乡镇代码,乡镇,县,市,省"
BRANDS = tuple(f"示例{stem}" for stem in "甲乙丙丁戊己庚辛壬")
_FIRST, _LAST = "东西南北大小上下新老高石金柳杨李王张白黄", "山河沟岗屯坪湾桥岭塘泉林庄坡营口台寨洼井"


def write_registry(folder: Path, rows: int, *, shuffled: bool) -> tuple[Path, Path]:
    """``rows`` villages of one province: the file as GB18030 and the same as UTF-8."""
    chance = random.Random(7)  # noqa: S311  (no secret)
    lines = []
    for number in range(rows):
        town, unit = divmod(number, 25)
        county, place = divmod(town, 30)
        city = county // 20
        code = f"22{city % 100:02d}{1 + county % 20:02d}{100 + place:03d}{200 + unit:03d}"
        name = "".join(map(chance.choice, (_FIRST, _LAST, _FIRST, _LAST)))
        upper = f"{_FIRST[place % 20]}{_LAST[county % 20]}"
        lines.append(
            f"{code},{name}村村民委员会,{chance.choice(('111', '121', '220'))},{code[:9]},{upper}镇,"
            f"{_FIRST[county % 20]}{_LAST[city % 20]}县,{_FIRST[city % 20]}{_LAST[city // 20]}市,示例省"
        )
    if shuffled:
        chance.shuffle(lines)
    text = "\n".join([HEAD, *lines]) + "\n"
    ours, theirs = folder / "名录.csv", folder / "名录-utf8.csv"
    ours.write_bytes(text.encode("gb18030"))
    theirs.write_bytes(text.encode("utf-8"))
    return ours, theirs


def write_province(folder: Path, villages: int) -> tuple[Path, Path]:
    """Registry and company register of a province."""
    chance = random.Random(5)  # noqa: S311  (no secret)
    rows = ["代码,名称,乡镇,县"]
    for number in range(villages):
        town, unit = divmod(number, 50)
        county, place = divmod(town, 20)
        code = f"22{1 + county // 20:02d}{1 + county % 20:02d}{100 + place:03d}{200 + unit:03d}"
        name = f"{chance.choice(_FIRST)}{chance.choice(_LAST)}{_FIRST[unit % 20]}{_LAST[unit // 20]}村"
        rows.append(
            f"{code},{name}村民委员会,{_FIRST[place]}{_LAST[county % 20]}镇,{_FIRST[county % 20]}{county // 20}县"
        )
    registry = folder / "名录.csv"
    registry.write_bytes(("\n".join(rows) + "\n").encode("gb18030"))
    companies = ["企业名称,简称,品牌,统一社会信用代码,别名"]
    companies += [
        f"{brand}快递有限公司,{brand}快递,{brand},{_uscc(n)},{brand}速递" for n, brand in enumerate(BRANDS, 1)
    ]
    register = folder / "企业.csv"
    register.write_text("\n".join(companies) + "\n", encoding="utf-8")
    return registry, register


def write_sheet(registry: Path, folder: Path) -> Path:
    """One row for each village and brand of the registry."""
    chance = random.Random(6)  # noqa: S311  (no secret)
    modes = ("直投", "邮快", "快快", "交邮", "直投+驻村设点", "否")
    rows = ["村代码,建制村,乡镇,品牌,进村方式,周投递次数,村级站点,月收件,核查日期"]
    for line in registry.read_text(encoding="gb18030").splitlines()[1:]:
        code, name, town, _ = line.split(",")
        rows += [
            f"{code},{name},{town},{brand},{chance.choice(modes)},{chance.randint(1, 7)},{name[:4]}服务站,"
            f"{chance.randint(10, 400)},2021-01-{chance.randint(1, 28):02d}"
            for brand in BRANDS
        ]
    sheet = folder / "进村_202101.csv"
    sheet.write_bytes(("\n".join(rows) + "\n").encode("gb18030"))
    return sheet


def _uscc(number: int) -> str:
    """A code with its check digit (GB 32100)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91220000MA{number:07d}"
    total = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]
