from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record.record import Record
from onrecord.record.terms import plain, stem, words
from onrecord.record.words import highlights, parse
from onrecord.record.words_query import Term
from onrecord.record.writer import Writer
from tests.record.samples import reading, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Treaties, verified!", ["treaties", "verified"]),
        ("Russia's and Russia’s", ["russia", "and", "russia"]),
        ("don't O'Brien", ["dont", "obrien"]),
        ("the U.N. and U.S.A today", ["the", "un", "and", "usa", "today"]),
        ("B.C.Smith", ["bc", "smith"]),
        ("Erdoğan, Wałęsa, Dvořák, Straße", ["erdogan", "walesa", "dvorak", "strasse"]),
        ("New-START 3.5 %", ["new", "start", "3", "5"]),
        ("Договор о ѓ", ["договор", "о", "г"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert [form for _, form in words(text)] == expected


@given(st.text())
def test_words_stand_where_they_say_and_never_hold_what_splits_a_term(text):
    for span, form in words(text):
        assert span.of(text) and form
        assert all(c.isalnum() for c in form) and len(form) <= 64
        term = stem(form)
        assert term and all(c.isalnum() for c in term)


def test_a_very_long_word_is_cut():
    assert plain("a" * 1000) == "a" * 64


def word(*stems, prefix=False):
    return Term(stems, prefix=prefix)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("treaties verify", [[word("treati")], [word("verifi")]], []),
        ('"arms control treaty"', [[word("arm", "control", "treati")]], []),
        ("“arms control” now", [[word("arm", "control")], [word("now")]], []),
        ('"never closed', [[word("never", "close")]], []),
        ("negotiat*", [[word("negotiat", prefix=True)]], []),
        ("peace OR truce talks", [[word("peac"), word("truce")], [word("talk")]], []),
        ("OR peace OR", [[word("peac")]], []),
        ("peace or truce", [[word("peac")], [word("or")], [word("truce")]], []),
        (
            '-war peace -"cold war" -arm*',
            [[word("peac")]],
            [word("war"), word("cold", "war"), word("arm", prefix=True)],
        ),
        ("third-party", [[word("third", "parti")]], []),
        ("AND NOT NEAR ( ) ^ : * \" '", [[word("and")], [word("not")], [word("near")]], []),
        ("content:war", [[word("content", "war")]], []),
        ("  ", [], []),
    ],
)
def test_parse(typed, wanted, unwanted):
    query = parse(typed)
    assert [list(group) for group in query.wanted] == wanted
    assert list(query.unwanted) == unwanted


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("All treaties were verified.", "treaty verify", ["treaties", "verified"]),
        ("arms, control and Arms control", '"arms control"', ["arms, control", "Arms control"]),
        ("they negotiate a negotiation", "negotiat*", ["negotiate", "negotiation"]),
        ("a treaty, no accord", "accord OR pact treaty -no", ["treaty", "accord"]),
        ("new start new", '"new start" start', ["new start"]),
        ("Erdoğan spoke", "erdogan", ["Erdoğan"]),
        ("nothing here", "treaty", []),
        ("nothing here", "-here", []),
    ],
)
def test_highlights(text, query, expected):
    assert [span.of(text) for span in highlights(text, query)] == expected


@given(st.text(), st.text())
def test_highlights_lie_in_the_text_in_order(text, query):
    spans = highlights(text, query)
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


SAYINGS = (
    said("Marit Solvang", "we have verified all treaties on arms control", role="Foreign Minister of Norway"),
    said("Pekka Rautio", "arms exports are under control of the state", role="Defence Minister of Finland"),
    said("Ilse Brandner", "talks with Erdoğan were fruitful", role="Chancellor of Austria"),
    said("Tomas Havelka", "third-party inspectors negotiated at the U.N.", role="Prime Minister of Czechia"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def record(request, tmp_path_factory):
    """One record for all questions: they change nothing."""
    database = str(tmp_path_factory.mktemp("words") / "record.db")
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres_server").database()
    with Writer(database) as writer:
        writer.add([reading(*SAYINGS)])
    with Record(database) as record:
        yield record


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("treaty", {"Marit Solvang"}),
        ("TREATIES verifying", {"Marit Solvang"}),
        ("arms control", {"Marit Solvang", "Pekka Rautio"}),
        ('"arms control"', {"Marit Solvang"}),
        ('"control arms"', set()),
        ("arms -treaty", {"Pekka Rautio"}),
        ("-arms", {"Ilse Brandner", "Tomas Havelka"}),
        ("treaty OR erdogan", {"Marit Solvang", "Ilse Brandner"}),
        ("treat*", {"Marit Solvang"}),
        ("negotiate*", {"Tomas Havelka"}),
        ("treatie*", {"Marit Solvang"}),
        ("negotiatio*", set()),
        ("minister", {"Marit Solvang", "Pekka Rautio", "Tomas Havelka"}),
        ("Solvang treaty", {"Marit Solvang"}),
        ('"arms control Marit"', set()),
        ("third-party UN", {"Tomas Havelka"}),
        ("party third", {"Tomas Havelka"}),
        ('"party third"', set()),
        ("kind direct", set()),
        ("", {"Marit Solvang", "Pekka Rautio", "Ilse Brandner", "Tomas Havelka"}),
        ("?!", {"Marit Solvang", "Pekka Rautio", "Ilse Brandner", "Tomas Havelka"}),
    ],
)
def test_what_is_found(record, typed, expected):
    assert {row.speaker for row in record.search(typed).rows} == expected


TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
    st.text("abOR\"*-():^+{}'\\ .·&|!<>", max_size=40),
    st.lists(st.sampled_from(["arms", "OR", "-", '"', "*", "NEAR(", "treat*", "-treaty", "'", "\\", "&", ")"])).map(
        " ".join
    ),
)


@settings(max_examples=150)
@given(TYPED)
def test_nothing_that_can_be_typed_is_an_error(record, typed):
    page = record.search(typed)
    for row in page.rows:
        marked = [span.of(row.words) for span in row.highlights]
        assert marked == [span.of(row.words) for span in highlights(row.words, typed)]


def test_very_long_questions(record):
    assert record.search("arms " * 5000).rows
    assert record.search(" OR ".join(f"w{n}" for n in range(3000))).rows == ()
    assert record.search('"' + "arms " * 5000 + '"').rows == ()
    assert record.search("(" * 5000 + "arms").rows


def test_a_statement_as_long_as_a_book_is_indexed_as_far_as_both_databases_can(database):
    long = " ".join(f"word{n}" for n in range(14_000))
    foreign = " ".join("слово" * 12 + str(n) for n in range(2_000))
    with Writer(database) as writer:
        writer.add([reading(said("Marit Solvang", long), said("Pekka Rautio", foreign))])
    with Record(database) as record:
        assert len(record.search("word9000").rows) == 1
        assert len(record.search("word13999").rows) == 0
        assert [row.speaker for row in record.search("rautio").rows] == ["Pekka Rautio"]
