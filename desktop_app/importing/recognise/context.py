"""Company, month, region and status of a whole file, each with the ground on which it was taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import KnownEnterprise, RowRole
from desktop_app.importing.recognise.companies import Found, full_names
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.places import place_of_company
from desktop_app.importing.said import Answer
from desktop_app.models.values import NATIONAL_REGION, FigureStatus, region_code

_REPORTER = re.compile(
    r"(?:填报|报送|填表|编报|上报)(?:单位|企业|公司)(?:名称)?(?:[(（][^)）]*[)）])?\s*[:：]\s*([^:：\s]+)(?=\s|$)"
)
"""Not followed by a colon: behind a label that was left empty stands the next label."""
_UNIT_OF_WRITER = re.compile(r"(?:^|\s)(?:单位|企业|公司)(?:名称)?\s*[:：]\s*([^:：\s]{3,})")
"""“单位：示例甲快递”: the writer's name, where it is one; mostly a unit of measurement stands there."""
_OFFICE = re.compile(r"(?:管理局|管理机构|统计局|运输局|政府|商务局|发改局)$")
"""Offices that hand on tables of companies are none of them."""
_SURE = 0.9
"""Least likeness of a layout that names its company."""
_STATUS = {
    "快报": FigureStatus.FLASH,
    "预计": FigureStatus.ESTIMATE,
    "月报": FigureStatus.MONTHLY,
    "年报": FigureStatus.FINAL,
    "核定": FigureStatus.FINAL,
}


def settle_region(draft: Draft) -> None:
    """The region that the figures belong to: the user's word, or the ledger's own."""
    if draft.options.region:
        try:
            draft.region = region_code(draft.options.region)
        except ValueError as error:
            draft.error("REGION_UNKNOWN", str(error), "例如 220281 或 220281000000")
            return
        draft.ground(f"地区按指定：{draft.region}")
    else:
        draft.region = draft.context.region


def settle_national_region(draft: Draft) -> None:
    """Figures of the whole country unless the user says otherwise."""
    if draft.options.region:
        settle_region(draft)
    else:
        draft.region = NATIONAL_REGION
        draft.ground("地区：全国（表里按月列出全国数，单位到亿）")


def settle_status(draft: Draft) -> None:
    """快报, 预计, 月报 or 年报: the user's word, the title's or the line below it; 月报 otherwise."""
    if draft.options.status is not None:
        draft.status = draft.options.status
        draft.ground(f"数据状态按指定：{draft.status.value}")
        return
    text = " ".join([draft.table.title, *draft.table.lines(RowRole.TITLE, RowRole.NOTE)[:6]])
    marked = re.search(r"数据状态\s*[:：]\s*(快报|预计|月报|年报|核定)", text)
    words = [marked[1]] if marked else [w for w in ("快报", "预计") if w in draft.table.title or w in draft.file.stem]
    if words:
        draft.status = _STATUS[words[0]]
        draft.ground(f"数据状态：{draft.status.value}（表头写明）")
    else:
        draft.ground("数据状态：月报（没有写明快报或预计）")


# --------------------------------------------------------------------------------------------------- company


def settle_company(draft: Draft) -> KnownEnterprise | None:
    """The one company of the file, or None after an error that says how to name it."""
    if draft.options.company:
        found = draft.companies.by_option(draft.options.company)
        draft.enterprise = _decide(draft, found, "指定的企业")
        if draft.enterprise:
            draft.ground(f"企业按指定：{draft.enterprise.name}")
        return draft.enterprise
    if draft.code is not None:
        return _company_of_code(draft, draft.code.company)
    hits: list[tuple[str, Found]] = []
    for source, text, whole in company_sources(draft):
        found = draft.companies.in_cell(text) if whole else draft.companies.in_text(text)
        if whole and not found.matches:
            draft.error(
                "UNKNOWN_COMPANY",
                f"{source}写的“{text}”不在企业名录里",
                _unknown_hint(draft, text),
                value=text,
                answers=_near_answers(draft, text),
            )
            return None
        if found.matches or found.text:
            hits.append((source, found))
    if not hits and (learned := _company_of_profile(draft)) is not None:
        return learned
    if not hits:
        hint = "请在“企业”里选是哪一家；或请企业在表题中写明"
        command = "请用 --company 指明企业；或请企业在表题中写明"
        draft.error("COMPANY_MISSING", "没有找到是哪家企业的表", hint, command=command)
        return None
    source, found = hits[0]
    draft.enterprise = _decide(draft, found, source)
    if draft.enterprise is not None:
        draft.ground(f"企业：{draft.enterprise.name}（{source}写有“{found.text}”）")
        _tell_other_place(draft)
        _contradiction(draft, draft.enterprise, source, hits[1:])
    return draft.enterprise


def _tell_other_place(draft: Draft) -> None:
    """A known company with another county before its name may be another company."""
    own = draft.context.region_name
    for source, text, whole in company_sources(draft):
        for name in [text] if whole else full_names(text):
            place = "" if draft.companies.knows(name) else place_of_company(name, own)
            if place and not draft.options.region:
                draft.warn(
                    "REGION_DIFFERS",
                    f"{source}写的“{name}”是“{place}”的，本台账是{own}的",
                    "请核对是不是别处的企业；是同一家的，给企业加上这个别名就不再问",
                    value=name,
                    answers=[Answer(f"是{own}的数", region=draft.region)],
                )
                return


def _company_of_code(draft: Draft, name: str) -> KnownEnterprise | None:
    found = draft.companies.in_cell(name)
    draft.enterprise = _decide(draft, found, "模板编码")
    if draft.enterprise is not None:
        around = [
            (s, draft.companies.in_cell(text) if whole else draft.companies.in_text(text))
            for s, text, whole in company_sources(draft)
            if s in {"填报单位", "表题"}
        ]
        _contradiction(draft, draft.enterprise, "模板编码", around)
    return draft.enterprise


def _company_of_profile(draft: Draft) -> KnownEnterprise | None:
    """The company whose layout it is, where the file names none: said, and asked unless the user chose the profile."""
    found = draft.profile
    if found is None or found.profile.enterprise_id is None:
        return None
    chosen = draft.options.profile is not None
    if not chosen and (not draft.profile_sole or found.likeness < _SURE):
        return None
    owner = next((e for e in draft.companies.enterprises if e.id == found.profile.enterprise_id), None)
    if owner is None:
        return None
    draft.enterprise = owner
    draft.ground(f"企业：{owner.name}（按方案“{found.profile.name}”，文件里没有写）")
    if not chosen:
        draft.warn(
            "COMPANY_BY_PROFILE",
            f"文件里没有写企业，版式与方案“{found.profile.name}”相同，按{_short(owner)}读",
            "请核对；不是的，请在“企业”里另选",
            answers=company_answers(owner),
            command=f"请核对；不是的，请用 --company 指明企业。以后可用 --profile {found.profile.name} 指明",
        )
    return owner


def named_company(draft: Draft) -> KnownEnterprise | None:
    """The one company that the user, a template's code or the file itself names; nothing is decided or reported."""
    if draft.options.company:
        return draft.companies.by_option(draft.options.company).one
    if draft.code is not None:
        return draft.companies.in_cell(draft.code.company).one
    for _, text, whole in company_sources(draft):
        found = draft.companies.in_cell(text) if whole else draft.companies.in_text(text)
        if found.matches:
            return found.one
    return None


def company_sources(draft: Draft) -> Iterator[tuple[str, str, bool]]:
    """Where a company may be named, most reliable first: (source, text, whether the whole text is the name)."""
    around = draft.table.lines(RowRole.TITLE, RowRole.NOTE)
    for line in around:
        if (match := _REPORTER.search(line)) and not _is_month(match[1]) and not _OFFICE.search(match[1]):
            yield "填报单位", match[1], True
    for line in around:
        if match := _UNIT_OF_WRITER.search(line):
            yield "表头“单位”", match[1], False
    titles = draft.table.lines(RowRole.TITLE)
    yield from (("表题", line, False) for line in titles if not _REPORTER.search(line))
    if draft.table.sheet.name:
        yield "工作表名", draft.table.sheet.name, False
    yield "文件名", draft.file.stem, False


def _is_month(text: str) -> bool:
    """Behind a label that was left empty often stands the month of the form."""
    mention = find_month(text)
    return bool(mention.month or mention.year or mention.number)


def _decide(draft: Draft, found: Found, source: str) -> KnownEnterprise | None:
    if len(found.matches) == 1:
        return found.matches[0]
    if found.matches:
        names = "、".join(e.short_name or e.name for e in found.matches[:6])
        draft.error(
            "COMPANY_AMBIGUOUS",
            f"{source}同时指向几家企业：{names}",
            "请选是哪一家",
            value=found.text,
            command="请用 --company 指明是哪一家",
            answers=company_answers(*found.matches),
        )
    else:
        draft.error(
            "UNKNOWN_COMPANY",
            f"{source}“{found.text}”不在企业名录里",
            _unknown_hint(draft, found.text),
            value=found.text,
            answers=_near_answers(draft, found.text),
        )
    return None


def _unknown_hint(draft: Draft, text: str) -> str:
    near = draft.companies.nearest(text)
    asked = f"是不是“{near}”？" if near else ""
    return asked + "请核对名称；确是新企业的，先用企业名录文件登记，或给已有企业加上这个别名"


def _contradiction(draft: Draft, chosen: KnownEnterprise, source: str, others: list[tuple[str, Found]]) -> None:
    for other, found in others:
        if found.one is not None and found.one.id != chosen.id and len(found.text) >= 2:
            draft.error(
                "COMPANY_AMBIGUOUS",
                f"{source}写的是“{_short(chosen)}”，{other}却是“{_short(found.one)}”",
                "请核对后选是哪一家",
                command="请核对后用 --company 指明是哪一家",
                answers=company_answers(chosen, found.one),
            )
            return


def company_answers(*enterprises: KnownEnterprise) -> tuple[Answer, ...]:
    """The ways out where one of several companies is meant."""
    return tuple(Answer(f"是{_short(each)}", company=each.name) for each in enterprises[:6])


def _near_answers(draft: Draft, text: str) -> tuple[Answer, ...]:
    near = draft.companies.nearest(text)
    found = [each for each in draft.companies.enterprises if near and near in {each.name, each.short_name}]
    return company_answers(*found[:1])


def _short(enterprise: KnownEnterprise) -> str:
    return enterprise.short_name or enterprise.name
