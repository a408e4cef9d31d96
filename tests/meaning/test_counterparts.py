from __future__ import annotations

import re

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.counterparts import find_counterparts, kept, score, walk, weigher
from onrecord.meaning.counterparts.survey import members, posted_to, survey
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.registers import load_cached
from onrecord.meaning.speakers import resolve
from onrecord.meaning.speakers.dateline import dateline, scene_of
from onrecord.types import Attribution, Segments, Span

PHONE = """Telephone call of the ministers

Danish Foreign Minister Karen Holm spoke today with the Foreign Minister of Kenya, Otieno Wafula.

Ms Holm said that the ferry line would open in May. She added that the timetable was ready. Mr Wafula praised the work \
of the crews. The two ministers agreed to meet again in Vienna. Ms Holm also said that Brazil had asked for a seat.
"""
CALL = [
    ("Ms Holm", "said", "that the ferry line would open in May"),
    ("She", "added", "that the timetable was ready"),
    ("Mr Wafula", "praised", "the work of the crews"),
    ("The two ministers", "agreed", "to meet again in Vienna"),
    ("Ms Holm", "also said", "that Brazil had asked for a seat"),
]


def read(text: str, rows: list[tuple[str, str, str]]) -> Context:
    """A context with the attributions given by their words, in the order of the text."""
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[^\s.?!][^.?!\n]*[.?!\n]", text)]
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    segments = Segments(text=text, words=(), sentences=tuple(sentences), paragraphs=paragraphs, headings=(), quotes=())
    attributions, at = [], 0
    for source, cue, content in rows:
        place = text.index(content, at)
        spans = [Span(text.rindex(w, 0, place), text.rindex(w, 0, place) + len(w)) for w in (source, cue)]
        body = Span(place, place + len(content))
        attributions.append(Attribution(source=spans[0], cue=(spans[1],), content=(body,), kind="indirect", score=1.0))
        at = place
    cast = find_cast(segments)
    speakers = resolve(cast, attributions, published=None)
    return Context(
        segments=segments, published=None, dates=(), cast=cast, attributions=tuple(attributions), speakers=speakers
    )


def test_a_call_of_two_ministers() -> None:
    found = find_counterparts(read(PHONE, CALL))
    assert found[0] == ("KEN",)
    assert found[1] == ("KEN",), "a sentence that names nobody inherits from the one before"
    assert found[2] == ("DNK",), "the other side of the call"
    assert set(found[3]) == {"DNK", "KEN"}, "a joint source concerns both; the place where they meet does not count"
    assert found[4][0] == "BRA", "who is named comes first"


NAMED = [
    ("that Turkish cement would be welcome", "TUR"),
    ("that Ankara had broken its word", "TUR"),
    ("that the trade with Chile had doubled", "CHL"),
    ("that the European Commission was too slow", "EU"),
]


@pytest.mark.parametrize(("content", "code"), NAMED)
def test_states_named_in_the_words(content: str, code: str) -> None:
    context = read(f"Danish Foreign Minister Karen Holm said {content}.\n", [("Karen Holm", "said", content)])
    assert find_counterparts(context)[0][0] == code


def test_never_the_speakers_own_state() -> None:
    content = "that Denmark and Chile would sign"
    context = read(f"Danish Foreign Minister Karen Holm said {content}.\n", [("Karen Holm", "said", content)])
    assert find_counterparts(context) == (("CHL",),)


UNNAMED = [
    "The Paris Agreement was signed.",
    "They met at Moscow State University.",
    "Ships left the South China Sea.",
    "The Gulf of Oman is narrow.",
]


@pytest.mark.parametrize("text", UNNAMED)
def test_names_inside_other_names_name_nobody(text: str) -> None:
    assert survey(read(text + "\n", [])).namings == []


def test_a_capital_after_in_is_a_place() -> None:
    found = survey(read("Talks in Vienna went on. Vienna was pleased.\n", []))
    assert [(naming.code, naming.spot) for naming in found.namings] == [("AUT", True), ("AUT", False)]
    assert found.counts["AUT"] == 1


def test_an_organisation_is_taken_up_by_its_noun() -> None:
    text = "The International Atomic Energy Agency met. The inspectors went home. The bank was closed.\n"
    found = survey(read(text, []))
    assert [(naming.code, naming.how) for naming in found.namings] == [("IAEA", "noun"), ("IAEA", "organ")]


ROLES = [
    ("Ambassador of Turkey to the United Kingdom", "GBR"),
    ("Envoy of Iran to the International Atomic Energy Agency", "IAEA"),
    ("Minister of Trade of Denmark", None),
    (None, None),
]


@pytest.mark.parametrize(("role", "code"), ROLES)
def test_where_an_envoy_is_posted(role: str | None, code: str | None) -> None:
    assert posted_to(role) == code


def test_members_of_a_joint_source() -> None:
    context = read(PHONE, CALL)
    found = survey(context)
    assert members(context, found, context.speakers[3]) == {"DNK", "KEN"}
    assert members(context, found, context.speakers[0]) == frozenset()


DATELINES = [
    ("Wellington, 3 July\n\nThe minister met a guest.\n", "NZL"),
    ("VIENNA, Sept 8 - The agency met.\n", "AUT"),
    ("GENEVA - The talks ended.\n", "CHE"),
    ("Vienna is a city. The minister was away.\n", None),
    ("The minister met a guest.\n", None),
]


@pytest.mark.parametrize(("text", "code"), DATELINES)
def test_where_an_article_was_written(text: str, code: str | None) -> None:
    found = dateline(read(text, []).cast)
    assert (found.country if found else None) == code


def test_the_first_city_of_an_article() -> None:
    found = scene_of(read("The meeting in Istanbul ended. Another in Lagos will follow.\n", []).cast)
    assert found is not None
    assert found.country == "TUR"
    assert scene_of(read("The meeting ended.\n", []).cast) is None


def test_what_was_decided_is_known_to_the_next_statement() -> None:
    context = read(PHONE, CALL)
    seen: list[float] = []

    def weigh(index: int, candidates: object) -> dict[str, float]:
        rows = dict(candidates)  # type: ignore[call-overload]
        seen.append(rows.get("KEN", {}).get("silent same had it", 0.0))
        return {"KEN": 0.7}

    assert len(walk(context, weigh)) == len(CALL)
    assert seen[:2] == [0.0, 0.7]


def test_weights_decide() -> None:
    rows = [("KEN", {"bias": 1.0, "named": 1.0}), ("NOR", {"bias": 1.0})]
    weighed = weigher({"bias": -2.0, "named": 4.0})(0, rows)
    assert weighed["KEN"] == pytest.approx(score({"bias": 1.0}, {"bias": 2.0}))
    assert kept(weighed, 0.5) == ("KEN",)
    assert kept(weighed, 0.01) == ("KEN", "NOR"), "the most probable first"


def test_weights_of_the_register_are_those_of_features() -> None:
    context = read(PHONE, CALL)
    names: set[str] = set()

    def weigh(index: int, candidates: object) -> dict[str, float]:
        names.update(name for row in dict(candidates).values() for name in row)  # type: ignore[call-overload]
        return {}

    walk(context, weigh)
    weights = load_cached("counterparts")["weights"]
    assert {"bias", "named", "member", "silent head"} <= names & set(weights)


def test_nothing_to_read() -> None:
    assert find_counterparts(read("Nobody said a word.\n", [])) == ()
