"""What every use case needs from the ledger: whose it is, its figures laid out for calculation, its villages.

Loading is cached per ledger until something is written: the number of audit events tells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from desktop_app.catalogue.model import Catalogue
from desktop_app.catalogue.own import OwnReading, OwnText, load_own, own_of_text, stamp_of
from desktop_app.errors import UserError
from desktop_app.indicators.amounts import Calculator, CoverageLookup
from desktop_app.indicators.coverage import (
    CoverageBook,
    CoverageFact,
    Village,
    coverage_value,
)
from desktop_app.indicators.daily import SeasonBook
from desktop_app.indicators.facts import Fact, FactKey, Facts, Member
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.outlets import OutletFact, outlet_value
from desktop_app.indicators.stations import Station, StationRegister, VillageSpan
from desktop_app.models.values import NATIONAL_REGION, Month, OutletKind, from_fixed, region_ancestors
from desktop_app.storage import (
    audit,
    batches,
    comparable,
    coverage,
    daily,
    enterprises,
    observations,
    outlets,
    regions,
    rules,
    settings,
    trace,
)
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WINDOW_YEARS = 3
"""How many whole years before the asked one are loaded at least: last year's bases and two-year trends."""

T = TypeVar("T")


@dataclass(frozen=True)
class Home:
    """Whose ledger this is."""

    region: str
    name: str
    sample: bool
    bureau: str


class _Cache:
    """Values computed from one ledger at one state of its audit trail."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: Hashable = None
        self._values: dict[Hashable, object] = {}

    def get(self, stamp: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if stamp != self._stamp:
                self._values.clear()
                self._stamp = stamp
            if key in self._values:
                return self._values[key]  # type: ignore[return-value]  # stored under the same key by the same caller
        value = make()
        with self._lock:
            if stamp == self._stamp:
                self._values[key] = value
        return value


_caches: WeakKeyDictionary[Ledger, _Cache] = WeakKeyDictionary()


def cached(ledger: Ledger, key: Hashable, make: Callable[[], T]) -> T:
    """``make()``, or what it returned last time if nothing has been written to the ledger or its own file since."""
    with ledger.read() as session:
        now = stamp(session), stamp_of(ledger.own_file)
    return _caches.setdefault(ledger, _Cache()).get(now, key, make)


def stamp(session: Session) -> int:
    """The state of the ledger: the number of its newest audit event, 0 for none. Every write adds one."""
    newest = audit.events(session, limit=1)
    return newest[0].id if newest else 0


def home(ledger: Ledger) -> Home:
    """The ledger's own region."""

    def load() -> Home:
        with ledger.read() as session:
            known = settings.all_settings(session)
        return Home(
            known.get("region_code", NATIONAL_REGION),
            known.get("region_name", ""),
            known.get("sample", "") == "1",
            known.get("bureau", ""),
        )

    return cached(ledger, "home", load)


def members(ledger: Ledger) -> tuple[Member, ...]:
    """All registered companies in the register's order."""

    def load() -> tuple[Member, ...]:
        with ledger.read() as session:
            return tuple(
                Member(e.id, e.short_name or e.name, e.brand, e.opened, e.closed)
                for e in enterprises.enterprises(session)
            )

    return cached(ledger, "members", load)


def catalogue(ledger: Ledger) -> Catalogue:
    """The catalogue with the bureau's own indicators and the check rules as this ledger has set them."""

    def load() -> Catalogue:
        shipped = own_reading(ledger).catalogue
        with ledger.read() as session:
            own = {code: (step.severity, step.thresholds) for code, step in rules.in_force(session).items()}
            return replace(shipped, rules=shipped.rules.tuned(own, rules.version(session)))

    return cached(ledger, "catalogue", load)


def own_reading(ledger: Ledger) -> OwnReading:
    """The own entries (自设指标、自设方案) beside the ledger (on a server: in it) as they stand, with what is wrong."""
    if ledger.own_file is not None:
        return load_own(ledger.own_file)
    with ledger.read() as session:
        text = settings.get_setting(session, settings.OWN_ENTRIES)
    return own_of_text(OwnText(settings.OWN_PLACE, text.encode()))


def calculator(ledger: Ledger, last: Month, region: str | None = None) -> Calculator:
    """Calculator over the figures of ``region`` (default: the ledger's own) up to the end of ``last``'s year."""
    own = home(ledger).region
    where = region or own

    def load() -> Calculator:
        return _calculator(ledger, catalogue(ledger), last.year, where)

    return cached(ledger, ("calculator", where, last.year), load)


def calculators(
    ledger: Ledger, codes: Collection[str], years: range, region: str | None = None
) -> Mapping[int, Calculator]:
    """For each year the calculator that :func:`calculator` gives, but over the figures of some indicators only.

    Ten years of one indicator are read at once; the windows are the same, so that the amounts are too.
    """
    own = home(ledger).region
    where = region or own
    wanted = frozenset(codes)

    def load() -> Mapping[int, Calculator]:
        known = catalogue(ledger)
        back = _years(known)
        rows = _load_facts(ledger, where, years[-1], years[-1] - years[0] + back, wanted)
        lookup = _coverage_lookup(ledger, where)
        return {year: Calculator(known, _window(rows, year - back, year), lookup) for year in years}

    return cached(ledger, ("calculators", where, wanted, years), load)


def _coverage_lookup(ledger: Ledger, region: str) -> CoverageLookup | None:
    """Villages and outlets of the ledger's own region, or the villages of one of its towns; None elsewhere."""
    book = coverage_book(ledger)
    if region != home(ledger).region:
        own = book.of_town(region)
        return (lambda code, month: coverage_value(own, code, month)) if own.register else None
    places = outlet_facts(ledger)

    def covered(code: str, month: Month) -> Fraction | None:
        value = outlet_value(places, code, month)
        return coverage_value(book, code, month) if value is None else value

    return covered


def _window(facts: Facts, first: int, last: int) -> Facts:
    """Of wider facts those of some years."""
    values = {key: fact for key, fact in facts.values.items() if first <= key.month // 100 <= last}
    return replace(facts, values=values, season=facts.season.between(first, last))


def trial_calculator(ledger: Ledger, tried: Catalogue, last: Month, region: str) -> Calculator:
    """The same over the same figures under another catalogue, for trying a definition before it is stored."""
    ready = calculator(ledger, last, region)
    if _years(tried) <= _years(ready.catalogue):
        return ready.under(tried)
    return _calculator(ledger, tried, last.year, region)


def _calculator(ledger: Ledger, known: Catalogue, year: int, region: str) -> Calculator:
    facts = _load_facts(ledger, region, year, _years(known))
    return Calculator(known, facts, _coverage_lookup(ledger, region))


def _years(known: Catalogue) -> int:
    """How many years before the asked one have to be loaded for every formula."""
    versions = [each for entry in known.indicators.values() for each in (entry, *entry.earlier)]
    return max(WINDOW_YEARS, *(each.formula.years_back for each in versions if each.formula is not None))


def _load_facts(ledger: Ledger, region: str, year: int, years: int, codes: Collection[str] | None = None) -> Facts:
    first, last = Month(year - years, 1), Month(year, 12)
    with ledger.read() as session:
        stored = observations.current_figures(session, region, first, last, codes)
        bases = [base for base in comparable.current_bases(session) if base.region == region]
        returned = batches.still_returned(batches.list_batches(session))
    values = {FactKey(*key): Fact(*figure) for key, figure in stored.items()}
    later = {
        FactKey(b.indicator, b.month.shift(12).key, b.span, b.enterprise_id): b.comparable for b in bases
    }  # stored under the base's own month, asked for under the current one
    return Facts(
        region, values, members(ledger), returned, later, _season(ledger, region).between(first.year, last.year)
    )


def _season(ledger: Ledger, region: str) -> SeasonBook:
    """The days of every peak season, and the indicators that are made of them."""

    def load() -> SeasonBook:
        made = {code: each.season for code, each in catalogue(ledger).indicators.items() if each.season is not None}
        with ledger.read() as session:
            stored = daily.current_days(session, region)
        given = {
            (key.day, key.enterprise_id, key.item): Fraction(from_fixed(row.value))
            for key, row in stored.items()
            if row.value is not None
        }
        return SeasonBook(given, made)

    return cached(ledger, ("season", region), load)


def outlet_facts(ledger: Ledger) -> tuple[OutletFact, ...]:
    """The outlet register as the rates ask for it."""

    def load() -> tuple[OutletFact, ...]:
        with ledger.read() as session:
            found = outlets.outlets(session)
        return tuple(
            OutletFact(o.id, o.enterprise_id, o.kind, bool(o.filing_no), o.opened, o.closed, o.recycling) for o in found
        )

    return cached(ledger, "outlets", load)


def coverage_book(ledger: Ledger) -> CoverageBook:
    """Register, records and village stations of the ledger's own region."""

    def load() -> CoverageBook:
        prefix = home(ledger).region.rstrip("0") or "0"
        with ledger.read() as session:
            units = regions.every_unit(session, prefix=prefix)
            records = coverage.timeline(session, region_prefix=prefix)
            majors = enterprises.all_major_brands(session)
            places = outlets.outlets(session, kind=OutletKind.VILLAGE)
        towns = {unit.code: unit.name for unit in units if unit.level == "town"}
        handed_on = [(u.code, u.valid_to) for u in units if u.valid_to and u.successor_code not in {None, u.code}]
        ends: dict[str, list[int]] = {}
        for code, end in handed_on:
            ends.setdefault(code, []).append(end)

        def since(unit: regions.StoredRegion) -> int:
            """First month whose records of the code are this village's: the code may have been another's before."""
            return max((end + 1 for end in ends.get(unit.code, ()) if end < unit.valid_from), default=0)

        register = tuple(
            (
                Village(u.code, u.name, u.parent_code, towns.get(u.parent_code, ""), since(u)),
                u.valid_from,
                u.valid_to,
            )
            for u in units
            if u.level == "village" and u.administrative_village
        )
        history: dict[str, dict[str, list[CoverageFact]]] = {}
        for r in records:
            history.setdefault(r.village_code, {}).setdefault(r.brand, []).append(
                CoverageFact(
                    r.month.key,
                    r.state,
                    r.modes,
                    r.weekly_frequency,
                    r.station,
                    r.parcels_in,
                    r.parcels_out,
                    r.evidence_date,
                    r.batch_id,
                    r.row,
                    r.extra_charge,
                    r.evidence_kind,
                    r.checker,
                    r.evidence_sha256,
                    r.reason,
                )
            )
        frozen = {code: {b: tuple(facts) for b, facts in brands.items()} for code, brands in history.items()}
        stations = StationRegister(
            tuple(Station(o.name, (o.region_code, *o.serves), o.opened, o.closed) for o in places),
            tuple(
                VillageSpan(u.code, u.valid_from, u.valid_to, u.successor_code or "")
                for u in units
                if u.level == "village"
            ),
        )
        return CoverageBook(register, frozen, majors, stations)

    return cached(ledger, "coverage", load)


def scope(ledger: Ledger, region: str | None = None, enterprise_id: int | None = None) -> Scope:
    """Whose figures are meant: the ledger's own region unless another is named, all companies unless one is."""
    own = home(ledger)
    where = region or own.region
    name = own.name if where == own.region else region_name(ledger, where)
    return Scope(
        where,
        name,
        "national" if where == NATIONAL_REGION else "county",
        None if enterprise_id is None else frozenset({enterprise_id}),
        {member.id: member.name for member in members(ledger)},
    )


def region_name(ledger: Ledger, code: str) -> str:
    """Name of a region as registered; 全国 for the whole country; the code itself when it is not registered."""
    if code == NATIONAL_REGION:
        return "全国"
    with ledger.read() as session:
        found = regions.region_of(session, code)
    return found.name if found else code


def check_region(ledger: Ledger, code: str) -> None:
    """Refuse a region that the ledger knows neither from its register nor from any figure.

    :raises UserError: unknown region.
    """
    own = home(ledger).region
    if code == own or code in region_ancestors(own):
        return
    with ledger.read() as session:
        known = regions.region_of(session, code) is not None or code in trace.regions_with_figures(session)
    if not known:
        raise UserError(f"台账里没有地区 {code}", hint="请核对区划代码；本台账的地区可不写")


def nearest_region_with(ledger: Ledger, code: str, last: Month) -> str:
    """The ledger's own region if it has figures for ``code``, else the nearest one above it that has."""
    own = home(ledger).region
    for candidate in [own, *region_ancestors(own)]:
        calc = calculator(ledger, last, candidate)
        indicator = calc.catalogue.indicator(code)
        leaves = {code, *calc.inputs(indicator), *indicator.parts}
        if any(calc.facts.knows(leaf) for leaf in leaves):
            return candidate
    return own
