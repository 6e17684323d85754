"""依据: kind, company, month, region and unit each have a sentence that says why they were taken as they were.

What is decided for the whole file says its ground where it is decided; this adds what the rows, the columns or the
kind of the file settle. What an error has left open gets no ground: the error asks.
"""

from __future__ import annotations

from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import FileKind

_NO_MONTH = "不分月份，记的是现状"
_SILENT_COMPANY = {
    FileKind.NATIONAL: "企业：全国数，不分企业",
    FileKind.REGISTRY: "企业：村级名录不涉及企业",
}
_FIXED_UNITS = {
    FileKind.COVERAGE: {"月收件": "件", "月投件": "件", "周投递次数": "次/周"},
    FileKind.REGISTRY: {"户数": "户", "人口": "人"},
    FileKind.OUTLETS: {"格口数": "个"},
}
"""Columns of amounts whose unit the kind of the file settles."""


def complete_grounds(draft: Draft) -> None:
    """Add the grounds that are still missing, in the words of what is known."""
    for aspect, tell in (("企业", _company), ("月份", _month), ("地区", _region), ("单位", _unit)):
        sentence = "" if _told(draft, aspect) else tell(draft)
        if sentence:
            draft.ground(sentence)


def _told(draft: Draft, aspect: str) -> bool:
    """“企业：…”, “企业按指定：…” or “种类、企业、月份按模板编码：…”."""
    return any(aspect in ground.partition("：")[0].partition("按")[0].split("、") for ground in draft.grounds)


def _columns(draft: Draft, *meanings: str) -> str:
    """Heads of the columns of these meanings: “品牌”; empty when there is none."""
    heads = [draft.shown[column] for column, meaning in sorted(draft.meanings.items()) if meaning in meanings]
    return "、".join(f"“{head}”" for head in heads if head)


def _company(draft: Draft) -> str:
    if draft.kind in _SILENT_COMPANY:
        return _SILENT_COMPANY[draft.kind]
    if columns := _columns(draft, "企业", "品牌", "企业名称"):
        return f"企业：由{columns}列逐行写明"
    if draft.kind is FileKind.COVERAGE:
        brands = [meaning.removeprefix("品牌 ") for meaning in draft.meanings.values() if meaning.startswith("品牌 ")]
        return f"企业：每个品牌一列（{'、'.join(brands)}）" if brands else ""
    companies = {fact.enterprise.id: fact.enterprise for fact in draft.facts if fact.enterprise is not None}
    return f"企业：由每行开头的名称认出，共 {len(companies)} 家" if companies else ""


def _month(draft: Draft) -> str:
    if draft.kind.is_register:
        return f"月份：{draft.kind.label}{_NO_MONTH}"
    columns = _columns(draft, "月份")
    return f"月份：由{columns}列逐行写明" if columns else ""


def _region(draft: Draft) -> str:
    own = f"{draft.context.region_name}（{draft.context.region[:6]}）"
    if columns := _columns(draft, "地区", "地区代码"):
        return f"地区：由{columns}列逐行写明；空白的按本台账的地区 {own}"
    places = _columns(draft, "乡镇", "建制村", "村代码", "区划代码")
    if draft.kind in {FileKind.COVERAGE, FileKind.OUTLETS} and places:
        return f"地区：由{places}列在本台账 {own} 的村级名录里找"
    if draft.kind is FileKind.REGISTRY:
        return f"地区：取代码属于本台账地区 {own} 的行"
    return f"地区：按本台账的地区 {own}，没有另外指定"


def _unit(draft: Draft) -> str:
    fixed = _FIXED_UNITS.get(draft.kind)
    if fixed is not None or draft.kind is FileKind.ENTERPRISES:
        words = [f"{m}按{unit}" for m, unit in (fixed or {}).items() if _columns(draft, m)]
        return f"单位：{'、'.join(words)}（{draft.kind.label}的固定单位）" if words else "单位：表里没有要换算的数量"
    said = [f"{'、'.join(draft.named_units)}（列名、行名或单位栏写明）"] if draft.named_units else []
    if draft.usual_units:
        said.append(f"{'、'.join(draft.usual_units)}（没有写明，按指标的基本单位）")
    return f"单位：{'；'.join(said)}" if said else ""
