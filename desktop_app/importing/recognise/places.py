"""Counties and cities that a title, a label or a name speaks of (磐石市, 永吉县), told from 全市, 城市 and 市场."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from desktop_app.importing.recognise.companies import without_companies

_DATE = re.compile(
    r"(?:19|20)?\d\d\s*年度?|\d{1,2}\s*[-—~至到]\s*\d{1,2}\s*月份?|\d{1,2}\s*月份?|\d{1,2}\s*日|第?[一二三四]季度|[上下]半年"
)
_PLACE = re.compile(r"([\u4e00-\u9fff]{1,7}?)(自治县|自治旗|自治州|省|市|县|区|旗)(?![域场容民化间分别块长下舰委])")
_SEGMENT = re.compile(r"[\u4e00-\u9fff]+")
_WORDS = re.compile(
    r"快递|业务|企业|邮政|邮件|包裹|农村|乡镇|乡村|县乡|城乡|城镇|同城|异地|网点|绿色|统计|月报|报表|汇总|数据|投递|揽收|"
    r"收入|全国|地区|公司|行业|寄递|进村|建制|街道|各|所有|开发|高新|服务|示范|保税|中心|部门|单位|负责|制表|填报|名录|情况"
)
"""No name of a place holds these."""
_WHOLE = frozenset("全本该我外分等与及县市区省城超门上集跨郊辖新老园社片校景库小矿山")
"""Alone before 市, 县, 区 they make a common word (全市, 城区, 超市)."""
_BEGINS = ("全", "各", "按", "该", "我", "跨", "分县", "分市", "分区", "本县", "本市", "本区")
_AFTER_DISTRICT = re.compile(r"$|快递|邮|寄递|行业|企业|业务|各|辖|[\u4e00-\u9fff]{1,4}(?:街道|镇|乡)")
"""What may follow 区 where it is a place's: 区 ends many other words."""


def places_in(text: str) -> list[str]:
    """Names of places at the beginning of the text, behind a date or a mark; those in names of companies left out."""
    plain = _DATE.sub(" ", without_companies(unicodedata.normalize("NFKC", text)))
    found: list[str] = []
    for segment in _SEGMENT.finditer(plain.replace("关于", " ")):
        rest = segment[0]
        while match := _PLACE.match(rest):
            rest = rest[match.end() :]
            if not _is_place(match[1], match[2], rest):
                break
            found.append(match[0])
    return list(dict.fromkeys(found))


_PROVINCES = re.compile(
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南"
    "|西藏|陕西|甘肃|青海|宁夏|新疆|东部|中部|西部|全国"
)


def regions_in(cells: Iterable[str]) -> list[str]:
    """The names where most cells of a column are provinces, cities or counties; empty for any other column."""
    texts = [text for cell in cells if (text := "".join(cell.split()))]
    found = [text for text in texts if _PROVINCES.fullmatch(text.removesuffix("省")) or text in places_in(text)]
    return found if found and len(found) * 2 >= len(texts) else []


def place_of_company(text: str, region_name: str) -> str:
    """The other county or city with which a company's name begins (磐石市示例甲快递); provinces say too little."""
    found: list[str] = []
    rest = "".join(unicodedata.normalize("NFKC", text).split())
    if not region_name or core(region_name) in rest:
        return ""
    while (match := _PLACE.match(rest)) and match[2] != "区" and _is_place(match[1], match[2], ""):
        found.append(match[0])
        rest = rest[match.end() :]
    return next((place for place in reversed(found) if not place.endswith("省")), "")


def _is_place(name: str, suffix: str, rest: str) -> bool:
    if name in _WHOLE or name.startswith(_BEGINS) or _WORDS.search(name):
        return False
    if suffix == "区":
        return len(name) > 1 and name[-1] not in _WHOLE and _AFTER_DISTRICT.match(rest) is not None
    return len(name) > 1 or suffix == "县"


def core(place: str) -> str:
    """蛟河市 → 蛟河; a name of two letters keeps both (和县)."""
    for suffix in ("自治县", "自治旗", "自治州", "省", "市", "县", "区", "旗"):
        if place.endswith(suffix) and len(place) - len(suffix) >= 2:
            return place.removesuffix(suffix)
    return place


def is_own(place: str, region_name: str) -> bool:
    """Whether a name is the ledger's own region's, with or without its last letter."""
    plain = "".join(place.split())
    return bool(plain) and plain in {region_name, core(region_name)}
