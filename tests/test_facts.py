"""Registers of the user's own: added to the packaged ones, refused in one line where they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import facts
from onrecord.errors import RegisterError


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a process that has read nothing yet."""
    monkeypatch.setattr(facts, "_folder", None)
    monkeypatch.setattr(facts, "_in_use", False)
    yield


def written(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


ISSUE = '[[issue]]\nid = "fisheries"\nname = "Fisheries"\nstrong = "fishing quota*"\n'


def test_rows_are_added(tmp_path: Path) -> None:
    facts.use(written(tmp_path, "issues", ISSUE))
    rows = facts.load("issues")["issue"]
    assert rows[-1]["id"] == "fisheries" and rows[0]["id"] == "arms-control"


def test_a_row_of_the_same_name_takes_the_place_of_the_packaged_one(tmp_path: Path) -> None:
    before = facts.load("states")["state"]
    facts._in_use = False
    own = '[[state]]\niso3 = "FRA"\nname = "France"\nofficial = "Republic of France"\ncapitals = ["Lyon"]\n'
    facts.use(written(tmp_path, "states", own))
    after = facts.load("states")["state"]
    assert len(after) == len(before)
    assert [row["capitals"] for row in after if row["iso3"] == "FRA"] == [["Lyon"]]


def test_cues_of_an_issue_add_up(tmp_path: Path) -> None:
    facts.use(written(tmp_path, "issues", '[[issue]]\nid = "trade"\nname = "Trade"\nstrong = "barter"\n'))
    assert len([row for row in facts.load("issues")["issue"] if row["id"] == "trade"]) == 2


def test_lists_of_words_grow(tmp_path: Path) -> None:
    facts.use(written(tmp_path, "outlets", 'papers = [["Holm Gazette"]]\n'))
    papers = facts.load("outlets")["papers"]
    assert ["Holm Gazette"] in papers and len(papers) > 50


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("issues", "[[issue", "cannot be read as TOML"),
        ("issues", 'issue = "none"\n', "stands where the packaged register has a list"),
        ("outlets", 'papers = ["Holm Gazette"]\n', "rows of another form"),
        ("outlets", "papers = 3\n", "has a list"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(tmp_path: Path, name: str, text: str, said: str) -> None:
    facts.use(written(tmp_path, name, text))
    with pytest.raises(RegisterError, match=said) as error:
        facts.load(name)
    assert error.value.where == str(tmp_path / f"{name}.toml")


def test_a_folder_without_registers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="holds no register"):
        facts.use(tmp_path)
    with pytest.raises(RegisterError, match="no such folder"):
        facts.use(tmp_path / "nowhere")
    with pytest.raises(RegisterError, match="no such register"):
        facts.use(written(tmp_path, "spells", ""))


def test_other_registers_after_reading_are_refused(tmp_path: Path) -> None:
    facts.load("issues")
    with pytest.raises(RegisterError, match="start a new one"):
        facts.use(written(tmp_path, "issues", ISSUE))


def test_the_digest_tells_registers_apart(tmp_path: Path) -> None:
    first = facts.digest(written(tmp_path, "issues", ISSUE))
    assert first == facts.digest(tmp_path)
    assert first != facts.digest(written(tmp_path, "issues", ISSUE + "# changed\n"))
