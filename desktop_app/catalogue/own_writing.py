"""Writing the own file (自设指标): one entry put in, exchanged or taken out; everything else stays as it was typed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from itertools import pairwise

from desktop_app.catalogue.model import Display, Frequency, Indicator, Owner, Programme, ProgrammeLine
from desktop_app.catalogue.own import HEADER, INDICATOR
from desktop_app.models.values import NATIONAL_REGION, Month

_CODE = re.compile(r"""^\s*code\s*=\s*["']([^"']*)["']""")

LEAD = """\
# 本局自设指标。随台账一起保存、备份。写法与程序自带的指标目录相同：
# 每个 [[indicator]] 是一个指标，每个 [[programme]] 是一个绿色方案。
# 可以用记事本改，改后程序会重新检查，出错的指标不参加计算并说明在哪一行。
"""


def entry_text(indicator: Indicator) -> str:
    """An indicator as a ``[[indicator]]`` entry."""
    county = indicator.display["county"]
    lines = [
        "[[indicator]]",
        _pair("code", indicator.code),
        _pair("name", indicator.name),
        _pair("short", indicator.short),
        _pair("group", indicator.group),
        _pair("kind", indicator.kind.value),
        _pair("owner", indicator.owner.value),
        _pair("base_unit", indicator.base_unit),
        f"county = {_display(county)}",
        *([f"national = {_display(indicator.display['national'])}"] if indicator.display["national"] != county else []),
        _pair("polarity", indicator.polarity.value),
        *([_pair("frequency", indicator.frequency.value)] if indicator.frequency is not Frequency.MONTH else []),
        *([_list("dimensions", indicator.dimensions)] if indicator.dimensions else []),
        *(["entered = true"] if indicator.entered and indicator.owner is Owner.COMPANY else []),
        *_version(indicator),
        *([_list("parts", indicator.parts)] if indicator.parts else []),
        *([_list("aliases", indicator.aliases)] if indicator.aliases else []),
        *([f"carried_months = {indicator.carried_months}"] if indicator.carried_months else []),
        *(["sampled = true"] if indicator.sampled else []),
        *([] if indicator.core else ["core = false"]),
        *([_pair("rule", indicator.rule)] if indicator.rule else []),
        *([_breaks(indicator)] if indicator.breaks else []),
        *(["retired = true"] if indicator.retired else []),
    ]
    for each in indicator.earlier:
        lines += ["", "[[indicator.earlier]]", *_version(each)]
    return "\n".join(lines) + "\n"


def _version(indicator: Indicator) -> list[str]:
    """What may differ between the versions of a definition."""
    formula = indicator.formula
    return [
        f"definition_version = {indicator.definition_version}",
        _pair("definition", indicator.definition),
        *([_pair("formula", formula.text)] if formula is not None else []),
        _pair("source", indicator.source),
        *_month("valid_from", indicator.valid_from),
        *_month("valid_to", indicator.valid_to),
    ]


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML does not allow as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _pair(key: str, text: str) -> str:
    return f"{key} = {_quoted(text)}"


def _list(key: str, texts: Iterable[str]) -> str:
    return f"{key} = [{', '.join(map(_quoted, texts))}]"


def _month(key: str, month: Month | None) -> list[str]:
    return [] if month is None else [_pair(key, str(month))]


def _display(display: Display) -> str:
    return f"{{ unit = {_quoted(display.unit.name)}, decimals = {display.decimals} }}"


def _breaks(indicator: Indicator) -> str:
    inner = ", ".join(f"{{ month = {_quoted(str(b.month))}, reason = {_quoted(b.reason)} }}" for b in indicator.breaks)
    return f"breaks = [{inner}]"


def programme_text(programme: Programme) -> str:
    """A green programme as a ``[[programme]]`` entry with its lines."""
    lines = [
        "[[programme]]",
        _pair("code", programme.code),
        _pair("name", programme.name),
        f"year = {programme.year}",
        _pair("level", programme.level),
        *([_pair("region", programme.region)] if programme.region != NATIONAL_REGION else []),
        _pair("document", programme.document),
        _pair("source", programme.source),
        *(["retired = true"] if programme.retired else []),
    ]
    for line in programme.lines:
        lines += ["", "[[programme.line]]", *_programme_line(line)]
    return "\n".join(lines) + "\n"


def _programme_line(line: ProgrammeLine) -> list[str]:
    return [
        _pair("name", line.name),
        *([_pair("indicator", line.indicator)] if line.indicator else []),
        *([_pair("campaign", line.campaign)] if line.campaign else []),
        _pair("comparator", line.comparator.value),
        *([f"value = {format(line.value, 'f')}"] if line.value is not None else []),
        _pair("unit", line.unit),
        _pair("as_of", line.as_of),
        _pair("scope", line.scope),
        *([_pair("clause", line.clause)] if line.clause else []),
        _pair("text", line.text),
        *(["increment = true"] if line.increment else []),
    ]


# ----------------------------------------------------------------------------------------------- the whole file


def with_entry(text: str, code: str, entry: str | None, kind: str = INDICATOR) -> str:
    """The file's text with the entry of ``code`` and ``kind`` exchanged, put at the end, or (None) taken out.

    Other entries, also such as cannot be read, and the notes between them stay letter by letter.
    """
    lines = (text or LEAD).splitlines()
    found = _block(lines, code, kind)
    new = [] if entry is None else entry.splitlines()
    if found is None:
        while lines and not lines[-1].strip():
            lines.pop()
        lines = [*lines, "", *new] if new else lines
    else:
        first, last = found
        rest = lines[last:]
        lines = [*lines[:first], *new, *(rest if new else _without_leading_blanks(rest))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _without_leading_blanks(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    return lines


def _block(lines: list[str], code: str, kind: str) -> tuple[int, int] | None:
    """First line of the entry and the line after its last: notes before the next head belong to the next."""
    heads = [number for number, line in enumerate(lines) if HEADER.match(line)]
    for first, end in pairwise([*heads, len(lines)]):
        block = lines[first:end]
        head = HEADER.match(lines[first])
        if (
            head is not None
            and head[1] == kind
            and code in (match[1] for line in block if (match := _CODE.match(line)))
        ):
            said = [number for number, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#")]
            return first, first + said[-1] + 1
    return None


def codes_of(text: str, kind: str = INDICATOR) -> list[str]:
    """Codes of the entries of one kind of a text that is TOML.

    :raises tomllib.TOMLDecodeError: it is none.
    """
    listed = tomllib.loads(text).get(kind, [])
    return [str(each.get("code", "")) for each in listed if isinstance(each, dict)]
