"""Services ask the ledger for its catalogue: the shipped one alone would not know the bureau's own indicators."""

from __future__ import annotations

from pathlib import Path

SERVICES = Path(__file__).resolve().parents[2] / "desktop_app" / "services"
ON_SHIPPED_RULES = {"rules.py"}
"""How a rule is shipped is what it asks for."""


def test_services_take_the_catalogue_of_the_ledger() -> None:
    found = {path.name for path in SERVICES.rglob("*.py") if "load_catalogue" in path.read_text(encoding="utf-8")}
    assert found == ON_SHIPPED_RULES
