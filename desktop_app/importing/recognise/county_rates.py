"""Green rates of the whole county that the bureau or the city hands down: no company's, kept beside the computed ones.

Taken where the file holds nothing but such rates, names no company, and says that they are the county's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.context import company_sources, settle_company
from desktop_app.importing.recognise.figures import FigureColumn
from desktop_app.importing.recognise.places import core, is_own

_BY_OFFICE = re.compile(
    r"(?:填报|报送|填表|编报|上报|下发|发布|核定)(?:单位|机构|部门)(?:名称)?\s*[:：]\s*"
    r"(本局|本级|[^:：\s]*(?:管理局|管理机构))(?=\s|$)"
)
"""An office as the one that reports; 制表单位 stands on companies' forms, too, and says nothing."""
_OFFICE = re.compile("本局|本级|[^:：]*(?:管理局|管理机构)")


def settle_owner(draft: Draft, figures: Sequence[FigureColumn]) -> None:
    """The one company of the file; nobody where the file hands down rates of the county."""
    own = draft.context.region_name
    if not own or draft.region != draft.context.region or not only_rates(figures) or _names_company(draft):
        settle_company(draft)
        return
    around = draft.table.lines(RowRole.TITLE, RowRole.NOTE)
    offices = (match[1] for line in around if (match := _BY_OFFICE.search(line)))
    office = next((name for name in offices if _is_ours(name, own)), "")
    rows = own_rows(draft)
    if office or rows:
        told = f"填报单位写的是“{office}”" if office else f"行名写的是“{own}”"
        _hand_down(draft, f"{told}，没有企业")
    elif any(core(own) in line for line in (*around, draft.table.sheet.name or "", draft.file.stem)):
        _hand_down(draft, f"表题写的是“{own}”，没有企业")
        draft.warn(
            "COUNTY_RATE",
            f"表里只有比率，没有写企业，按{own}全县的比率（上级下发）收",
            "是哪一家企业的，请在“企业”里选；确是全县的，写明是哪里下发的",
            command="是哪一家企业的，请用 --company 指明；确是全县的，用 --accept-warnings 写明是哪里下发的",
        )
    else:
        settle_company(draft)


def own_rows(draft: Draft) -> list[int]:
    """Data rows that name the ledger's own place and are not passed over."""
    own = draft.context.region_name
    rows = [row for row in draft.table.data_rows if row not in draft.skipped]
    return [row for row in rows if any(_is_ours(cell, own) for cell in draft.table.cells[row])]


def names_only_county(draft: Draft, column: int) -> bool:
    """Whether a column in which companies are expected holds the county or its bureau alone."""
    own = draft.context.region_name
    cells = [draft.cell(row, column) for row in draft.table.data_rows]
    return bool(own and cells) and all(_is_ours(cell, own) for cell in cells)


def only_rates(figures: Sequence[FigureColumn]) -> bool:
    """Whether every column of figures is a green rate that may stand without its halves."""
    return bool(figures) and all(figure.indicator.green_rate for figure in figures)


def _is_ours(text: str, own: str) -> bool:
    """Whether a name is the county's or its own bureau's; another county's office is neither."""
    plain = "".join(text.split())
    if is_own(plain, own) or plain in {"本局", "本级"}:
        return True
    return plain.startswith(core(own)) and _OFFICE.fullmatch(plain) is not None


def _names_company(draft: Draft) -> bool:
    if draft.options.company or draft.code is not None or draft.enterprise is not None:
        return True
    if draft.profile is not None and draft.profile.profile.enterprise_id is not None:
        return True
    for source, text, whole in company_sources(draft):
        if whole and not _OFFICE.fullmatch(text):
            return True
        found = draft.companies.in_text(text)
        if source != "填报单位" and (found.matches or found.text):
            return True
    return False


def _hand_down(draft: Draft, why: str) -> None:
    draft.handed_down = True
    draft.grounds[:] = [sentence.replace("（一家企业，", "（全县，") for sentence in draft.grounds]
    draft.ground(f"{why}：是全县的比率（上级下发），照收，列在按企业分子、分母算出的旁边，不参加计算")
