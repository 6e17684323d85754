"""Finding the companies of the ledger in cells, titles and file names; longest match, never guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.importing.plan import KnownEnterprise
from desktop_app.importing.recognise.words import key

_FILLER = re.compile(
    r"有限责任公司|股份有限公司|有限公司|分公司|公司|营业部|经营部|服务部|分部|网点|快递|速递|物流|快运|股份|责任|有限"
)
_FULL_NAME = re.compile(
    r"(?!各)[\u4e00-\u9fffA-Za-z0-9()（）·]{2,40}?(?:有限责任公司|有限公司)(?:[\u4e00-\u9fff]{0,12}?分公司)?"
)
"""A registered name; “各快递公司” and the like name nobody."""
_OFFICE = re.compile(r"国家邮政局?|邮政(?:快递|寄递)?(?:管理局?|局|业|行业|监管|普遍服务)")
"""The bureau and the trade, not the company 邮政."""
_AROUND = re.compile(
    r"(?:填报|报送|填表|编制)?单位(?:名称)?|企业(?:名称)?|公司名称|\d+年?度?|\d*月份?|\d*日|第?[一二三四]季度|年度?|月份?|[()（）·]"
)
_PREFIX = 4
"""So many letters beside a known name make it another company's."""
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}?[省市县区州旗])*")


@dataclass(frozen=True)
class Found:
    """Outcome of a search: the companies that fit; one is a match, several are ambiguous, none is unknown."""

    matches: tuple[KnownEnterprise, ...]
    text: str
    """The words that matched, or the name that nobody has."""

    @property
    def one(self) -> KnownEnterprise | None:
        """The company when exactly one fits."""
        return self.matches[0] if len(self.matches) == 1 else None


class CompanyIndex:
    """Names, short names, brands and aliases of the companies of the ledger.

    :param place: name of the ledger's region; it may stand before or behind a company's name.
    """

    def __init__(self, enterprises: Sequence[KnownEnterprise], place: str) -> None:
        self.enterprises = tuple(enterprises)
        self._place = key(place)
        self._names: dict[str, list[KnownEnterprise]] = {}
        for enterprise in enterprises:
            words = {key(w) for w in (enterprise.name, enterprise.short_name, *enterprise.aliases) if key(w)}
            for word in words:
                self._names.setdefault(word, []).append(enterprise)
        self._add_brands()
        self._cache: dict[str, Found] = {}

    def _add_brands(self) -> None:
        """A brand names a company only where no name does; several companies of one brand stay ambiguous."""
        brands: dict[str, list[KnownEnterprise]] = {}
        for enterprise in self.enterprises:
            if word := key(enterprise.brand):
                brands.setdefault(word, []).append(enterprise)
        for word, owners in brands.items():
            mine = self._names.setdefault(word, [])
            mine.extend(owner for owner in owners if owner not in mine)

    def in_cell(self, text: str) -> Found:
        """The company whose name the whole text is, give or take legal form, place and 分公司."""
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = self._whole(text)
        return found

    def knows(self, text: str) -> bool:
        """Whether the text is a name, short name, brand or alias as it stands in the ledger."""
        return key(text) in self._names

    def _whole(self, text: str) -> Found:
        word = key(text)
        if word in self._names:
            return Found(tuple(self._names[word]), text)
        best = self._longest(word)
        if best and self._is_filler(word.replace(best, "", 1)):
            return Found(tuple(self._names[best]), text)
        return Found((), text)

    def _is_filler(self, rest: str) -> bool:
        rest = _FILLER.sub("", rest).replace(self._place, "")
        rest = rest.replace(self._place[:-1], "") if len(self._place) > 2 else rest
        return _PLACE.sub("", rest) == "" or rest in {"市", "县", "区"}

    def _longest(self, word: str) -> str:
        return max((name for name in self._names if name in word), key=len, default="")

    def in_text(self, text: str) -> Found:
        """The company that a title or a file name speaks of; a full company name there must be a known one."""
        named = [match[0] for match in _FULL_NAME.finditer(text)]
        for name in named:
            best = self._longest(key(name))
            if not best or self._is_another(key(name), best):
                return Found((), _strip_place(name))
        word = key(_OFFICE.sub(" ", text))
        spans: list[tuple[int, int, str]] = []
        for name in sorted((n for n in self._names if len(n) >= 2), key=len, reverse=True):
            at = word.find(name)
            while at >= 0:
                if not any(start <= at and at + len(name) <= end for start, end, _ in spans):
                    spans.append((at, at + len(name), name))
                at = word.find(name, at + 1)
        owners: list[KnownEnterprise] = []
        for _, _, name in sorted(spans):
            owners.extend(owner for owner in self._names[name] if owner not in owners)
        return Found(tuple(owners), spans[0][2] if spans else "")

    def _is_another(self, name: str, best: str) -> bool:
        """Whether a full name holds more than a known one, place and legal form: 浙江丙快递有限公司 is not 丙快递.

        Long runs before a name are a title's words that no blank parts from it.
        """
        rest = _AROUND.sub("", name.replace(best, "", 1))
        return len(rest) <= _PREFIX and not self._is_filler(rest)

    def by_option(self, text: str) -> Found:
        """What the user named: number, name, short name, brand or alias; else a unique part of a name."""
        found = self.in_cell(text)
        if found.matches:
            return found
        if text.isdigit():
            by_id = tuple(e for e in self.enterprises if e.id == int(text))
            return Found(by_id, text)
        word = key(text)
        parts = tuple(e for e in self.enterprises if word and word in key(e.name + e.short_name))
        return Found(parts, text)

    def nearest(self, text: str) -> str:
        """The known name that looks most like the text; empty when none does."""
        names = {key(e.name): e.name for e in self.enterprises} | {
            key(e.short_name): e.short_name for e in self.enterprises
        }
        close = difflib.get_close_matches(key(text), [n for n in names if n], n=1, cutoff=0.5)
        return names[close[0]] if close else ""


def full_names(text: str) -> list[str]:
    """Registered names in a text (…有限公司)."""
    return [_strip_place(match[0]) for match in _FULL_NAME.finditer(text)]


def without_companies(text: str) -> str:
    """The text without registered names, in which places stand that say nothing of the figures."""
    return _FULL_NAME.sub(" ", text)


def _strip_place(name: str) -> str:
    return re.sub(r"^(?:填报|报送|填表|编制)?单位", "", name).lstrip("：: ")
