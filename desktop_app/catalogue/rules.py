"""The check rules (审核规则) as data: what each check is called, how strict it is, where its thresholds lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from desktop_app.models.values import Severity, Strictness, plain


class RuleError(ValueError):
    """A rule may not be set so; the text says why, in Chinese."""


@dataclass(frozen=True)
class Threshold:
    """One number of a check (界限): ``value`` in ``unit`` (%, 元/件, 倍, 个月 …), within ``low`` … ``high``."""

    name: str
    label: str
    value: Decimal
    unit: str
    low: Decimal
    high: Decimal
    whole: bool = False
    """Only whole numbers mean something (years, months)."""

    @property
    def text(self) -> str:
        """``30%``, ``5 元/件``."""
        return self.shown(self.value)

    def shown(self, value: Decimal) -> str:
        """Another value in this threshold's unit."""
        return plain(value) + (self.unit if self.unit in {"", "%"} else f" {self.unit}")

    def at(self, value: Decimal) -> Threshold:
        """The same threshold with another value.

        :raises RuleError: outside the range, or not whole where it must be.
        """
        if not value.is_finite() or not self.low <= value <= self.high:
            shown = plain(value) if value.is_finite() else str(value)
            raise RuleError(f"{self.label}应在 {plain(self.low)} 与 {plain(self.high)} 之间，不能是 {shown}")
        if self.whole and value != value.to_integral_value():
            raise RuleError(f"{self.label}应为整数，不能是 {plain(value)}")
        return replace(self, value=value)


@dataclass(frozen=True)
class Check:
    """One check (审核规则): ``code`` is the code of its issues, ``text`` what it looks for, in plain words."""

    code: str
    name: str
    text: str
    severity: Strictness
    fixed: bool = False
    """Neither strictness nor thresholds may be changed by the clerk."""
    choices: tuple[Strictness, ...] = tuple(Strictness)
    """How strict it may be set."""
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    checks_files: bool = True
    """False: it looks at the month or the registers (未报、证据过期), not at imported files."""

    def set(self, severity: Strictness | None, values: Mapping[str, Decimal]) -> Check:
        """The check with another strictness (None = as it is) and other values of the named thresholds.

        :raises RuleError: a fixed check, a strictness or value that is not allowed, an unknown threshold.
        """
        if self.fixed:
            raise RuleError(f"“{self.name}”是必须执行的规则，不能改")
        if severity is not None and severity not in self.choices:
            allowed = "、".join(choice.label for choice in self.choices)
            raise RuleError(f"“{self.name}”不能设为“{severity.label}”，只能设为：{allowed}")
        changed = dict(self.thresholds)
        for name, value in values.items():
            if name not in changed:
                known = "、".join(f"{t.name}（{t.label}）" for t in changed.values()) or "没有"
                raise RuleError(f"“{self.name}”没有名为 {name} 的界限；可设的界限：{known}")
            changed[name] = changed[name].at(value)
        check_order(changed)
        return replace(self, severity=severity or self.severity, thresholds=changed)


def check_order(thresholds: Mapping[str, Threshold]) -> None:
    """A lower limit (``low``) lies below the upper one (``high``) of the same check; :raises RuleError: otherwise."""
    low, high = thresholds.get("low"), thresholds.get("high")
    if low is not None and high is not None and low.value >= high.value:
        raise RuleError(f"{low.label} {plain(low.value)} 应小于{high.label} {plain(high.value)}")


@dataclass(frozen=True)
class CheckRules:
    """All rules; look-ups raise ``KeyError`` for a code or threshold that the catalogue does not have."""

    slip_factors: tuple[int, ...]
    """Ratios to last month or last year near which a unit slip is suspected (1 000, 10 000)."""
    checks: Mapping[str, Check] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0
    """Number of the ledger's newest setting; 0 = as shipped."""
    problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Code → why the ledger's setting of it does not fit this catalogue, so that the shipped rule holds."""

    @property
    def due_day(self) -> int:
        """Day of the following month by which companies report."""
        return self.whole("DUE_DAY", "day")

    @property
    def evidence_days(self) -> int:
        """Age in days after which coverage evidence is 待核实."""
        return self.whole("EVIDENCE_AGE", "days")

    def severity(self, code: str) -> Severity | None:
        """The severity of the check's issues; None when it is switched off."""
        strictness = self.checks[code].severity
        return None if strictness is Strictness.OFF else Severity(strictness.value)

    def asks(self, code: str) -> bool:
        """Whether the check is on."""
        return self.checks[code].severity is not Strictness.OFF

    def threshold(self, code: str, name: str) -> Decimal:
        """A threshold's value, in its unit (``threshold("YOY_LIMIT", "limit_pct")`` → 30 for 30 %)."""
        return self.checks[code].thresholds[name].value

    def whole(self, code: str, name: str) -> int:
        """A threshold that counts something (months, years)."""
        return int(self.threshold(code, name))

    def tuned(
        self, settings: Mapping[str, tuple[Strictness | None, Mapping[str, Decimal]]], version: int
    ) -> CheckRules:
        """These rules with a ledger's settings (code → strictness or None, values of thresholds) on top.

        A setting that the catalogue does not allow (made with an earlier one) leaves the rule as shipped and is told.
        """
        checks, problems = dict(self.checks), dict[str, str]()
        for code, (severity, values) in settings.items():
            if code in checks and (severity is not None or values):
                try:
                    checks[code] = checks[code].set(severity, values)
                except RuleError as error:
                    problems[code] = f"本局的设置已不适用，现按出厂设置：{error}"
        return replace(self, checks=checks, version=version, problems=problems)
