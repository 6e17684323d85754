"""The numbers that a figure is made of, down to the stored ones, each with its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from desktop_app.catalogue.format import format_amount
from desktop_app.catalogue.model import Indicator, Kind, Owner, SeasonFigure
from desktop_app.indicators.amounts import Amount, Calculator
from desktop_app.indicators.daily import FESTIVAL, season_days, seasons_in
from desktop_app.indicators.facts import FactKey, Member
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.rate_only import reported_rate
from desktop_app.indicators.season import USUAL_MEAN, usual_quarter
from desktop_app.models.values import SCALE, CellState, DailyItem, Month, Period, Span, cumulative_words
from desktop_app.services.results.tracing import DAY, FigureAddress, Lacking, StoredPlace, TraceNode
from desktop_app.services.tracing.address import named
from desktop_app.services.tracing.versions import figure_place
from desktop_app.storage.versions import FigureVersion

MOST_NODES = 4000
"""A tree of more is cut; its nodes can be traced by themselves."""
RATE_ALONE = "只报了比率，没有分子分母，不入全县合计"
DAY_ITEMS = {
    SeasonFigure.WHOLE: DailyItem.COLLECTED,
    SeasonFigure.FESTIVAL: DailyItem.COLLECTED,
    SeasonFigure.DUE: DailyItem.DUE,
    SeasonFigure.DELIVERED: DailyItem.DELIVERED,
}
OWNERS = {Owner.SUPERIOR: "上级", Owner.BUREAU: "本局", Owner.COMPUTED: "本局", Owner.COMPANY: "企业"}


@dataclass
class Grower:
    """Builds nodes of one region's figures.

    ``versions``: every stored version by the key of its fact. ``returned``: why a company's file of a month (key) was
    sent back. ``lacking`` is filled on the way.
    """

    calc: Calculator
    scope: Scope
    versions: Mapping[tuple[str, int, Span, int | None], Sequence[FigureVersion]]
    returned: Mapping[tuple[int, int], str] = field(default_factory=dict)
    lacking: list[Lacking] = field(default_factory=list)
    _left: int = MOST_NODES

    def grow(
        self,
        code: str,
        period: Period,
        members: frozenset[int] | None,
        *,
        amount: Amount | None = None,
        name: str = "",
        note: str = "",
    ) -> TraceNode:
        """The node of one indicator in one period over some companies, with everything below it.

        :param amount: where it is evaluated over other companies or months than ``members`` would give.
        """
        indicator = self.calc.catalogue.indicator(code)
        found = amount if amount is not None else self.calc.amount(code, period, members)
        self._left -= 1
        if (
            amount is None
            and found.value is None
            and (alone := self._alone(indicator, period, members, name)) is not None
        ):
            return alone
        children = self._children(indicator, period, members, found) if self._left > 0 else ()
        place = None
        if len(children) == 1 and children[0].place is not None and not children[0].children:
            # One stored number, and it is the figure itself: its place is the figure's.
            place, note, children = children[0].place, note or children[0].note, ()
        return TraceNode(
            name=name or indicator.name,
            text=self.text(indicator, found),
            state=found.state,
            note=note,
            place=place,
            address=self._address(indicator, period, members),
            children=children,
        )

    def _alone(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, name: str
    ) -> TraceNode | None:
        """A rate that a company gave without its numerator and denominator (◇): shown, but in no sum."""
        if members is None or len(members) != 1 or indicator.kind is not Kind.RATIO:
            return None
        (company,) = members
        rate = reported_rate(self.calc, indicator, period, self.calc.facts.member(company))
        if rate is None:
            return None
        place = self._place(FactKey(indicator.code, period.last.key, Span.MONTH, company))
        return TraceNode(name or indicator.name, self.text(indicator, rate), note=RATE_ALONE, place=place)

    def text(self, indicator: Indicator, amount: Amount) -> str:
        """The amount with its unit, or the word of its state."""
        if amount.value is None:
            return amount.state.label
        return format_amount(indicator, amount.value, self.scope.scale, with_unit=True)

    def _address(self, indicator: Indicator, period: Period, members: frozenset[int] | None) -> FigureAddress | None:
        if members is not None and len(members) != 1:
            return None
        company = str(next(iter(members))) if members else ""
        return FigureAddress(indicator.code, *named(period), company, self.scope.region)

    # ------------------------------------------------------------------ below a node

    def _children(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, amount: Amount
    ) -> tuple[TraceNode, ...]:
        if indicator.season is SeasonFigure.USUAL and not any(key.indicator == indicator.code for key in amount.keys):
            quarter = usual_quarter(period)
            return () if quarter is None else (self.grow(USUAL_MEAN, quarter, members, amount=amount),)
        if self.calc.told_whole(indicator, period, members) is not None:
            return self._entity(indicator, period, None, amount)
        if self.calc.additive(indicator.code):
            if members is not None and len(members) == 1:
                return self._entity(indicator, period, self.calc.facts.member(next(iter(members))), amount)
            return self._companies(indicator, period, members, amount)
        told = [key for key in amount.keys if key.indicator == indicator.code]
        if told or indicator.formula is None:
            return self._whole(indicator, period, members, amount)
        return self._inputs(indicator, period, members, amount)

    def _whole(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, amount: Amount
    ) -> tuple[TraceNode, ...]:
        """A figure of the region itself, or one that a rule computes from the companies' volumes (CRn、HHI)."""
        if indicator.rule:
            return (self.grow("MKT.VOL", period, members, note="各品牌的业务量"),)
        return self._entity(indicator, period, None, amount)

    def _inputs(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, amount: Amount
    ) -> tuple[TraceNode, ...]:
        """The formula's inputs over the companies that gave all of them, and what it takes from earlier years."""
        nodes = []
        used = self.calc.inputs_used(indicator, period, members)
        for code, found in used.items():
            kept = self.calc.rests_on_companies(self.calc.catalogue.indicator(code))
            over = amount.reported if kept and amount.reported and members is None else members
            nodes.append(self.grow(code, period, over if kept else None, amount=found))
            if kept and members is None:
                nodes[-1] = self._with_absent(nodes[-1], code, period, amount)
        for code, years in indicator.formula.earlier if indicator.formula is not None else ():
            then = period.years_before(years)
            nodes.append(
                self.grow(code, then, members, name=f"{then.label}{self.calc.catalogue.indicator(code).short}")
            )
        return tuple(nodes)

    def _with_absent(self, node: TraceNode, code: str, period: Period, ratio: Amount) -> TraceNode:
        """A formula's input with the companies that are left out of it, so that one sees why."""
        absent = sorted(ratio.missing | ratio.returned)
        if not absent:
            return node
        extra = []
        for company in absent:
            found = self.calc.amount(code, period, frozenset({company}))
            note = "分子分母不全，两边都不计" if found.value is not None else ""
            name = self.calc.facts.member(company).name
            extra.append(TraceNode(name, self.text(self.calc.catalogue.indicator(code), found), found.state, note))
            self._lack(self.calc.catalogue.indicator(code), period, company, found)
        return TraceNode(
            node.name, node.text, node.state, node.note, node.place, node.address, (*node.children, *extra)
        )

    def _companies(
        self, indicator: Indicator, period: Period, members: frozenset[int] | None, amount: Amount
    ) -> tuple[TraceNode, ...]:
        """Every company that is open; the largest first, who is lacking last."""
        rows: list[tuple[Amount, TraceNode]] = []
        months = period.months if indicator.kind.adds_over_months else [period.last]
        for member in self.calc.facts.active_members(months):
            if members is not None and member.id not in members:
                continue
            only = frozenset({member.id})
            found = self.calc.amount(indicator.code, period, only)
            note = "部分月份未报" if amount.value is not None and member.id in amount.partial else ""
            rows.append((found, self.grow(indicator.code, period, only, name=member.name, note=note)))
        rows.sort(key=lambda row: (row[0].value is None, -(row[0].value or 0)))
        return tuple(node for _, node in rows)

    # ------------------------------------------------------------------ stored numbers

    def _entity(
        self, indicator: Indicator, period: Period, member: Member | None, amount: Amount
    ) -> tuple[TraceNode, ...]:
        """The stored numbers of one company or of the region, with the months for which there is none."""
        who = None if member is None else member.id
        if indicator.season is not None and who is not None and amount.value is not None and not amount.keys:
            return self._days(indicator, period, who)
        nodes = [self._leaf(key, period, indicator) for key in amount.keys]
        if amount.value is None:
            self._lack(indicator, period, who, amount)
        elif member is not None and member.id in amount.partial:
            given = {key.month for key in amount.keys}
            for month in period.months:
                if month.key not in given and member.active(month):
                    gone = self.calc.amount(indicator.code, Period.of_month(month), frozenset({member.id}))
                    nodes.append(TraceNode(month.label, self.text(indicator, gone), gone.state))
                    self._lack(indicator, Period.of_month(month), who, gone)
        if not nodes:
            # What was stored and no longer counts, so that one sees what became of it.
            key = FactKey(indicator.code, period.last.key, Span.MONTH, who)
            place = self._place(key)
            if place is not None:
                nodes.append(TraceNode(period.label, amount.state.label, amount.state, "没有计入的数", place))
        return tuple(nodes)

    def _days(self, indicator: Indicator, period: Period, company: int) -> tuple[TraceNode, ...]:
        """The days of the season of which a company's figure is made; each is traced by itself (旺季日报)."""
        item, nodes = DAY_ITEMS[indicator.season or SeasonFigure.WHOLE], []
        for month in seasons_in(period.months):
            told, _ = self.calc.facts.season.count(indicator.code, month.year, company)
            festival = indicator.season is SeasonFigure.FESTIVAL
            when = season_days(month.year)[FESTIVAL - 1].isoformat() if festival else str(month.year)
            address = FigureAddress(f"{DAY}{item.name}", when, subject=str(company))
            amount = Amount(told, CellState.MISSING if told is None else CellState.VALUE)
            name = f"旺季日报　{month.year}年{'11月11日' if festival else '11月1日—18日'}{item.value}量"
            nodes.append(TraceNode(name, self.text(indicator, amount), amount.state, address=address))
        return tuple(nodes)

    def _leaf(self, key: FactKey, period: Period, wanted: Indicator) -> TraceNode:
        self._left -= 1
        indicator = self.calc.catalogue.indicator(key.indicator)
        fact = self.calc.facts.values[key]
        month = Month.from_key(key.month)
        when = month.label if key.span is Span.MONTH else f"{month.year}年{cumulative_words(month)}累计"
        part = indicator.short if key.indicator != wanted.code else ""
        value = None if fact.value is None else Fraction(fact.value, SCALE)
        note = fact.status
        if wanted.carried_months and month < period.last:
            note = f"{note}，沿用" if note else "沿用"
        return TraceNode(
            name=f"{part}　{when}".strip("　"),
            text=self.text(indicator, Amount(value, fact.state)),
            state=fact.state,
            note=note,
            place=self._place(key),
        )

    def _place(self, key: FactKey) -> StoredPlace | None:
        return figure_place(
            self.versions.get((key.indicator, key.month, key.span, key.enterprise_id), ()),
            self.calc.catalogue.indicator(key.indicator),
            self.scope.scale,
        )

    def _lack(self, indicator: Indicator, period: Period, company: int | None, amount: Amount) -> None:
        """Note who is lacking; 不适用 is no lack."""
        if amount.value is not None or amount.state is CellState.NOT_APPLICABLE:
            return
        who = OWNERS[indicator.owner] if company is None else self.calc.facts.member(company).name
        why = {CellState.RETURNED: "文件已退回，待重报"}.get(
            amount.state, "还没有报" if company is not None else f"{who}还没有下发或录入"
        )
        said = ""
        if company is not None:
            said = next(filter(None, (self.returned.get((company, month.key), "") for month in period.months)), "")
        if amount.state is CellState.RETURNED and said:
            why = f"{why}；退回原因：{said}"
        entry = Lacking(who, f"{period.label}{indicator.name}", why)
        if entry not in self.lacking:
            self.lacking.append(entry)
