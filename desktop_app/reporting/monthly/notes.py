"""备注 at the end: rounding, gaps, definitions, the bureau's own remarks."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.results.figures import Completeness, Figure
from desktop_app.models.values import CellState, FigureStatus
from desktop_app.reporting.content import Note, Run, Text
from desktop_app.reporting.monthly.standing import DUTY
from desktop_app.reporting.monthly_data import MonthlyData
from desktop_app.reporting.slots import nobody_complete
from desktop_app.reporting.templates import Templates, fill, load_templates
from desktop_app.reporting.wording import Origin, Runs, count_words, listed, origin_of

WHOLES = ("MKT.VOL", "MKT.REV")
_PROVISIONAL = (FigureStatus.ESTIMATE.value, FigureStatus.FLASH.value)


def month_notes(data: MonthlyData, templates: Templates) -> list[Note]:
    """Numbered small print; a single note has no number."""
    sentences = list(note_sentences(data, templates))
    if len(sentences) == 1:
        return [Note(sentences[0], label="备注")]
    return [
        Note((Text(f"{number}. "), *sentence), label="备注" if number == 1 else "")
        for number, sentence in enumerate(sentences, start=1)
    ]


def note_sentences(data: MonthlyData, templates: Templates) -> Iterable[Runs]:
    """What a reader must know to read the numbers rightly."""
    shown = [data.figures[row.code] for row in templates.rows if row.code in data.figures]
    yield (Text(templates.text("note_rounding")),)
    yield from _definitions(data, templates)
    yield from _incomplete(data, templates)
    if not data.whole and any(nobody_complete(figure) for figure in shown):
        yield (Text(templates.text("note_no_cumulative")),)
    yield from _lopsided(data, templates)
    for state in (CellState.MISSING, CellState.RETURNED, CellState.NOT_APPLICABLE):
        names = [figure.name for figure in shown if figure.state is state]
        if names:
            yield (Text(templates.text("note_unsaid", names=listed(names), state=state.label, this=data.this)),)
    for basis, key in (("可比口径", "note_comparable"), ("报送", "note_reported")):
        names = [figure.name for figure in shown if basis in {figure.yoy_basis, figure.cumulative_yoy_basis}]
        if names:
            yield (Text(templates.text(key, names=listed(names))),)
    found = [figure.status for figure in shown if figure.status in _PROVISIONAL]
    if found:
        yield (Text(templates.text("note_status", status=min(found, key=_PROVISIONAL.index), this=data.this)),)
    if data.withheld:
        yield (Text(templates.text("note_withheld", names=listed(data.withheld))),)
    yield from _explained(data, templates)
    yield from ((Text(remark),) for remark in data.remarks if remark)


def _explained(data: MonthlyData, templates: Templates) -> Iterable[Runs]:
    """数据质量说明: whose figures were doubted, in what, and the reason given; without names in a public edition."""
    if not data.edition.names_companies:
        named = {name for group in data.explained for _, names in group.doubts for name in names if name}
        if named:
            count = count_words(len(named), "家", Origin(DUTY, str(data.month)))
            filled = fill(templates.texts["note_explained_public"], {"count": count}.get)
            if filled is not None:
                yield filled
        return
    for group in data.explained:
        said = "；".join(
            "：".join(filter(None, (listed(list(filter(None, names))), what))) for what, names in group.doubts
        )
        yield (Text(group.month + templates.text("note_explained", doubts=said, reason=group.reason)),)


def _definitions(data: MonthlyData, templates: Templates) -> Iterable[Runs]:
    """By which definition each figure is made that could be made by several."""
    named = [
        f"{used.name}（{used.code}）"
        if used.definition == used.name
        else f"{used.name}按“{used.definition}”（{used.code}）"
        for used in data.definitions
    ]
    if named:
        yield (Text(templates.text("note_definitions", names="；".join(named))),)


def gaps_words(data: MonthlyData) -> Runs:
    """Who is not in the sums and what is withheld, in a line."""
    templates = load_templates("monthly")
    said = [*_incomplete(data, templates)]
    if data.withheld:
        said.append((Text(templates.text("note_withheld", names=listed(data.withheld))),))
    return tuple(run for sentence in said for run in sentence)


def _sums(data: MonthlyData) -> Iterable[tuple[Figure, Figure | None]]:
    """Volume and revenue, and with them their parts that have a value: who gives the whole may not give the parts."""
    for code in WHOLES:
        whole = data.figures.get(code)
        if whole is None:
            continue
        yield whole, None
        for part in load_catalogue().indicator(code).parts:
            figure = data.figures.get(part)
            if figure is not None and figure.state is CellState.VALUE:
                yield figure, whole


def _incomplete(data: MonthlyData, templates: Templates) -> Iterable[Runs]:
    """Who is not in the sums of volume and revenue; said once when both lack as many companies."""
    said: dict[str, tuple[list[str], Runs]] = {}
    for figure, whole in _sums(data):
        for label, lacking, of_whole in (
            (data.this, figure.completeness, whole and whole.completeness),
            ("累计", figure.cumulative_completeness, whole and whole.cumulative_completeness),
        ):
            if not lacking.complete and lacking != of_whole:
                names, _ = said.setdefault(lacking.words, ([], _lacking_words(lacking, origin_of(figure))))
                names.append(f"{figure.name}{label}数")
    for names, words in said.values():
        filled = fill(templates.texts["note_incomplete"], {"names": (Text("、".join(names)),), "words": words}.get)
        if filled is not None:
            yield filled


def _lopsided(data: MonthlyData, templates: Templates) -> Iterable[Runs]:
    """Growth of which one side holds companies that the other lacks: without a note it would be silently wrong."""
    said: dict[tuple[str, str, int], tuple[list[str], Origin]] = {}
    for figure, whole in _sums(data):
        alike = set() if whole is None else set(_one_sided(whole))
        for key, growth, count in _one_sided(figure):
            if (key, growth, count) in alike:
                continue
            said.setdefault((key, growth, count), ([], origin_of(figure)))[0].append(figure.name)
    for (key, growth, count), (names, origin) in said.items():
        values: dict[str, Runs] = {
            "names": (Text("、".join(names)),),
            "count": count_words(count, "家", origin),
            "growth": (Text(growth),),
            "this": (Text(data.this),),
            "last": (Text(data.last),),
        }
        filled = fill(templates.texts[key], values.get)
        if filled is not None:
            yield filled


def _one_sided(figure: Figure) -> Iterable[tuple[str, str, int]]:
    """(template, which growth, how many companies) of every growth that is one-sided."""
    yearly, cumulative = figure.yoy_surplus, figure.cumulative_yoy_surplus
    if yearly and yearly == cumulative:
        yield "note_lopsided", "同比、累计同比", yearly
    else:
        if yearly:
            yield "note_lopsided", "同比", yearly
        if cumulative:
            yield "note_lopsided", "累计同比", cumulative
    if figure.mom_surplus:
        yield "note_mom_low", "环比", figure.mom_surplus
    if figure.mom_gap:
        yield "note_mom_high", "环比", figure.mom_gap


def _lacking_words(lacking: Completeness, origin: Origin) -> Runs:
    """12家中2家未报、1家退回."""
    parts: list[Run] = [*count_words(lacking.expected, "家", origin), Text("中")]
    for number, word in lacking.counts:
        parts += [*((Text("、"),) if len(parts) > 2 else ()), *count_words(number, "家", origin), Text(word)]
    return tuple(parts)
