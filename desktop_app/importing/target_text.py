"""Targets out of sentences (粘贴句子): 快递业务量完成24亿件、同比增长15% → a level and a growth rate.

Nothing is decided here and nothing is dropped: what was understood is shown for confirmation with what is doubtful said
in words, and every clause that was not understood is said back with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.catalogue.model import Catalogue, Indicator, Kind
from desktop_app.catalogue.targets import Measure
from desktop_app.importing.recognise.vocabulary import aliases, recognising
from desktop_app.importing.target_draft import Reading, TargetDraft, Unread
from desktop_app.importing.target_names import indicators_in
from desktop_app.importing.target_numbers import FoundFigure, figures, in_unit_of, plain_numbers
from desktop_app.importing.target_words import (
    HOPED,
    PLAN_ENDS,
    PLAN_YEARS,
    SCOPES,
    Dates,
    comparator_of,
    is_full,
    is_none,
    is_times_of,
    measure_of,
    read_dates,
    rises,
    says_growth,
    title_year,
    without_dates,
    years_together,
)
from desktop_app.models.values import Comparator, Month

_SENTENCE = re.compile(r"[。；;！!\n]+")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])[^，,、\d％%]{2,12}"
)
"""（一）发展规模, 2.业务量方面: a title, which sets nothing."""
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_CLAUSE = re.compile(r"([，,、：:]+)")
_FROM = re.compile(r"(?:由|从)[^，。]*?(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|缩短|压缩|达)(?:到|至)")
_RANGE = re.compile(r"^\s*(?:[—–~～\-]|到|至)")
_TAIL = re.compile(r"\s*(?:及?以上|及?以下|以内|之内|左右|上下)")
_TOGETHER = re.compile(r"均|都")
_EACH = re.compile(r"分别")
_SOME = re.compile(r"多个|若干|一批|单个|每个|每家")
_CONNECTS = re.compile(
    r"^(?:到|至|截至|其中|同时|确保|力争|争取|全年|年底前?|今年|本年|主要目标|目标|发展目标|期末|“?十[二三四五]五”?期?末?|"
    r"[\s“”\"：:.\d]|主要目标是|年度目标|我市|我县|我局|全市|全县|方面)*$"
)
_LED = re.compile(r"(?:.{0,14}(?:目标|要求|方面)(?:是|为)?[:：])")
_NOISE = re.compile(
    r"同比|比上年|较上年|比去年|较去年|增长|增速|增幅|年均|新增|累计|增加|净增|提高|提升|下降|降低|减少|完成|达到|达|实现|保持在|力争|争取|"
    r"超过|以上|以下|以内|左右|不低于|不少于|不超过|控制在|均|分别|约|全年|其中|到|至|比基期|为?基期的|[\d.,%‰\s]"
)
_MEANINGFUL = 6
"""Letters beside numbers and known words from which on a clause has a subject of its own that we do not know."""
_INDUSTRY = "行业总体/业务总量与收入"
_PARTS = ("同城", "异地", "国际/港澳台", "国际")


def read_sentences(text: str, year: int, catalogue: Catalogue | None = None, document: str = "") -> Reading:
    """Every target in the text, and every clause that is none.

    A clause without an indicator of its own goes on about the one before it in the same sentence; a date holds for the
    rest of its paragraph.

    :param year: for what names no date, unless the title says one.
    :param catalogue: whose names are known; the shipped one by default.
    :param document: title of the document: 本局2022年工作要点, “十四五”规划.
    """
    titled = title_year(document)
    plan_base = next((Month(end - 5, 12) for name, end in PLAN_ENDS.items() if name in document), None)
    drafts: list[TargetDraft] = []
    unread: list[Unread] = []
    with recognising(catalogue):
        for line in text.splitlines():
            dates: Dates | None = None
            for sentence in filter(str.strip, _SENTENCE.split(line)):
                if _HEADING.fullmatch(sentence.strip()):
                    continue
                dates = read_dates(plain_numbers(sentence), titled or year, dates)
                reader = _Sentence(sentence.strip(), dates, plan_base or _plan_base(sentence), titled or year)
                reader.read()
                drafts += reader.drafts
                unread += reader.unread
    return Reading(tuple(drafts), tuple(unread))


def _plan_base(sentence: str) -> Month | None:
    return next((Month(end - 5, 12) for name, end in PLAN_ENDS.items() if name in sentence), None)


class _Sentence:
    """Reads one sentence clause by clause; ``drafts`` and ``unread`` are what came of it."""

    def __init__(self, text: str, dates: Dates, plan_base: Month | None, year: int) -> None:
        self.text, self.dates, self.plan_base, self.year = text, dates, plan_base, year
        self.drafts: list[TargetDraft] = []
        self.unread: list[Unread] = []
        self.subject: Indicator | None = None
        self.whole: Indicator | None = None
        """What was last spoken of that has parts (同城、异地、国际)."""
        self.waiting: list[tuple[Indicator, str]] = []
        self.group: list[Indicator] = []
        """The names that 分别 was last said of."""
        self.each = ""
        """Words before the first figure of 分别, which hold for all of its figures."""
        self.lead = ""
        """A clause without figure and indicator before 、, which may be the beginning of a name."""

    def read(self) -> None:
        """Read all clauses."""
        text = _BRACKETS.sub(_bracket, plain_numbers(self.text))
        parts = _CLAUSE.split(_LED.sub("", text, count=1) if _LED.match(text) else text)
        for clause, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if clause.strip():
                self._clause(clause.strip(), mark)
        self._drop_lead()
        for _, words in self.waiting:
            self._leave(words, "只有指标，没有数")

    def _clause(self, clause: str, mark: str) -> None:
        bare = without_dates(clause).strip()
        found = list(figures(bare))
        joined = self.lead + bare
        named = indicators_in(joined) if self.lead else []
        named = [self._whose(each, bare) for each in named or indicators_in(bare)]
        if found or is_full(bare) or is_none(bare) or (named and rises(bare)):
            self._told(clause, bare, found, named)
            return
        if named and not says_growth(_after(bare, named[-1])):
            self._drop_lead(consumed=self._completes(named, bare))
            self.waiting += [(each, bare) for each in named]
            self._turn_to(named[-1])
        elif named:
            self._leave(clause, "没有写数")
            self._turn_to(named[-1])
        elif not _CONNECTS.match(bare):
            self._drop_lead()
            if "、" in mark:
                self.lead = bare + mark
            else:
                self._leave(clause, "没有数，不作为量化目标")

    def _told(self, clause: str, bare: str, found: list[FoundFigure], named: list[Indicator]) -> None:
        """A clause that says something: with a figure, or 全覆盖, or 不发生."""
        part = self._part(bare)
        whose = [part] if part is not None and not named else named
        self._drop_lead(consumed=self._completes(named, bare))
        if _EACH.search(bare) and found:
            self.each = bare[: found[0].start]
            if not whose and not self.waiting:
                self.waiting = [(each, bare) for each in self.group]
            self.group = [each for each, _ in self.waiting] + whose
        if self.each and self._pairs(clause, bare, found, whose):
            return
        own = whose[-1] if whose else None
        indicator = own or (None if self._other_subject(bare) else self.subject)
        if indicator is None or (found and _SOME.search(bare[: found[0].start])):
            self._leave(clause, "没有认出是哪个指标" if indicator is None else "说的是单个企业、品牌或项目")
            return
        if own is None and found and not any(self._fits(indicator, each) for each in found):
            self._leave(clause, "没有认出是哪个指标")
            return
        self._settle(clause, bare, found)
        for other in whose[:-1]:
            self._draft(clause, bare, found, other)
        self._draft(clause, bare, found, indicator)
        if own is not None and part is None:
            self._turn_to(own)

    def _whose(self, indicator: Indicator, bare: str) -> Indicator:
        """邮政业务总量…，业务收入…: the income is of what was spoken of before, when that is the whole industry."""
        if indicator.code != "MKT.REV" or "快递" in bare or self.subject is None or self.subject.group != _INDUSTRY:
            return indicator
        return aliases().find("邮政行业业务收入") or indicator

    def _fits(self, indicator: Indicator, figure: FoundFigure) -> bool:
        """Whether a figure can be the indicator's: in its unit, or a growth of it."""
        return figure.unit in {"%", "倍"} or bool(in_unit_of(indicator, figure)[1])

    def _settle(self, clause: str, bare: str, found: list[FoundFigure]) -> None:
        """The names before this clause: with 均 its figure is theirs too, else they have none."""
        waiting, self.waiting = self.waiting, []
        for other, words in waiting:
            if _TOGETHER.search(bare):
                self._draft(clause, bare, found, other)
            else:
                self._leave(words, "只有指标，没有数")

    def _turn_to(self, indicator: Indicator) -> None:
        self.subject = indicator
        if indicator.parts:
            self.whole = indicator

    def _completes(self, named: Sequence[Indicator], bare: str) -> bool:
        """直辖市、省会城市间邮件全程时限: whether the clause kept back is the beginning of a name."""
        if not self.lead or not named:
            return False
        return self.lead.rstrip("、") in named[-1].name or [each.code for each in indicators_in(bare)] != [
            each.code for each in named
        ]

    def _pairs(self, clause: str, bare: str, found: list[FoundFigure], named: list[Indicator]) -> bool:
        """快递业务量、快递业务收入分别完成24亿件、260亿元: figures go to the names in order."""
        self.waiting += [(each, clause) for each in named]
        if not self.waiting:
            return False
        for figure in found:
            if not self.waiting:
                self._leave(clause, "“分别”后面的数比指标多")
                return True
            indicator, _ = self.waiting.pop(0)
            self._one(clause, self.each + bare[figure.start : figure.end], figure, indicator)
            self._turn_to(indicator)
        self.each = self.each if self.waiting else ""
        return True

    def _part(self, bare: str) -> Indicator | None:
        """其中异地18亿件: the part of what the sentence speaks of."""
        if self.whole is None:
            return None
        return next((aliases().find(word + self.whole.name) for word in _PARTS if word in bare), None)

    def _other_subject(self, bare: str) -> bool:
        return len(_NOISE.sub("", bare)) > _MEANINGFUL

    # ------------------------------------------------------------------------------------------- one target

    def _draft(self, clause: str, bare: str, found: list[FoundFigure], indicator: Indicator) -> None:
        """The targets of one clause: a part of it for each figure."""
        if not found or (is_full(bare) and not any(in_unit_of(indicator, each)[1] for each in found)):
            self._without_figure(clause, bare, found, indicator)
            return
        if len(found) > 1 and _FROM.search(bare) and found[0].unit == found[-1].unit:
            self._from_to(clause, bare, found, indicator)
            return
        start = 0
        for place, figure in enumerate(found):
            following = found[place + 1].start if place + 1 < len(found) else len(bare)
            tail = _TAIL.match(bare, figure.end, following)
            end = following if place + 1 == len(found) else (tail.end() if tail else figure.end)
            words = bare[start:end]
            if place and _RANGE.match(words):
                self._leave(clause, "是一个范围，请写成一个数")
            else:
                self._one(clause, words, figure, indicator, lead=bare[:start])
            start = end

    def _without_figure(self, clause: str, bare: str, found: list[FoundFigure], indicator: Indicator) -> None:
        beside = tuple(f"句中的{each.number:f}{each.scale}{each.unit}没有登记" for each in found)
        if is_full(bare) and indicator.base_unit == "%" and indicator.kind in {Kind.RATIO, Kind.COVERAGE}:
            said = ("“全覆盖”一类的话，按100%登记", *beside)
            self._add(indicator, Measure.LEVEL, Comparator.GE, Decimal(100), "%", bare, said)
        elif is_none(bare) and indicator.kind.adds_over_months:
            self._add(indicator, Measure.LEVEL, Comparator.LE, Decimal(0), indicator.base_unit, bare, beside)
        elif rises(bare):
            said = ("“稳中有升”一类的话，按比基期提高登记", *beside)
            self._add(indicator, Measure.INCREMENT, Comparator.GT, Decimal(0), indicator.base_unit, bare, said)
        else:
            full = is_full(bare) and indicator.base_unit != "%"
            self._leave(clause, "“全覆盖”要登记成覆盖率，请用“登记目标…”选指标" if full else "没有写数")

    def _from_to(self, clause: str, bare: str, found: list[FoundFigure], indicator: Indicator) -> None:
        """由76.7分提高到80分: a base and a level."""
        before = len(self.drafts)
        self._one(clause, bare[found[0].end :], found[-1], indicator)
        base, unit, _ = in_unit_of(indicator, found[0])
        for place in range(before, len(self.drafts)):
            draft = self.drafts[place]
            if unit == draft.unit:
                self.drafts[place] = replace(draft, base_month=self._base(draft.measure), base_value=base)

    def _one(self, clause: str, words: str, figure: FoundFigure, indicator: Indicator, lead: str = "") -> None:
        measure, falls, doubt = measure_of(words, figure.unit, indicator, self.dates)
        doubts = [doubt] if doubt else []
        if measure.is_rate:
            more = 1 if is_times_of(words) else 0
            value = (figure.number - more) * 100 if figure.unit == "倍" else figure.number
            unit = "%"
        else:
            value, unit, said = in_unit_of(indicator, figure)
            if not unit:
                self._leave(clause, said)
                return
            doubts += [said] if said else []
        if falls and value > 0:
            value = -value
        comparator, about = comparator_of(words, indicator, measure, falls=falls)
        doubts += [about] if about else []
        if figure.about and not about:
            doubts.append("句中是约数")
        if (
            "邮政" in self.text
            and "快递" not in clause + lead
            and indicator.code.startswith("MKT.")
            and indicators_in(words)
        ):
            doubts.append(f"句中没有写“快递”，按{indicator.name}读，也可能指邮政行业的数")
        if indicator.code == "IND.REV" and "邮政" not in clause:
            doubts.append(f"句中没有写是谁的业务收入，前面说的是邮政，按{indicator.name}读")
        if "其中" in words and not indicators_in(words) and self._part(words) is None:
            self._leave(clause, "“其中”只指一部分，没有认出是哪一部分")
            return
        self._add(indicator, measure, comparator, value, unit, words, tuple(doubts))

    def _add(
        self,
        indicator: Indicator,
        measure: Measure,
        comparator: Comparator,
        value: Decimal,
        unit: str,
        words: str,
        doubts: Sequence[str],
    ) -> None:
        counted = measure in {Measure.AVERAGE, Measure.CHANGE, Measure.INCREMENT}
        over_year = "上年" in words or "去年" in words
        base = None
        if counted:
            base = Month(self.dates.due.year - 1, 12) if over_year else self._base(measure, years_together(words))
        if base is not None and not over_year and self.dates.base is None and self.plan_base is None:
            doubts = (*doubts, f"句中没有写从哪年算起，按{base.year}年底起算")
        scope = SCOPES.search(words)
        of_part = scope is not None and scope[0] not in indicator.name
        if scope is not None and of_part:
            doubts = (*doubts, f"只指{scope[0]}")
        self.drafts.append(
            TargetDraft(
                indicator=indicator.code,
                name=indicator.name,
                measure=measure,
                comparator=comparator,
                value=value,
                unit=unit,
                due=self.dates.due,
                text=self.text,
                expected=bool(HOPED.search(words)),
                doubts=tuple(doubts),
                base_month=base,
                scope=scope[0] if scope is not None and of_part else "",
            )
        )

    def _base(self, measure: Measure, together: int = 0) -> Month:
        """Named in the sentence, else the plan's, else the December before; an average needs years."""
        due = self.dates.due
        if self.dates.base is not None and self.dates.base < due:
            return self.dates.base
        if self.plan_base is not None and self.plan_base < due:
            return self.plan_base
        years = PLAN_YEARS if measure is Measure.AVERAGE or due.year > self.year + 1 else 1
        return Month(due.year - (together or years), 12)

    def _leave(self, clause: str, reason: str) -> None:
        told = clause.strip()
        last = self.unread[-1] if self.unread else None
        counted = any(True for _ in figures(without_dates(told)))
        if last is not None and last.reason == reason and not last.counted and not counted:
            # One line for a run of words without a figure.
            self.unread[-1] = replace(last, text=f"{last.text}，{told}")
        else:
            self.unread.append(Unread(told, reason, counted, self.dates.due))

    def _drop_lead(self, *, consumed: bool = False) -> None:
        if self.lead and not consumed:
            self._leave(self.lead.rstrip("、"), "没有数，不作为量化目标")
        self.lead = ""


def _bracket(match: re.Match[str]) -> str:
    """窄胶带（≤45mm）: a figure in brackets belongs to the name; （同比增长15%） is a clause of its own."""
    inside = match[1]
    if any(True for _ in figures(inside)):
        return f"，{inside}，"
    return "" if re.search(r"\d|牵头|负责|略", inside) else match[0]


def _after(text: str, indicator: Indicator) -> str:
    """What follows the name of an indicator; all of the text where the name is another word."""
    _, found, rest = text.partition(indicator.name)
    return rest if found else ""
