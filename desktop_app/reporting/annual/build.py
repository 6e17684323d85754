"""The whole annual report from its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import FigureStatus
from desktop_app.reporting.annual.sections import LEDGER, illustrations, main_table, words_of
from desktop_app.reporting.annual.slots import AnnualSlots
from desktop_app.reporting.annual_data import AnnualData
from desktop_app.reporting.content import (
    Block,
    Contents,
    Cover,
    Document,
    Edition,
    Heading,
    KeepTogether,
    KeyFigure,
    KeyFigures,
    Measure,
    Note,
    PageBreak,
    Paragraph,
    SignatureBlock,
    StateRun,
    Text,
)
from desktop_app.reporting.monthly.build import INTERNAL, SAMPLE
from desktop_app.reporting.monthly.notes import WHOLES
from desktop_app.reporting.slots import figure_words
from desktop_app.reporting.templates import SectionTemplate, Templates, fill, fill_section, load_templates
from desktop_app.reporting.wording import Origin, Runs, count_words, day_words, listed, origin_of

_AREAS = "areas"
_KEY = (
    ("MKT.VOL", "快递业务量"),
    ("MKT.REV", "快递业务收入"),
    ("MKT.UNITPRICE", "单件收入"),
    ("SVC.SAT", "服务满意度"),
    ("RUR.REACH", "建制村通达率"),
    ("SVC.CMPLRATE", "有效申诉率"),
)
"""The first four that the year has; a strip with a gap in it looks unfinished."""
_STRIP = 4
_PROVISIONAL = (FigureStatus.ESTIMATE.value, FigureStatus.FLASH.value)


def build_annual(data: AnnualData) -> Document:
    """Cover, contents, 前言, part one with tables and charts, part two with places for text, notes, signatures.

    A sentence whose figure is lacking is dropped and the gap said in a note; a section of which nothing can be said
    says so or leaves a place for text.
    """
    templates = load_templates("annual")
    names = {"region": data.region_name, "year": str(data.period.first.year)}
    slots = AnnualSlots(data.figures, data.scale, words_of(data))
    first = list(_part(1, data, templates, slots))
    # What part two lacks is told by its places for text.
    notes = _notes(data, templates, slots)
    second = list(_part(2, data, templates, slots))
    blocks: tuple[Block, ...] = (
        Cover(templates.text("cover_year", **names), templates.text("cover", **names), day_words(data.made_on)),
        Contents(),
        Heading(templates.text("preface"), 0, plain=True),
        KeyFigures(tuple(_key_figures(data))[:_STRIP] or (KeyFigure(_KEY[0][1], StateRun()),)),
        _place(templates, templates.text("preface_place")),
        main_table(data, templates),
        *first,
        *second,
        PageBreak(),
        Heading(templates.text("notes"), 0, plain=True),
        *notes[:-1],
        KeepTogether((notes[-1], SignatureBlock())),
    )
    return Document(
        title=templates.text("title", **names),
        period_label=data.period.label,
        blocks=blocks,
        edition=data.edition,
        made_on=data.made_on,
        issuer=data.bureau,
        badges=(*((SAMPLE,) if data.sample else ()), *((INTERNAL,) if data.edition is Edition.INTERNAL else ())),
    )


def open_places() -> int:
    """How many places are left for text, 前言 among them."""
    chapters = load_templates("annual").chapters
    return 1 + sum(bool(section.place) for chapter in chapters for section in chapter.sections)


def _part(part: int, data: AnnualData, templates: Templates, slots: AnnualSlots) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(templates.text(f"part_{part}"), 0)
    for chapter in templates.chapters:
        if chapter.part == part:
            yield Heading(chapter.title)
            for section in chapter.sections:
                yield from _section(section, data, templates, slots)


def _section(section: SectionTemplate, data: AnnualData, templates: Templates, slots: AnnualSlots) -> Iterator[Block]:
    yield Heading(section.title, 2)
    earlier, slots.unsaid = slots.unsaid, {}
    said = fill_section(templates, section.key, slots, january=False)
    lacking, slots.unsaid = slots.unsaid, earlier | slots.unsaid
    yield from said
    if section.place:
        yield _place(templates, section.place)
    elif not said:
        yield Paragraph((Text(_lacking(section, data, templates, lacking)),))
    yield from illustrations(section.key, data, templates)


def _lacking(section: SectionTemplate, data: AnnualData, templates: Templates, codes: Iterable[str]) -> str:
    """In the place of a section of which nothing can be said: what is lacking, and how it gets there."""
    year = str(data.period.first.year)
    if section.key == _AREAS and data.areas_lacking:
        return templates.text("none_areas", year=year, reason=data.areas_lacking)
    names = list(map(_name, codes))
    open_names = [name for name in names if name not in data.withheld]
    if names and not open_names:
        return templates.text("note_withheld", names=listed(names))
    return templates.text("none", year=year, names="、".join(open_names) or section.title)


def _place(templates: Templates, what: str) -> Paragraph:
    return Paragraph((Text(templates.text("place", what=what)),))


def _key_figures(data: AnnualData) -> Iterator[KeyFigure]:
    for code, label in _KEY:
        figure = data.figures.get(code)
        if figure is not None and figure.value is not None:
            run = origin_of(figure).run(figure.text, Measure.VALUE, figure.value, figure.unit)
            yield KeyFigure(label, run, figure.display_unit, figure_words(figure, Measure.YOY) or ())


# ----------------------------------------------------------------------------------------------- notes


def _notes(data: AnnualData, templates: Templates, slots: AnnualSlots) -> list[Note]:
    sentences = list(_sentences(data, templates, slots))
    return [
        Note((Text(f"{number}. "), *sentence), label="备注" if number == 1 else "")
        for number, sentence in enumerate(sentences, start=1)
    ]


def _sentences(data: AnnualData, templates: Templates, slots: AnnualSlots) -> Iterator[Runs]:
    yield (Text(templates.text("note_rounding")),)
    yield (Text(templates.text("note_moving")),)
    shown = [figure for figure in data.figures.values() if figure.value is not None]
    yield from _lacking_companies(shown, templates)
    for basis, key in (("可比口径", "note_comparable"), ("报送", "note_reported")):
        names = [figure.name for figure in shown if figure.yoy_basis == basis]
        if names:
            yield (Text(templates.text(key, names=listed(names))),)
    found = [figure.status for figure in shown if figure.status in _PROVISIONAL]
    if found:
        yield (Text(templates.text("note_status", status=min(found, key=_PROVISIONAL.index))),)
    if data.areas_lacking:
        yield (Text(templates.text("note_areas", reason=data.areas_lacking)),)
    withheld = set(data.withheld)
    for codes, key in ((slots.unsaid, "note_unsaid"), (slots.baseless, "note_nobase")):
        lacking = [name for name in map(_name, codes) if name not in withheld]
        if lacking:
            yield (Text(templates.text(key, names="、".join(lacking))),)
    if data.withheld:
        yield (Text(templates.text("note_withheld", names=listed(data.withheld))),)


def _lacking_companies(shown: Sequence[Figure], templates: Templates) -> Iterator[Runs]:
    """Of volume and revenue, and of those of their parts that not everybody gave who gave the whole."""
    known = {figure.code: figure for figure in shown}
    for code in WHOLES:
        if code not in known:
            continue
        yield from _gaps(templates, known[code])
        for part in load_catalogue().indicator(code).parts:
            if part in known and known[part].completeness != known[code].completeness:
                yield from _gaps(templates, known[part])


def _gaps(templates: Templates, figure: Figure) -> Iterator[Runs]:
    """Companies that lack in a sum or stand only in last year's."""
    if figure.completeness.words:
        yield (Text(templates.text("note_incomplete", name=figure.name, words=figure.completeness.words)),)
    if figure.yoy_surplus:
        count = count_words(figure.yoy_surplus, "家", Origin(LEDGER, figure.period))
        filled = fill(templates.texts["note_lopsided"], {"name": (Text(figure.name),), "count": count}.get)
        if filled is not None:
            yield filled


def _name(code: str) -> str:
    return load_catalogue().indicator(code).name
