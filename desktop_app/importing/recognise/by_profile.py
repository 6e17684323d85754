"""What a company's profile and a template's code settle before the table is recognised, each with its ground."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds import coverage_words, enterprises, long, outlets, registry
from desktop_app.importing.plan import KnownEnterprise
from desktop_app.importing.profiles import LIKE, MappingProfile, Match, ProfileColumn, head_levels, match
from desktop_app.importing.recognise.context import named_company
from desktop_app.importing.recognise.figures import names_aspect, read_head
from desktop_app.importing.recognise.months import find_month
from desktop_app.importing.recognise.words import bare_key, key
from desktop_app.importing.said import SKIP, Answer

COMPANY_WORDS = (
    *("企业名称", "企业", "公司名称", "公司", "快递企业", "寄递企业", "填报单位", "报送单位"),
    *("单位名称", "企业简称", "品牌", "名称", "网点"),
)
_FORM_WORDS = ("指标名称", "指标代码", "代码", "行次", "行号", "序号", "计量单位", "单位", "分项")
_CLOSE = 0.05
"""Two layouts whose likeness differs by less are equally like."""


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, frozenset[str]]:
    """Folded word → the roles that it names in one kind of table or another."""
    tables = (
        coverage_words.VOCABULARY,
        enterprises.VOCABULARY,
        long.VOCABULARY,
        outlets.VOCABULARY,
        registry.VOCABULARY,
    )
    roles: dict[str, set[str]] = {key(word): set() for word in _FORM_WORDS}
    for word in COMPANY_WORDS:
        roles.setdefault(key(word), set()).add("company")
    for table in tables:
        for role, words in table.items():
            for word in words:
                roles.setdefault(key(word), set()).add(role)
    return {word: frozenset(found - {"ignored"}) for word, found in roles.items()}


def _forms(levels: Sequence[str]) -> tuple[str, ...]:
    return key("".join(levels)), key(levels[-1]), bare_key(levels[-1])


def roles_of(levels: Sequence[str]) -> frozenset[str]:
    """The roles (企业, 月份, 村 …) that a head names; empty for indicators and unknown words."""
    known = _vocabulary()
    return next((known[form] for form in _forms(levels) if form in known), frozenset()) if levels else frozenset()


def understood(levels: Sequence[str]) -> bool:
    """Whether a head names an indicator, an aspect or a role that we know."""
    if read_head(levels, 0, "") is not None or names_aspect(levels[-1]):
        return True
    return any(form in _vocabulary() for form in _forms(levels))


def explains_itself(draft: Draft, column: int) -> bool:
    """Whether the head of a column can be understood without a profile."""
    levels = draft.levels[column]
    if not levels:
        return False
    if understood(levels) or draft.companies.in_cell(levels[-1]).matches:
        return True
    mention = find_month("".join(levels))
    return mention.month is not None or mention.number is not None


def settle_profile(draft: Draft) -> None:
    """Find the profile of this layout and let it speak for the columns that do not explain themselves."""
    profiles = _candidates(draft)
    if draft.table.head is None or not profiles:
        return
    own = [explains_itself(draft, column) for column in range(len(draft.levels))]
    matches = [match(profile, draft.shown, own) for profile in profiles]
    if draft.options.profile is None:
        matches = [found for found in matches if found.likeness >= LIKE]
    named = named_company(draft)
    if named is not None:
        matches = [found for found in matches if found.profile.enterprise_id in {named.id, None}]
    if not matches:
        return
    matches.sort(key=lambda m: (m.profile.enterprise_id is not None and named is not None, m.likeness), reverse=True)
    best = matches[0]
    rivals = [m for m in matches[1:] if best.likeness - m.likeness < _CLOSE and named is None]
    needed = _needed(draft, best, own)
    others = [m for m in rivals if _needed(draft, m, own) != needed]
    if others and needed:
        alike = [m.profile for m in (best, *others[:4])]
        draft.error(
            "ASK_PROFILE",
            f"这张表的版式像几个方案：{'、'.join(f'“{profile.name}”' for profile in alike)}",
            "请选按哪个方案读",
            answers=[Answer(f"按“{profile.name}”", profile=profile.name) for profile in alike],
            command=f"请用 --profile 指明按哪个方案读，例如 --profile {alike[0].name}",
        )
        return
    _apply(draft, best, own, sole=not any(m.profile.enterprise_id != best.profile.enterprise_id for m in rivals))


def _candidates(draft: Draft) -> tuple[MappingProfile, ...]:
    wanted = draft.options.profile
    if wanted is None:
        return draft.context.profiles
    chosen = tuple(p for p in draft.context.profiles if wanted in {p.name, str(p.id)})
    if not chosen:
        names = "、".join(p.name for p in draft.context.profiles[:8])
        draft.error("PROFILE_UNKNOWN", f"没有名为“{wanted}”的方案", f"已有：{names}" if names else "还没有任何方案")
    return chosen


def _needed(draft: Draft, found: Match, own: list[bool]) -> dict[int, ProfileColumn]:
    """What the profile would say: column → meaning; nothing of columns that the user has spoken of."""
    return {
        column: told
        for column, told in found.columns.items()
        if column not in draft.said and (told.fixed or (not own[column] and told.meaning != SKIP))
    }


def _apply(draft: Draft, found: Match, own: list[bool], *, sole: bool) -> None:
    profile = found.profile
    draft.profile = found
    draft.profile_sole = sole
    levels = list(draft.levels)
    for column, told in _needed(draft, found, own).items():
        written = draft.shown[column]
        levels[column] = _told_levels(draft, column, told, profile)
        draft.by_profile.add(column)
        draft.ground(f"列“{written}”按方案“{profile.name}”读作 {told.meaning}")
    for column, told in found.doubtful.items():
        if column in draft.said or (draft.options.profile is None and found.likeness < LIKE):
            continue
        written, name = draft.shown[column], draft.key(column)
        # Without the unit: the file's own goes before the one that the profile remembers.
        words = told.meaning.partition(" · ")[0]
        draft.error(
            "ASK_COLUMN",
            f"不认识列“{written}”；方案“{profile.name}”在这个位置是“{told.head}”（{told.meaning}）",
            f"请点列上面的小牌，说明这一列是什么；不要的，选“{SKIP}”",
            column=written,
            command=f"请说明这一列是什么：--column “{name}={words}”；不要的写 --column “{name}={SKIP}”",
            answers=[
                Answer(f"是{words}", meanings=((name, words),)),
                Answer(f"{SKIP}这一列", meanings=((name, SKIP),)),
            ],
        )
    draft.levels = tuple(levels)
    draft.names = tuple("/".join(level) for level in levels)


def _told_levels(draft: Draft, column: int, told: ProfileColumn, profile: MappingProfile) -> tuple[str, ...]:
    """The head that a profile's words stand for.

    What the clerk has settled for this very head in a file with this very line of units is settled with its unit;
    a file that names its units otherwise is believed.
    """
    if told.meaning == SKIP:
        return ()
    same = told.fixed and told.head == draft.shown[column] and profile.layout.unit == draft.table.unit
    if same and " · " in told.meaning:
        return head_levels(told.meaning, (), "")
    return head_levels(told.meaning, draft.levels[column], draft.table.unit)


def settle_code(draft: Draft) -> None:
    """A template's hidden code names form, company and month beyond doubt."""
    code = draft.code
    if code is None:
        return
    form = draft.catalogue.forms.get(code.form)
    draft.ground(f"种类、企业、月份按模板编码：{form.name if form else code.form}，{code.company}，{code.month.label}")
    own = draft.context.region
    if code.region != own and draft.options.region is None:
        draft.error("REGION_DIFFERS", f"这是 {code.region[:6]} 的模板，本台账属于 {own[:6]}", "请核对是不是发错了地方")


def code_company(draft: Draft) -> KnownEnterprise | None:
    """The company of the template's code, if the register has it."""
    if draft.code is None:
        return None
    return draft.companies.in_cell(draft.code.company).one
