"""``[[family]]`` entries: one matter that is counted by several definitions (口径), with the clause of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.models.values import Month

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Indicator
    from desktop_app.catalogue.reading import Entry


class How(StrEnum):
    """How a definition is computed."""

    PLAIN = "plain"
    """As the indicator stands."""
    REACHED = "reached"
    """Share of the villages that are reached under the definition of the version's key."""
    COMPUTED = "computed"
    """By the formula, whether or not the figure was handed down."""
    HANDED = "handed"
    """As handed down, never computed."""


@dataclass(frozen=True)
class DefinitionVersion:
    """One definition. ``key`` is its own within the family; ``valid_from``/``valid_to`` None: without bound."""

    key: str
    name: str
    indicator: str
    how: How
    clause: str
    valid_from: Month | None = None
    valid_to: Month | None = None

    def valid(self, month: Month) -> bool:
        """Whether the definition holds in a month."""
        return (self.valid_from is None or self.valid_from <= month) and (
            self.valid_to is None or month <= self.valid_to
        )

    @property
    def validity(self) -> str:
        """“2021年1月起”, “至2020年12月”, 长期."""
        first = f"{self.valid_from.label}起" if self.valid_from else ""
        last = f"至{self.valid_to.label}" if self.valid_to else ""
        return first + last or "长期"


@dataclass(frozen=True)
class DefinitionFamily:
    """All definitions of one matter; ``code``: its leading indicator."""

    code: str
    name: str
    note: str
    versions: tuple[DefinitionVersion, ...]

    def version(self, key: str) -> DefinitionVersion:
        """The definition of this key; ``KeyError`` when there is none."""
        for each in self.versions:
            if each.key == key:
                return each
        raise KeyError(key)


def read_family(entry: Entry, indicators: Mapping[str, Indicator]) -> DefinitionFamily:
    """One family, checked: every indicator is known, keys are not repeated, there are at least two definitions."""
    family = DefinitionFamily(
        code=entry.text("code"),
        name=entry.text("name"),
        note=entry.text("note", ""),
        versions=tuple(_read_version(each, indicators) for each in entry.tables("version")),
    )
    entry.finish()
    if family.code not in indicators:
        raise entry.error(f"指标 {family.code} 没有登记")
    keys = [version.key for version in family.versions]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        raise entry.error("至少要有两个口径 [[family.version]]，key 不能重复")
    return family


def _read_version(entry: Entry, indicators: Mapping[str, Indicator]) -> DefinitionVersion:
    how = entry.text("how")
    if how not in {each.value for each in How}:
        raise entry.error(f"how 的值“{how}”不对，应为其中之一：{'、'.join(How)}")
    version = DefinitionVersion(
        key=entry.text("key"),
        name=entry.text("name"),
        indicator=entry.text("indicator"),
        how=How(how),
        clause=entry.text("clause"),
        valid_from=_month(entry, "valid_from"),
        valid_to=_month(entry, "valid_to"),
    )
    entry.finish()
    if version.indicator not in indicators:
        raise entry.error(f"指标 {version.indicator} 没有登记")
    return version


def _month(entry: Entry, key: str) -> Month | None:
    if not entry.has(key):
        return None
    try:
        return Month.parse(entry.text(key))
    except ValueError:
        raise entry.error(f'{key} 应写成月份，如 "2021-01"') from None


def alternates(families: Mapping[str, DefinitionFamily]) -> frozenset[str]:
    """Indicators of the families that do not lead one."""
    return frozenset(v.indicator for f in families.values() for v in f.versions) - families.keys()
