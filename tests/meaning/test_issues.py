"""What statements are about, on articles and phrases written for this test."""

# ruff: noqa: E501  (a paragraph of an article is one line)

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.instruments import Instruments
from onrecord.meaning.issues import Scored, decide, find_issues, issue_of, issue_scores
from onrecord.meaning.issues.cues import cues, find_cues, ids
from onrecord.meaning.issues.places import survey
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.registers import load
from onrecord.record.vocabulary import issues as vocabulary
from onrecord.text import segment
from onrecord.types import Attribution, InstrumentMention, Span, Speaker


def context_of(text: str, *contents: str) -> Context:
    """An article with statements of one speaker."""
    segments = segment(text)
    rows = tuple(
        Attribution(
            source=None,
            cue=(),
            content=(Span(text.index(words), text.index(words) + len(words)),),
            kind="indirect",
            score=1.0,
        )
        for words in contents
    )
    speaker = Speaker(name="A", role=None, country="FIN", type="person", id="a", mention=None, how="", score=1.0)
    return Context(
        segments=segments,
        published=None,
        dates=(),
        cast=find_cast(segments),
        attributions=rows,
        speakers=(speaker,) * len(rows),
    )


def none_named(context: Context) -> Instruments:
    return Instruments(of=((),) * len(context.attributions), narration=(), mentions=())


def issues_of(text: str, *contents: str) -> list[list[str]]:
    context = context_of(text, *contents)
    return [[issue.id for issue in found] for found in find_issues(context, none_named(context))]


WIRE = """Finland and Kenya agree on vaccine plant

NAIROBI, March 3 - Finland will help to build a vaccine plant near Mombasa, Health Minister Aino Salo said on Friday. "The first doses leave in May," she told reporters.

She added that the two presidents would meet in June."""

TREATY = """Talks on missile treaty to resume in Vienna

Negotiators from both countries will meet in Vienna on Monday to save the arms control treaty, which limits nuclear warheads.

"We have a month. It can be done," the envoy said. He doubted that inspections would be agreed at once."""

CAMPAIGN = """Harlan ends his bid after third defeat in a row

Senator Joe Harlan ended his bid for the nomination on Tuesday. "I have run my race," he told a crowd in a school gym. He said that he would not endorse anybody before the convention."""

RELATIONS = """Ministers meet in Riga

The two foreign ministers met in Riga on Thursday. The minister said that relations between the two countries had never been so good. She accepted an invitation to visit Dakar."""


@pytest.mark.parametrize(
    ("text", "content", "issue"),
    [
        (WIRE, "Finland will help to build a vaccine plant near Mombasa", "public-health"),
        (WIRE, '"The first doses leave in May,"', "public-health"),
        (TREATY, '"We have a month. It can be done,"', "arms-control"),
        (TREATY, "that inspections would be agreed at once", "arms-control"),
        (RELATIONS, "that relations between the two countries had never been so good", "bilateral-relations"),
    ],
)
def test_a_statement_is_about_what_it_or_its_surroundings_name(text: str, content: str, issue: str) -> None:
    (found,) = issues_of(text, content)
    assert found[0] == issue


@pytest.mark.parametrize(
    "content", ['"I have run my race,"', "that he would not endorse anybody before the convention"]
)
def test_domestic_politics_is_about_none(content: str) -> None:
    assert issues_of(CAMPAIGN, content) == [[]]


def test_more_than_one_issue_may_hold() -> None:
    text = "Brussels said that sanctions on the banks and on coal exports would follow.\n\nThe sanctions hit banks and coal."
    (found,) = issues_of(text, "that sanctions on the banks and on coal exports would follow")
    assert {"sanctions", "energy"} <= set(found)


def test_every_topic_of_an_agenda_is_an_issue_and_relations_in_general_are_not() -> None:
    content = "four areas for cooperation: outer space, visas, customs and the fight against smuggling of drugs"
    (found,) = issues_of(f"She named {content}.", content)
    assert set(found) == {"space", "migration", "trade", "crime-and-drugs"}


def test_the_evidence_is_words_of_the_article() -> None:
    context = context_of(TREATY, '"We have a month. It can be done,"')
    ((issue, *_),) = find_issues(context, none_named(context))
    assert issue.evidence
    assert all(re.search("treaty|arms|warheads", span.of(TREATY)) for span in issue.evidence)


def test_an_instrument_brings_its_issue() -> None:
    text = "Helsinki will sign, the minister said. It remains bound by the Paris Agreement."
    content = "It remains bound by the Paris Agreement"
    context = context_of(text, content)
    at = text.index("Paris Agreement")
    mention = InstrumentMention(name="Paris Agreement", span=Span(at, at + len("Paris Agreement")))
    found = find_issues(context, Instruments(of=((mention,),), narration=(), mentions=(mention,)))
    assert [issue.id for issue in found[0]] == ["climate"]


def test_scores_come_with_their_words() -> None:
    content = "Finland will help to build a vaccine plant near Mombasa"
    context = context_of(WIRE, content)
    scores = issue_scores(context, none_named(context), 0)
    assert scores["public-health"].score > 0.8
    assert "vaccine" in [span.of(WIRE) for span in scores["public-health"].evidence]
    assert all(0 <= found.score <= 1 for found in scores.values())


def test_relations_in_general_are_left_where_something_else_is_surer() -> None:
    def scored(**scores: float) -> list[str]:
        rows = {name.replace("_", "-"): Scored(score=score, evidence=()) for name, score in scores.items()}
        return [issue.id for issue in decide(rows)]

    assert scored(trade=0.9, bilateral_relations=0.8, energy=0.1) == ["trade"]
    assert scored(trade=0.6, bilateral_relations=0.8) == ["bilateral-relations", "trade"]
    assert scored(energy=0.1) == []


def test_goods_in_a_story_do_not_make_it_one_of_trade() -> None:
    text = 'Police find heroin under rice\n\nA cartel hid heroin in sacks of rice, maize and sugar. "We were lucky," he said.'
    (found,) = issues_of(text, '"We were lucky,"')
    assert found == ["crime-and-drugs"]


def test_a_word_said_again_counts_less_each_time() -> None:
    context = context_of("Tariffs fell. Tariffs rose. Tariffs fell. An embargo holds. Sanctions bite.", "Tariffs rose")
    loud = survey(context, none_named(context)).frequent.loud
    assert 1.0 < loud["trade"] / loud["sanctions"] < 1.5


NOT_SO = [
    ("a climate of trust", "climate"),
    ("there is space for dialogue", "space"),
    ("the two men traded barbs", "trade"),
    ("he came to power in May", "energy"),
    ("no man is above the balance of power", "energy"),
    ("an exchange of views", "prisoners-and-consular"),
    ("they greeted us with open arms", "arms-control"),
    ("it was a war of words", "ceasefire-and-peace"),
    ("we fought the Second World War together", "ceasefire-and-peace"),
    ("satellite images showed smoke", "space"),
    ("the West Bank", "finance"),
    ("the treaty enters into force in May", "military-posture"),
    ("he did it to his credit", "finance"),
    ("a meeting of political parties", "ceasefire-and-peace"),
    ("a clean bill of health for the budget", "public-health"),
    ("a road map was agreed", "transport"),
    ("a vote of confidence for the start of spring", "arms-control"),
    ("who said that", "public-health"),
]


@pytest.mark.parametrize(("words", "issue"), NOT_SO)
def test_words_in_another_sense_are_no_cues(words: str, issue: str) -> None:
    assert issue not in {hit.issue for hit in find_cues(words).rows if hit.strength == "strong"}
    assert issue_of(words) != issue


TOPICS = """
strategic stability: arms-control | nuclear disarmament: arms-control | Iran's nuclear programme: nonproliferation
fight against terrorism: counterterrorism | pandemic preparedness: public-health | COVID-19: public-health
space: space | satellite navigation: space | network security: cybersecurity | information security: cybersecurity
protection of submarine cables: cybersecurity | political dialogue: bilateral-relations | mutual visits: bilateral-relations
recognition of the new government: recognition | lifting of sanctions: sanctions | digital trade: trade | fisheries: trade
offshore wind: energy | peaceful uses of nuclear energy: energy | forest protection: climate | water management: climate
press freedom: human-rights | labour migration: migration | visa facilitation: migration
border demarcation: territorial-disputes | freedom of navigation: territorial-disputes | peacekeeping: ceasefire-and-peace
military-technical cooperation: military-posture | NATO enlargement: alliances | consular matters: prisoners-and-consular
return of abducted children: prisoners-and-consular | reconstruction assistance for Ukraine: aid | polar research: arctic
combating drug trafficking: crime-and-drugs | exchange of information on ransomware gangs: crime-and-drugs
higher education: science-and-culture | disinformation: election-interference | carbon finance: finance
double taxation: finance | green shipping: transport | air links: transport
"""


@pytest.mark.parametrize("row", re.split(r"\s*[|\n]\s*", TOPICS.strip()))
def test_the_issue_of_a_topic(row: str) -> None:
    topic, issue = row.split(": ")
    assert issue_of(topic) == issue


@pytest.mark.parametrize("words", ["the weather", "Kherson", "next steps", ""])
def test_a_topic_of_no_issue(words: str) -> None:
    assert issue_of(words) is None


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Arms control talks", {"Arms control"}),
        ("arms-control talks", {"arms-control"}),
        ("arms. control talks", {"arms. control"}),
        ("up in arms, control is lost", set()),
        ("Up in arms. Control is lost", set()),
    ],
)
def test_phrases_run_across_hyphens_and_stray_stops_only(text: str, met: set[str]) -> None:
    assert {text[h.start : h.end] for h in find_cues(text).rows if h.issue == "arms-control"} == met


def test_a_capital_in_the_register_asks_for_one() -> None:
    assert any(hit.issue == "public-health" for hit in find_cues("WHO said so").rows)
    assert not find_cues("who said so").rows


def test_the_register_holds_the_issues_that_the_record_can_be_asked_for() -> None:
    assert ids() == tuple(vocabulary()) and len(ids()) == 26


def test_every_issue_has_cues_of_its_own() -> None:
    rows = load("issues")["issue"]
    for row in rows:
        assert row["name"] and sum(cue.strength != "not" for cue in cues([row])) >= 40, row["id"]


def test_every_cue_can_be_met() -> None:
    for cue in cues(load("issues")["issue"]):
        assert len(cue.first.partition("*")[0]) >= (3 if "*" in cue.first else 1), cue
        assert cue.first != "..." and "..." not in cue.rest[-1:], cue
        words = " ".join(word.replace("*", "") for word in (cue.first, *cue.rest) if word != "...")
        if cue.strength == "strong" and "*" not in f"{cue.first}{cue.rest}":
            assert any(hit.issue == cue.issue for hit in find_cues(words).rows), cue


def test_the_register_notes_its_source() -> None:
    assert "Source:" in files("onrecord.meaning.registers").joinpath("issues.toml").read_text(encoding="utf-8")
