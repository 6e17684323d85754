"""Own indicators while they are typed (自设指标): a code proposed, what stands against them, the next version made."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.catalogue.formula import FormulaError, parse_formula
from desktop_app.catalogue.indicators import MAX_DECIMALS, read_indicator
from desktop_app.catalogue.model import (
    Catalogue,
    Dimension,
    Display,
    Frequency,
    Indicator,
    Kind,
    Owner,
    SeriesBreak,
)
from desktop_app.catalogue.own import GROUP, lay_over, load_own
from desktop_app.catalogue.own_writing import entry_text
from desktop_app.catalogue.reading import Entry
from desktop_app.errors import CatalogueError, UserError
from desktop_app.models.values import Month, Polarity
from desktop_app.services import context, own_formulas
from desktop_app.services.pinyin import initials
from desktop_app.services.results.own_indicators import FormulaReading, OwnDraft, Trial
from desktop_app.storage import observations
from desktop_app.storage.engine import Ledger

PREFIX = "OWN."
"""Proposed codes begin so: no shipped code ever does."""
_CARRIED = {Frequency.MONTH: 0, Frequency.QUARTER: 3, Frequency.YEAR: 24}
"""Months that a stock holds without a newer figure; a year's holds as 常住人口 does."""
_SHORTEST = 2
_LONGEST_SHORT = 12


def draft_of(entry: Indicator) -> OwnDraft:
    """An own indicator as it is typed in the dialog."""
    county = entry.display["county"]
    return OwnDraft(
        name=entry.name,
        code=entry.code,
        unit=county.unit.name,
        kind=entry.kind.value,
        definition=entry.definition,
        group=entry.group,
        short=entry.short,
        owner=entry.owner.value,
        polarity=entry.polarity.value,
        decimals=county.decimals,
        frequency=entry.frequency.value,
        dimensions=tuple(each.value for each in entry.dimensions),
        source=entry.source,
        aliases=entry.aliases,
        formula=entry.formula.text if entry.formula is not None else "",
        valid_from=str(entry.valid_from or ""),
    )


def propose_code(ledger: Ledger, name: str) -> str:
    """A free code for a name: 乡镇网点巡查次数 → OWN.XZWDXCCS; empty for a blank name."""
    letters = re.sub(r"[^A-Z0-9]", "", initials(name).upper())
    if not letters:
        return ""
    taken = context.catalogue(ledger).indicators
    code, number = PREFIX + letters, 1
    while code in taken:
        number += 1
        code = f"{PREFIX}{letters}{number}"
    return code


def read_formula(ledger: Ledger, draft: OwnDraft) -> FormulaReading:
    """What the draft's formula says."""
    return own_formulas.read_formula(ledger, draft.formula, draft.code, draft.unit)


def try_draft(ledger: Ledger, draft: OwnDraft, month: Month, region: str | None = None) -> Trial:
    """What the draft gives for a month and region.

    :raises UserError: the draft cannot be computed: a formula that is wrong, no unit.
    """
    reading = read_formula(ledger, draft)
    wrong = next((note.text for note in reading.notes if note.serious), "")
    if wrong:
        raise UserError(wrong, hint="先改正公式再试算")
    catalogue = context.catalogue(ledger)
    named = replace(draft, code=draft.code or f"{PREFIX}SHISUAN", name=draft.name or "试算")
    return own_formulas.try_indicator(ledger, _indicator(named, catalogue), month, region)


def check(ledger: Ledger, draft: OwnDraft, editing: str = "") -> tuple[tuple[str, str], ...]:
    """What stands against storing the draft: (field, words), empty when nothing does."""
    catalogue, reading = context.catalogue(ledger), context.own_reading(ledger)
    found = list(_blanks(draft))
    if not editing and draft.code in catalogue.indicators:
        own = "已有自设指标" if draft.code in catalogue.own else "是程序自带的指标"
        found.append(("code", f"代码 {draft.code} {own}“{catalogue.indicators[draft.code].name}”，请换一个"))
    elif draft.code and not re.fullmatch(r"[A-Z][A-Z0-9_]*(\.[A-Z0-9_]+)+", draft.code):
        found.append(("code", f"代码“{draft.code}”写法不对，应为大写字母和数字，用点分段，如 OWN.XCCS"))
    if draft.unit and draft.unit not in catalogue.units:
        found.append(("unit", f"没有单位“{draft.unit}”，请从列表里选"))
    formula = read_formula(ledger, draft)
    found += [("formula", note.text) for note in formula.notes if note.serious]
    for field, words in (("valid_from", draft.valid_from), ("new_from", draft.new_from)):
        if words and _month(words) is None:
            found.append((field, f"“{words}”不是月份，要写成 2021-03 这样"))
    if not found and editing:
        found += _frozen(ledger, draft, reading.entries[editing])
    if not found:
        try:
            fit(draft, editing, catalogue, reading.entries)
        except CatalogueError as error:
            found.append((_field_of(error.message), error.message))
    return tuple(found)


def _blanks(draft: OwnDraft) -> list[tuple[str, str]]:
    found = []
    if len(draft.name.strip()) < _SHORTEST:
        found.append(("name", "没有写名称"))
    if not draft.code:
        found.append(("code", "没有代码"))
    if not draft.unit:
        found.append(("unit", "没有选单位"))
    if not draft.definition.strip():
        found.append(("definition", "没有写口径：算哪些、不算哪些，从哪里取"))
    if GROUP.fullmatch(draft.group.strip()) is None:
        found.append(("group", "分组要写成“上级/下级”，例如 本局自设/自设指标"))
    if draft.kind == Kind.RATIO and not draft.formula.strip():
        found.append(("formula", "比率要有公式；直接录入的百分数请选“得分、时长”"))
    if draft.kind in {Kind.RANK, Kind.CATEGORY} and draft.formula.strip():
        found.append(("formula", "名次和分类不能由公式算"))
    return found


def _frozen(ledger: Ledger, draft: OwnDraft, stands: Indicator) -> list[tuple[str, str]]:
    """What must not change once figures are stored: they would mean something else."""
    with ledger.read() as session:
        count = observations.figures_of(session, [stands.code]).get(stands.code, 0)
    base = context.catalogue(ledger).units[draft.unit].base
    if count and base != stands.base_unit:
        return [("unit", f"台账里已有 {count} 个以{stands.base_unit}计的数，单位不能改成{draft.unit}；请另设一个指标")]
    if count and draft.kind != stands.kind:
        return [("kind", f"台账里已有 {count} 个数，性质不能改；请停用它，另设一个指标")]
    if draft.new_from and stands.valid_from is not None and draft.new_from <= str(stands.valid_from):
        return [("new_from", f"新口径的月份要晚于现在这一版的 {stands.valid_from}")]
    return []


def _field_of(message: str) -> str:
    if "名称或别名" in message or "别名" in message:
        return "aliases"
    found = re.match(r"[a-z_]+", message)
    return found[0] if found else "formula"


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def fit(draft: OwnDraft, editing: str, catalogue: Catalogue, own: Mapping[str, Indicator]) -> Indicator:
    """The indicator of a draft, read back from what would be written and laid beside all others.

    :raises CatalogueError: it does not fit.
    """
    made = _indicator(draft, catalogue)
    if editing:
        made = _next_version(made, own[editing], draft)
    table = tomllib.loads(entry_text(made))["indicator"][0]
    entry = Entry(table, "")
    made = read_indicator(entry, catalogue.units)
    lie_beside(made, own)
    return made


def lie_beside(made: Indicator, own: Mapping[str, Indicator]) -> None:
    """Lay an indicator beside all others.

    :raises CatalogueError: it does not fit.
    """
    shipped = load_own(None).catalogue
    places = {code: Entry({}, "") for code in (*shipped.indicators, *own, made.code)}
    lay_over(shipped, {**own, made.code: made}, places)


def _indicator(draft: OwnDraft, catalogue: Catalogue) -> Indicator:
    """What was typed as an indicator, its first version.

    :raises UserError: no unit, or a formula that cannot be read.
    """
    unit = catalogue.units.get(draft.unit)
    if unit is None:
        raise UserError("没有选单位", hint="单位从列表里选")
    try:
        formula = parse_formula(own_formulas.coded(draft.formula.strip(), catalogue)) if draft.formula.strip() else None
    except FormulaError as error:
        raise UserError(str(error)) from None
    display = Display(unit, max(0, min(draft.decimals, MAX_DECIMALS)))
    kind, frequency = Kind(draft.kind), Frequency(draft.frequency)
    name = " ".join(draft.name.split())
    return Indicator(
        code=draft.code,
        name=name,
        short=draft.short.strip() or name[:_LONGEST_SHORT],
        group=draft.group.strip(),
        kind=kind,
        owner=Owner.COMPUTED if formula is not None else Owner(draft.owner),
        base_unit=unit.base,
        display={"county": display, "national": display},
        polarity=Polarity(draft.polarity),
        definition=draft.definition.strip(),
        definition_version=1,
        source=draft.source.strip() or "本局自定",
        formula=formula,
        aliases=tuple(dict.fromkeys(alias.strip() for alias in draft.aliases if alias.strip())),
        carried_months=_CARRIED[frequency] if kind is Kind.STOCK and formula is None else 0,
        valid_from=_month(draft.valid_from),
        frequency=frequency,
        dimensions=tuple(Dimension(each) for each in draft.dimensions),
        entered=formula is None and draft.owner != Owner.COMPANY and kind is not Kind.CATEGORY,
        core=False,
    )


def _next_version(made: Indicator, stands: Indicator, draft: OwnDraft) -> Indicator:
    """What is written for one that exists: corrected, or a new version beside the old one."""
    national = stands.display["national"]
    same_way = (made.kind, made.frequency) == (stands.kind, stands.frequency)
    # What only the file can say (parts, national scale, breaks …) stays as it stands there.
    kept = replace(
        stands,
        name=made.name,
        short=made.short,
        group=made.group,
        kind=made.kind,
        owner=made.owner,
        base_unit=made.base_unit,
        display=made.display
        if national == stands.display["county"] or made.base_unit != stands.base_unit
        else {**made.display, "national": national},
        polarity=made.polarity,
        definition=made.definition,
        source=made.source,
        formula=made.formula,
        aliases=made.aliases,
        carried_months=stands.carried_months if same_way else made.carried_months,
        frequency=made.frequency,
        dimensions=made.dimensions,
        # That a company's figure is entered too is for the file to say.
        entered=made.entered or (stands.entered and made.owner is Owner.COMPANY and made.formula is None),
    )
    start = _month(draft.new_from)
    if start is None:
        return replace(kept, definition_version=stands.definition_version, valid_from=made.valid_from)
    number = stands.definition_version + 1
    old = replace(stands, valid_to=start.shift(-1), earlier=(), retired=False)
    marks = () if draft.comparable else (SeriesBreak(start, f"口径改为第{number}版"),)
    return replace(
        kept,
        definition_version=number,
        valid_from=start,
        breaks=(*stands.breaks, *marks),
        earlier=(*stands.earlier, old),
    )
