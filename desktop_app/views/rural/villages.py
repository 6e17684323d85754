"""The village list without Qt: what each line says under a definition, and which lines a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.services.results.overview import Tone
from desktop_app.services.results.rural import Gap, VillageRow
from desktop_app.services.results.rural_rates import Relapse, TargetPace
from desktop_app.views.finding import matches, query_words

REACHED = "通达"
UNREACHED = "未通"
RELAPSED = "回退"

ALL = ""
STATES = (
    (ALL, "全部"),
    ("reached", "通达"),
    ("unreached", "未通（含回退）"),
    ("relapsed", "回退"),
    ("seldom", "周投不足3次"),
    ("stale", "证据待核实"),
    ("unproved", "没有证据"),
    ("carried", "沿用以前的记录"),
    ("charged", "有加收费用"),
    ("stopped", "有品牌停运、回退"),
    ("unstationed", "没有站点"),
)
"""Choices of the state filter."""
GAP_STATES = (
    (ALL, "全部"),
    ("relapsed", "回退"),
    ("never", "从未通达"),
    ("stale", "证据待核实"),
    ("unproved", "没有证据"),
)

STALE = "待核实"
NEVER = "从未"
EVERY_BRAND = "全部品牌"
AT_THIS_PACE = "按现在的进度："
ENOUGH_VISITS = 3
"""周投递频次 that counts as regular."""

_TONES = {REACHED: Tone.GOOD, UNREACHED: Tone.WARN, RELAPSED: Tone.BAD}


@dataclass(frozen=True)
class VillageLine:
    """A village with its state under the chosen definition, or with respect to one brand."""

    row: VillageRow
    state: str

    @property
    def tone(self) -> Tone:
        """How the state is coloured."""
        return _TONES[self.state]


@dataclass(frozen=True)
class VillageFilter:
    """What is asked for; an empty field asks for nothing. ``town`` is a name, ``state`` a key of STATES."""

    words: str = ""
    town: str = ALL
    brand: str = ALL
    mode: str = ALL
    state: str = ALL

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return self != VillageFilter()


def village_lines(rows: Iterable[VillageRow], gaps: Iterable[Gap], brand: str = ALL) -> tuple[VillageLine, ...]:
    """Every village with its state: under the definition that ``gaps`` follow, or whether ``brand`` reaches it."""
    if brand:
        return tuple(VillageLine(row, REACHED if brand in row.brands else UNREACHED) for row in rows)
    lost = {gap.code: gap.relapsed for gap in gaps}
    return tuple(
        VillageLine(row, REACHED if row.code not in lost else RELAPSED if lost[row.code] else UNREACHED) for row in rows
    )


def chosen_lines(lines: Iterable[VillageLine], wanted: VillageFilter) -> list[VillageLine]:
    """The lines that the filter lets through, in the order given."""
    words = query_words(wanted.words)
    return [
        line
        for line in lines
        if (not wanted.town or line.row.town == wanted.town)
        and (not wanted.mode or wanted.mode in line.row.modes)
        and (not wanted.state or _in_state(line, wanted.state))
        and (not words or _found(words, line.row))
    ]


def chosen_gaps(gaps: Iterable[Gap], initials: dict[str, str], wanted: VillageFilter) -> list[Gap]:
    """The gaps that town, missing brand, words and state let through; ``initials`` by village code."""
    words = query_words(wanted.words)
    return [
        gap
        for gap in gaps
        if (not wanted.town or gap.town == wanted.town)
        and (not wanted.brand or gap.missing == EVERY_BRAND or wanted.brand in gap.missing.split("、"))
        and (not wanted.state or _gap_in_state(gap, wanted.state))
        and (not words or matches(words, gap.name, gap.code, gap.town, initials.get(gap.code, "")))
    ]


def chosen_relapses(lost: Iterable[Relapse], initials: dict[str, str], wanted: VillageFilter) -> list[Relapse]:
    """The brands that have left which town, brand and words let through; ``initials`` by village code."""
    words = query_words(wanted.words)
    return [
        each
        for each in lost
        if (not wanted.town or each.town == wanted.town)
        and (not wanted.brand or each.brand == wanted.brand)
        and (not words or matches(words, each.village, each.code, each.town, initials.get(each.code, "")))
    ]


def _found(words: Sequence[str], row: VillageRow) -> bool:
    """By name, code, town and initials; failing that every word in the station, the brands or the evidence."""
    if matches(words, row.name, row.code, row.town, row.initials):
        return True
    if any(len(word) < 2 or word.isascii() for word in words):
        return False
    rest = f"{row.name} {row.town} {row.station} {' '.join(row.brands)} {row.proof}".lower()
    return all(word in rest for word in words)


_STATE_TESTS: dict[str, Callable[[VillageLine], bool]] = {
    "reached": lambda line: line.state == REACHED,
    "unreached": lambda line: line.state != REACHED,
    "relapsed": lambda line: line.state == RELAPSED,
    "seldom": lambda line: line.row.frequency is not None and line.row.frequency < ENOUGH_VISITS,
    "stale": lambda line: line.row.evidence.startswith(STALE),
    "unproved": lambda line: not line.row.proof,
    "carried": lambda line: bool(line.row.carried),
    "charged": lambda line: bool(line.row.charged),
    "stopped": lambda line: bool(line.row.stopped),
    "unstationed": lambda line: not line.row.station,
}


def _in_state(line: VillageLine, state: str) -> bool:
    return _STATE_TESTS[state](line)


def _gap_in_state(gap: Gap, state: str) -> bool:
    match state:
        case "relapsed":
            return gap.relapsed
        case "never":
            return gap.since == NEVER
        case "stale":
            return gap.evidence.startswith(STALE)
        case "unproved":
            return gap.evidence == "—"
    return True


def pace_words(paces: Sequence[TargetPace]) -> str:
    """按现在的进度：2022年100% 2022年3月达到；2025年>90% 2021年6月达到."""
    parts = [f"{pace.due[:4]}年{pace.aim_text} {pace.words.removeprefix(AT_THIS_PACE)}" for pace in paces]
    return f"{AT_THIS_PACE}{'；'.join(parts)}" if parts else ""


def pace_tip(paces: Sequence[TargetPace]) -> str:
    """Targets with the formula of the pace."""
    return "\n".join("\n".join(filter(None, (f"{p.name} {p.aim_text}：{p.words}", p.formula))) for p in paces)
