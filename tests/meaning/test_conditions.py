from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.meaning.conditions import find_conditions
from onrecord.meaning.conditions.words import condition_words
from onrecord.meaning.registers import load
from tests.meaning.conditions_marked import marked

# A statement, the conditions it hangs on, the kind of the first.
CONDITIONS = [
    ("Tove <said> {that Norland would sign if the border stayed open}.", ["if the border stayed open"], "condition"),
    ("{If the border stays open, we sign}, Tove <said>.", ["If the border stays open"], "condition"),
    (
        "{If Norland, Sudland and Ostland agree, we will sign}, she <said>.",
        ["If Norland, Sudland and Ostland agree"],
        "condition",
    ),
    ("{If cheap grain pours in, farmers won't wait}, he <said>.", ["If cheap grain pours in"], "condition"),
    ("She <said> {that if talks fail then the base will stay}.", ["if talks fail"], "condition"),
    ("Tove <said> {the fleet could, if asked, leave the port within hours}.", ["if asked"], "condition"),
    ("Norland <said> {it would talk only if the raids ended}.", ["only if the raids ended"], "condition"),
    ("He <said> {talks go no further unless Sudland frees the crew}.", ["unless Sudland frees the crew"], "exception"),
    (
        "She <said> {the fund will pay provided that auditors are let in}.",
        ["provided that auditors are let in"],
        "condition",
    ),
    (
        "He <said> {the fund will pay, provided the auditors are let in}.",
        ["provided the auditors are let in"],
        "condition",
    ),
    ("He <said> {aid goes on as long as the truce holds}.", ["as long as the truce holds"], "condition"),
    ("He <said> {we sign in case of a clear majority}.", ["in case of a clear majority"], "condition"),
    ("{Should the talks collapse, we shall close the straits}, he <said>.", ["Should the talks collapse"], "condition"),
    (
        "He <said> {Norland would close the straits should the talks collapse}.",
        ["should the talks collapse"],
        "condition",
    ),
    (
        "{Were Sudland to leave the pact, it would stand alone}, he <said>.",
        ["Were Sudland to leave the pact"],
        "condition",
    ),
    ("{Had they asked, we would have helped}, he <said>.", ["Had they asked"], "condition"),
    ("{The sale is subject to approval by parliament}, he <said>.", ["subject to approval by parliament"], "condition"),
    ("{The loan is contingent on a new budget}, she <said>.", ["contingent on a new budget"], "condition"),
    ("{All hinges: it depends on whether Sudland pays}, she <said>.", ["depends on whether Sudland pays"], "condition"),
    (
        "{Sudland must first withdraw its boats, and we can talk then}, he <said>.",
        ["Sudland must first withdraw its boats"],
        "condition",
    ),
    ("He <said> {they would not leave while gunmen hunt their kin}.", ["while gunmen hunt their kin"], "temporal"),
    ("She <said> {Norland will send guards once Sudland signs}.", ["once Sudland signs"], "temporal"),
    ("She <said> {guards would arrive once Sudland had cleared them}.", ["once Sudland had cleared them"], "temporal"),
    ("He <said> {we will recognise them after the count is completed}.", ["after the count is completed"], "temporal"),
    ("He <said> {sanctions can go only after the raids stop}.", ["only after the raids stop"], "temporal"),
    (
        "He <said> {the ban will be lifted after ratification of the treaty}.",
        ["after ratification of the treaty"],
        "temporal",
    ),
    ("{They will stay until the siege is lifted}, he <said>.", ["until the siege is lifted"], "temporal"),
    ("He <said> {we will not talk before the siege is lifted}.", ["before the siege is lifted"], "temporal"),
    ("{After this vote, all will be formal}, he <said>.", ["After this vote"], "temporal"),
    ("He <said> {prices will pass 70 the morning a shot is fired}.", ["the morning a shot is fired"], "temporal"),
    ("She <said> {Sudland would write off the debt in return for berths}.", ["in return for berths"], "exchange"),
    ("He <said> {they could swap grain in exchange for fuel}.", ["in exchange for fuel"], "exchange"),
    (
        "{If they yield, we yield; unless they do, we wait}, he <said>.",
        ["If they yield", "unless they do"],
        "condition",
    ),
    ("{We shall publish when we are certain}, she <said>.", ["when we are certain"], "temporal"),
    ("She <said> {the crates only go home when the store is dry}.", ["when the store is dry"], "temporal"),
    ("He <said> {they would not accept a text without clear rules}.", ["without clear rules"], "condition"),
    ("He <said> {that without mutual visits, trust will vanish}.", ["without mutual visits"], "condition"),
    (
        "She <said> {that the towns would have to be heard first}.",
        ["the towns would have to be heard first"],
        "condition",
    ),
    ("{We have two conditions: a truce and a list}, he <said>.", ["two conditions: a truce and a list"], "condition"),
    ("{If they lift the ban the inspectors can come}, he <said>.", ["If they lift the ban"], "condition"),
    ("He <asked> {for a plan in case unity shatters}.", ["in case unity shatters"], "condition"),
    ("He <said> {they would strike, if necessary, at night}.", ["if necessary"], "condition"),
]

# Words that look like a condition and are none.
NOTHING = [
    "Asked {if Sudland would pay}, he <replied> nothing.",
    "He <said> {we shall see if it works}.",
    "It is unclear, she <said>, {and I wonder if anyone knows}.",
    "He <said> {even if it rains, the parade goes on}.",
    "He <said> {it looks as if nobody cares}.",
    "He <said> {it is, if you will, a new page}.",
    "He <called> {it an honest, if painful, book}.",
    "An aide <said> {on condition of anonymity that all was well}.",
    "He <said> {the fleet left after the storm sank two boats}.",
    "He <said> {Norland would welcome a return to the pact after the last cabinet left it}.",
    "He <said> {once again that the road was shut}.",
    "He <said> {they met once a year}.",
    "He <said> {he waited until the police came}.",
    "He <said> {the force will stay until 3 May 2024}.",
    "He <said> {it will last as long as it takes}.",
    "He <said> {the minister should resign}.",
    "{How should the council answer}? he <asked>.",
    "He <said> {Norland, subject to attack, fights on}.",
    "He <said> {they will do so as soon as possible}.",
    "He <said> {after all, we will win}.",
    "He <said> {thousands, if not tens of thousands, will come}.",
    "He <said> {Norland provided the boats}.",
    "{And if the border closes}? he <asked>.",
    "He <said> {he had a hard time and would go}.",
    "He <said> {they left without a word}.",
    "He <said> {it was cold when they came}.",
    "He <asked> {whose nets should shrink first}.",
    "He <said> {few would have called her shy when she ran}.",
]


@pytest.mark.parametrize(("text", "words", "kind"), CONDITIONS, ids=[row[1][0] for row in CONDITIONS])
def test_a_condition_is_cut_at_the_ends_of_its_clause(text: str, words: list[str], kind: str) -> None:
    context = marked(text)
    (found,) = find_conditions(context)
    assert [condition.span.of(context.text) for condition in found] == words
    assert found[0].kind == kind


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_condition_is_none(text: str) -> None:
    assert find_conditions(marked(text)) == ((),)


def test_a_condition_belongs_to_the_innermost_statement() -> None:
    context = marked("Tove <said> {that Ivo <promised> {to leave if paid}}.")
    outer, inner = find_conditions(context)
    assert outer == ()
    assert [condition.span.of(context.text) for condition in inner] == ["if paid"]


def test_outside_the_content_it_goes_to_the_statement_of_its_sentence() -> None:
    context = marked(
        "Asked what he would do if the talks failed, Ivo <said> {he would resign}. {All is calm}, Tove <said>."
    )
    first, second = find_conditions(context)
    assert [condition.span.of(context.text) for condition in first] == ["if the talks failed"]
    assert second == ()


def test_the_reporters_own_conditions_belong_to_nobody() -> None:
    context = marked("{All is calm}, Tove <said>. If the pact ends, nothing will limit the arsenals.")
    assert find_conditions(context) == ((),)


def test_a_sentence_that_points_back_qualifies_the_statement_before_it() -> None:
    context = marked("Tove <said> {Norland would pay}. But this will happen only if parliament agrees.")
    (found,) = find_conditions(context)
    assert [condition.span.of(context.text) for condition in found] == ["only if parliament agrees"]


def test_a_wait_that_the_next_condition_names_again_is_told_once() -> None:
    twice = marked('{"We have to wait for the recount in the north. After that, we will send a letter"}, he <said>.')
    (found,) = find_conditions(twice)
    assert [condition.span.of(twice.text) for condition in found] == ["After that"]
    once = marked('{"We have to wait for the recount in the north. It is a long one"}, he <said>.')
    (found,) = find_conditions(once)
    assert [condition.span.of(once.text) for condition in found] == ["wait for the recount in the north"]


def test_a_condition_does_not_leave_its_sentence_or_content() -> None:
    context = marked('{"If they come,"} he <said>, {"we will talk."}')
    first, second = find_conditions(context)
    assert [condition.span.of(context.text) for condition in first] == ["If they come"]
    assert second == ()


def test_the_register_names_each_phrase_once_and_in_lower_case() -> None:
    raw = load("conditions")
    phrases = [phrase for kind in ("condition", "exception", "temporal", "exchange") for phrase in raw[kind]["clause"]]
    assert len(phrases) == len(set(phrases))
    assert all(phrase == phrase.lower().strip() for phrase in phrases)
    assert set(condition_words().kinds) == set(phrases)


WORDS = st.sampled_from(
    ["If", "if", "unless", "once", "after", "until", "should", "were", "had", "the pact", "ends", "we", "will", "not",
     ",", ".", "“", "”", '"', "wait for", "must first", "Sudland", "to", "leave", "this", "?", "only", "then", "before"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_no_condition_is_empty_or_overlaps_another(words: list[str]) -> None:
    body = re.sub(r"\s([,.?])", r"\1", " ".join(words))
    context = marked("Tove <said> {" + body + "} yesterday.")
    spans = sorted(condition.span for row in find_conditions(context) for condition in row)
    assert all(span.of(context.text).strip() == span.of(context.text) != "" for span in spans)
    assert not any(a.overlaps(b) for a, b in pairwise(spans))
