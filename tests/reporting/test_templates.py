from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.errors import CatalogueError
from desktop_app.reporting.content import Text
from desktop_app.reporting.templates import ParagraphTemplate, Sentence, fill_paragraph, load_templates
from desktop_app.reporting.wording import Runs

WORDS: dict[str, str | None] = {"a": "甲", "b": "乙", "gone": None}


def slots(name: str) -> Runs | None:
    if name == "holds":
        return ()
    word = WORDS[name]
    return None if word is None else (Text(word),)


def said(*sentences: Sentence) -> str | None:
    paragraph = fill_paragraph(ParagraphTemplate("market", "always", sentences), slots)
    return None if paragraph is None else "".join(run.text for run in paragraph.runs)


def sentence(*clauses: str, lead: str = "", join: str = "；", depends: bool = False) -> Sentence:
    return Sentence(lead, clauses, join, depends)


def test_what_cannot_be_said_goes_and_the_rest_stays_whole() -> None:
    assert (
        said(sentence("量{a}[，比{b}]", "收{gone}", "率{b}[，比{gone}]", lead="三月，")) == "三月，量甲，比乙；率乙。"
    )


def test_a_dependent_sentence_goes_with_the_one_before() -> None:
    first, second = sentence("量{gone}"), sentence("其中{a}", depends=True)
    assert said(first, second, sentence("率{b}")) == "率乙。"
    assert said(sentence("量{a}"), second) == "量甲。其中甲。"


def test_conditions_print_nothing() -> None:
    assert said(sentence("{?holds}全部通达", "{?gone}尚有")) == "全部通达。"


def test_an_empty_paragraph_is_none() -> None:
    assert said(sentence("{gone}")) is None


def test_an_unknown_slot_is_a_fault_not_a_gap() -> None:
    with pytest.raises(KeyError):
        said(sentence("{nobody}"))


def test_a_broken_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reporting"
    folder.mkdir()
    (folder / "broken.toml").write_text(
        '[[paragraph]]\nsection = "market"\nwhen = "mostly"\n[text]\n', encoding="utf-8"
    )
    (folder / "open.toml").write_text(
        '[[paragraph]]\nsection = "market"\n[[paragraph.sentence]]\nclauses = ["量{a"]\n[text]\n', encoding="utf-8"
    )
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    monkeypatch.setattr("desktop_app.reporting.templates.resources_dir", lambda: tmp_path)
    with pytest.raises(CatalogueError, match=r"broken\.toml.*mostly"):
        load_templates("broken")
    with pytest.raises(CatalogueError, match=r"open\.toml.*没有配对"):
        load_templates("open")
