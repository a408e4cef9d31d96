"""Lists of topics, and lists that are none, in sentences written for this test."""

# ruff: noqa: E501  (a sentence is one line)

from __future__ import annotations

import pytest

from onrecord.meaning.agendas import agenda_flags, find_agendas
from onrecord.meaning.context import Context
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.registers import load
from onrecord.text import segment
from onrecord.types import Agenda, Attribution, Span, Speaker


def context_of(text: str, *said: tuple[str, str | None]) -> Context:
    """An article with statements: (content, country of the speaker)."""
    segments = segment(text)
    rows, speakers = [], []
    for words, country in said:
        at = text.index(words)
        rows.append(Attribution(source=None, cue=(), content=(Span(at, at + len(words)),), kind="indirect", score=1.0))
        speakers.append(
            Speaker(name="A", role=None, country=country, type="person", id="a", mention=None, how="", score=1.0)
        )
    return Context(
        segments=segments,
        published=None,
        dates=(),
        cast=find_cast(segments),
        attributions=tuple(rows),
        speakers=tuple(speakers),
    )


def agendas_of(text: str) -> tuple[Agenda, ...]:
    return find_agendas(context_of(text), ())


LISTS = [
    (
        "Minister Ek named five topics for May: offshore wind, ferry links, cod quotas, student exchanges and visas.",
        5,
        ["energy", "transport", "trade", "science-and-culture", "migration"],
    ),
    (
        "Oslo proposes three areas: (1) de-escalation along the border; (2) release of prisoners; and (3) food aid.",
        3,
        ["ceasefire-and-peace", "prisoners-and-consular", "aid"],
    ),
    (
        "He outlined three priorities - counter-terrorism, vaccines and cyber security - and left by the side door.",
        3,
        ["counterterrorism", "public-health", "cybersecurity"],
    ),
    (
        "Ambassador Lo said the two sides have 4 fields to develop: cosmos. industry, trade, anti-terror and COVID-19.",
        4,
        ["space", "trade", "counterterrorism", "public-health"],
    ),
    (
        "They discussed a wide range of issues, including arms control, energy security, migration and the Arctic.",
        None,
        ["arms-control", "energy", "migration", "arctic"],
    ),
    (
        "The ministers agreed to expand cooperation in such areas as trade, agriculture, tourism and railways.",
        None,
        ["trade", "trade", "science-and-culture", "transport"],
    ),
    (
        "The two presidents reviewed cooperation in the fields of defence, health, education and renewable energy.",
        None,
        ["military-posture", "public-health", "science-and-culture", "energy"],
    ),
    (
        "The agenda includes sanctions, prisoner exchanges and grain shipments.",
        None,
        ["sanctions", "prisoners-and-consular", "trade"],
    ),
    (
        "Brussels set out its priorities for the talks:\n\n- fight against money laundering\n"
        "- readmission of migrants\n- carbon border tax\n\nA second round follows in May.",
        None,
        ["crime-and-drugs", "migration", "climate"],
    ),
    (
        "Four points were put forward:\n1. Ceasefire from Monday.\n2. Exchange of all prisoners.\n"
        "3. Lifting of sanctions.\n4. Deliveries of gas before winter.\n",
        4,
        ["ceasefire-and-peace", "prisoners-and-consular", "sanctions", "energy"],
    ),
    (
        "The envoy listed two questions: recognition of the new government and the return of refugees.",
        2,
        ["recognition", "migration"],
    ),
    (
        "They identified three directions: first, nuclear safeguards; second, missile limits; third, space debris.",
        3,
        ["nonproliferation", "arms-control", "space"],
    ),
    (
        "The two sides named three areas: science and technology, trade, and nuclear disarmament.",
        3,
        ["science-and-culture", "trade", "arms-control"],
    ),
    (
        "Six themes will be covered: climate, oceans, shipping, human rights, drug trafficking and debt relief.",
        6,
        ["climate", "climate", "transport", "human-rights", "crime-and-drugs", "finance"],
    ),
    (
        "They exchanged views on issues such as the South China Sea, North Korea's nuclear tests and rare earths.",
        None,
        ["territorial-disputes", "nonproliferation", "trade"],
    ),
    (
        "Both sides will work together in six spheres: education, sport, customs matters, the peaceful atom, aviation and flu.",
        6,
        ["science-and-culture", "science-and-culture", "trade", "energy", "transport", "public-health"],
    ),
    (
        "On the agenda: the war in Sudan, migration across the sea, and carbon finance.",
        None,
        ["ceasefire-and-peace", "migration", "finance"],
    ),
    (
        "The plan has three pillars: stop the boats, smash the gangs and speed up deportations.",
        3,
        ["migration", "crime-and-drugs", "migration"],
    ),
    (
        "She raised the questions of Taiwan, export controls and visas for nurses.",
        None,
        ["territorial-disputes", "trade", "migration"],
    ),
    (
        "The agenda of the visit covers steel, electricity, and railways.",
        None,
        ["trade", "energy", "transport"],
    ),
    (
        "Speaking of priorities, he mentioned: firstly, asylum reform; secondly, press freedom; thirdly, returns of migrants.",
        None,
        ["migration", "human-rights", "migration"],
    ),
    (
        "In Lima he raised four matters; none was new. Later he named these subjects: extradition, customs, piracy.",
        None,
        ["prisoners-and-consular", "trade", "crime-and-drugs"],
    ),
]


@pytest.mark.parametrize(("text", "count", "issues"), LISTS)
def test_a_list_of_topics_is_an_agenda(text: str, count: int | None, issues: list[str]) -> None:
    (agenda,) = agendas_of(text)
    assert agenda.stated_count == count
    assert [item.issue for item in agenda.items] == issues


@pytest.mark.parametrize(
    "text",
    [
        "Three areas were shelled on Monday: Kherson, Kharkiv and Sumy.",
        "He met three ministers: Anna Lindt, Piotr Wolny and Omar Said.",
        "Fighting was reported in several areas, including Bakhmut, Avdiivka and Marinka.",
        "The talks brought together states such as Norway, Japan and Chile.",
        "The team won by three points: a penalty, a try and a late kick.",
        "The issues of the paper sold out: nobody knew why.",
        "At this point the minister left, and the ambassador, the clerk and the driver followed.",
        "The convoy passed these points: Basra, Nasiriyah, Najaf.",
        "She raised the issue of visas.",
        "Police cordoned off several areas, including the airport, the port and the railway station.",
        "Points were awarded to the crews: four to Peru, three to Chile, one to Fiji.",
        "In matters of trade, energy comes first, and security second.",
        "There are two issues. Trade is one, and energy is hard to forget.",
        "He said: trade, energy and climate come later.",
        "The area was closed to trade, shipping and fishing, including by night.",
    ],
)
def test_names_places_and_plain_sentences_are_none(text: str) -> None:
    assert agendas_of(text) == ()


def test_items_are_the_words_of_the_article() -> None:
    text = "Seoul named three priorities: shipbuilding, network security and the fight against smuggling of migrants."
    (agenda,) = agendas_of(text)
    assert [item.span.of(text) for item in agenda.items] == [
        "shipbuilding",
        "network security",
        "fight against smuggling of migrants",
    ]


def test_who_names_them_and_to_whom() -> None:
    words = "four topics: trade, energy, visas and culture"
    context = context_of(f"The Estonian minister proposed {words}.", (words, "EST"))
    (agenda,) = find_agendas(context, (("EST", "JPN"),))
    assert (agenda.actor, agenda.counterpart) == ("EST", "JPN")


def test_both_sides_are_nobody() -> None:
    words = "four topics: trade, energy, visas and culture"
    context = context_of(f"The two sides named {words}.", (words, None))
    (agenda,) = find_agendas(context, (("EST", "JPN"),))
    assert (agenda.actor, agenda.counterpart) == (None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "She proposed three topics: (1) visas; (2) drug trafficking; (3) air links; (4) debt.",
            "Three topics are announced, but four are listed.",
        ),
        (
            "Five priorities were named: trade, energy, climate and migration.",
            "Five priorities are announced, but four are listed.",
        ),
        (
            "They agreed on two areas:\n- fisheries\n- carbon markets\n- maritime borders\n",
            "Two areas are announced, but three are listed.",
        ),
        (
            "She enumerated three axes for the new stage: trade, visas, power lines and roads.",
            "Three axes are announced, but four are listed.",
        ),
    ],
)
def test_a_count_that_does_not_match_is_flagged(text: str, message: str) -> None:
    (flag,) = agenda_flags(context_of(text))
    assert (flag.kind, flag.message) == ("count-mismatch", message)


@pytest.mark.parametrize("text", [text for text, _, _ in LISTS])
def test_lists_that_match_are_not_flagged(text: str) -> None:
    assert agenda_flags(context_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "They named four areas: trade and investment, energy, science and culture.",
        "He raised six issues, including trade, energy and climate.",
        "He raised three topics, such as trade and energy.",
        "Five topics: trade, energy, climate.",
    ],
)
def test_a_list_that_may_be_counted_otherwise_or_goes_on_is_not_flagged(text: str) -> None:
    assert agenda_flags(context_of(text)) == ()


def test_the_register_names_its_heads_once() -> None:
    heads = load("agendas")["heads"].split()
    assert len(heads) == len(set(heads)) and set(load("agendas")["open"].split()) <= set(heads)
