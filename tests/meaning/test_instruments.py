from __future__ import annotations

from datetime import date

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.dates import find_dates
from onrecord.meaning.flags.instruments import instrument_flags
from onrecord.meaning.instruments import find_instruments
from onrecord.meaning.mentions import find_cast
from onrecord.text import segment
from onrecord.types import Attribution, InstrumentMention, Span, Speaker


def read(text: str, *contents: str, published: date | None = date(2023, 6, 1), speakers: str = "") -> Context:
    """A context with one attribution for each of `contents`; `speakers` gives the id of each, one letter."""
    segments = segment(text)
    attributions = []
    for words in contents:
        at = text.index(words)
        kind = "direct" if words[0] in '"“' else "indirect"
        attributions.append(
            Attribution(source=None, cue=(), content=(Span(at, at + len(words)),), kind=kind, score=1.0)  # type: ignore[arg-type]
        )
    return Context(
        segments=segments,
        published=published,
        dates=find_dates(segments, published=published),
        cast=find_cast(segments),
        attributions=tuple(attributions),
        speakers=tuple(speaker(id_) for id_ in speakers or "abcdefgh"[: len(contents)]),
    )


def speaker(id_: str) -> Speaker:
    return Speaker(name=id_, role=None, country=None, type="person", id=id_, mention=None, how="name", score=1.0)


def named(mentions: tuple[InstrumentMention, ...]) -> list[str]:
    return [mention.name for mention in mentions]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks on START-3 stalled.", ["New START"]),
        ("Talks on the new START treaty stalled.", ["New START"]),
        ("The team got a new start.", []),
        ("He praised the paris climate accord.", ["Paris Agreement"]),
        ("The Treaty on the Non-Proliferation\nof Nuclear Weapons is old.", ["NPT"]),
        ("They quit the Nuclear Nonproliferation Treaty.", ["NPT"]),
        ("The Collective Security Treaty Organization met.", []),
        ("MINISTER CITES GROWING FRAUD", []),
        ("It breached UN Security Council resolution 2231.", ["Resolution 2231"]),
        ("It breached UNSCR 2397 again.", ["Resolution 2397"]),
        ("It recalled General Assembly resolution 194.", ["General Assembly Resolution 194"]),
        ("The council passed resolution 12 on parking.", []),
        ("The Security Council met twice. He praised Resolution 2722 on Monday.", ["Resolution 2722"]),
        ("The Security Council passed Resolution 550 in 1984.", ["Resolution 550"]),
        ("The city passed Resolution 550 in 1984.", []),
        ("House Resolution 2231 was a local affair.", []),
        ("They recalled the Agreement of Minsk.", ["Minsk agreements"]),
        ("They will apply the Declaration of Cartagena.", ["Cartagena Declaration"]),
        ("The Convention on the Conservation of Antarctic Marine Living Resources is old.", ["CCAMLR"]),
        ("Cyprus cited the Treaty of Guarantee.", ["Treaty of Guarantee"]),
        ("Mali quit the Algiers Agreement.", ["Algiers Agreement"]),
        ("Ethiopia and Eritrea cited the Algiers Agreement.", ["Algiers Agreement (2000)"]),
    ],
)
def test_a_wording_means_its_instrument(text: str, names: list[str]) -> None:
    assert named(find_instruments(read(text)).narration) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ukraine hopes that the grain corridor will hold.", ["Black Sea Grain Initiative"]),
        ("The grain corridor of Iowa is a road.", []),
        ("Tehran wants the nuclear deal back.", ["JCPOA"]),
        ("Tehran was silent. North Korea said its own nuclear deal was dead.", []),
        ("Tehran was silent on a nuclear deal with India.", []),
        ("Manila and Washington cited the mutual defence treaty.", ["US-Philippines Mutual Defense Treaty"]),
        ("Lisbon cited the mutual defence treaty.", []),
        ("The memorandum of Russia with the UN is only paper.", ["Russia-UN Memorandum"]),
        ("The memorandum of the two towns is only paper.", []),
        ("The EFTA-Mercosur deal was signed.", []),
        ("The US-Iran nuclear deal was signed.", ["JCPOA"]),
        ("Canada and Colombia have had a free trade agreement for years.", ["Canada-Colombia Free Trade Agreement"]),
        ("Canada and Chad want a free trade agreement.", []),
    ],
)
def test_a_loose_wording_needs_its_parties_near(text: str, names: list[str]) -> None:
    assert named(find_instruments(read(text)).narration) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The ministers signed the Lagos Convention on River Navigation on Monday in the old town hall.",
            ["Lagos Convention on River Navigation"],
        ),
        ("Delegates left the Republican National Convention early on that day.", []),
        ("Lagos Convention On River Navigation Signed At Last", []),
        ("They left the Norden Fisheries Partnership Agreement (NFPA) without words.", ["NFPA"]),
        ("They left the Norden Fisheries Agreement (the old one) without words.", ["Norden Fisheries Agreement"]),
        ("The four islands act under the Norden Charter together.", ["Norden Charter"]),
        ("She went to a Norden Charter School in the town.", []),
        ("They put their names to a Memorandum of Understanding.", []),
        ("The parties to the Agreement met.", []),
    ],
)
def test_a_title_in_capitals_stands_for_itself(text: str, names: list[str]) -> None:
    assert named(find_instruments(read(text)).narration) == names


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("New START is at risk. The treaty ends soon.", 2),
        ("New START is at risk. This landmark treaty ends soon.", 2),
        ("New START is at risk. The peace treaty ends soon.", 1),
        ("New START is at risk. The treaty of 1972 ended long ago.", 1),
        ("New START is at risk. The treaty with Japan ends soon.", 1),
        ("New START is at risk. Peru and Chile reached a treaty on fishing. The treaty ends soon.", 1),
        ("The Paris Agreement stands. Peru struck a deal with Chile. The deal is small.", 1),
        ("The Iran nuclear deal stands. It is a terrible deal. The deal should go.", 2),
        ("The Iran nuclear deal stands. The cross-border trucking deal is small.", 1),
        ("TPP is dead. The 12-nation trade deal was long in the making.", 2),
        ("The Minsk agreements stand. The agreements reached at the summit are secret.", 1),
        ("Uproar over the corridor. The Ukrainian grain corridor closes.", 2),
        ("The Geneva Convention binds all. The Republican convention opened. The convention was loud.", 1),
    ],
)
def test_a_noun_takes_up_the_instrument_before_it(text: str, count: int) -> None:
    assert len(find_instruments(read(text)).mentions) == count


def test_a_statement_has_the_instruments_in_its_words() -> None:
    text = "He said that New START and the NPT must stay. She said that nothing changed."
    found = find_instruments(read(text, "that New START and the NPT must stay", "that nothing changed"))
    assert [named(of) for of in found.of] == [["New START", "NPT"], []]
    assert [mention.span.of(text) for mention in found.of[0]] == ["New START", "NPT"]


def test_the_subject_set_before_the_words_counts() -> None:
    text = "Asked about the INF Treaty, the minister said that nothing was decided."
    found = find_instruments(read(text, "that nothing was decided"))
    assert named(found.of[0]) == ["INF Treaty"]


@pytest.mark.parametrize(
    ("quote", "speakers", "names"),
    [
        ('"It is our last chance,"', "aa", ["NPT"]),
        ('"It is our last chance,"', "ab", []),
        ('"Norway is our friend,"', "aa", []),
    ],
)
def test_a_short_quotation_goes_on_about_it(quote: str, speakers: str, names: list[str]) -> None:
    text = f"The envoy said that the NPT was in danger. {quote} the envoy added."
    found = find_instruments(read(text, "that the NPT was in danger", quote, speakers=speakers))
    assert named(found.of[1]) == names


def test_words_of_a_document_go_on_about_the_one_just_named() -> None:
    text = (
        "The two spoke of the pandemic treaty. The president said that a text without binding provisions was useless."
    )
    found = find_instruments(read(text, "that a text without binding provisions was useless"))
    assert named(found.of[0]) == ["Pandemic Agreement"]


def test_an_article_about_one_instrument_lends_it_to_its_statements() -> None:
    text = (
        "The Indus Waters Treaty is in doubt. The treaty dates from 1960. Both capitals invoke the treaty. "
        "A minister said that the wells were dry. A general said that the truce would hold."
    )
    found = find_instruments(read(text, "that the wells were dry", "that the truce would hold"))
    assert [named(of) for of in found.of] == [["Indus Waters Treaty"], []]


def test_what_is_said_before_in_the_sentence_goes_on() -> None:
    text = "The envoy said that the NPT was in danger and vowed to press for a vote. He spoke of fish."
    found = find_instruments(read(text, "that the NPT was in danger", "to press for a vote", "of fish", speakers="aaa"))
    assert [named(of) for of in found.of] == [["NPT"], ["NPT"], []]


@pytest.mark.parametrize(
    ("answer", "names"),
    [("We are nearly done.", ["NPT"]), ("I do not comment on that.", ["NPT"])],
)
def test_an_answer_is_about_what_the_question_names(answer: str, names: list[str]) -> None:
    text = f"QUESTION: And the NPT?\n\nBERG: {answer}\n\nQUESTION: And the weather?\n\nBERG: It is fine."
    found = find_instruments(read(text, answer, "It is fine."))
    assert [named(of) for of in found.of] == [names, []]


def test_silence_is_not_about_the_topic_of_the_article() -> None:
    text = (
        "The Indus Waters Treaty is in doubt. The treaty dates from 1960. Both capitals invoke the treaty. "
        "A minister said that she would not comment on dates."
    )
    assert find_instruments(read(text, "that she would not comment on dates")).of == ((),)


def test_an_article_without_instruments_is_left_alone() -> None:
    found = find_instruments(read("He said that the deal was good.", "that the deal was good"))
    assert found.of == ((),)
    assert found.narration == found.mentions == ()


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        (
            "The Intermediate-Range Nuclear Forces Treaty (INF Treaty), which is still in effect, bans missiles.",
            date(2020, 1, 5),
            "Intermediate-Range Nuclear Forces Treaty (INF Treaty), which is still in effect",
        ),
        ("The INF Treaty remains legally binding.", date(2019, 8, 2), "INF Treaty remains legally binding"),
        ("New START, signed in 2010, is in force.", date(2026, 3, 1), "New START, signed in 2010, is in force"),
        ("The only valid arms treaty is New START.", date(2026, 3, 1), "only valid arms treaty is New START"),
        ("NAFTA came first. The agreement is still valid.", date(2021, 1, 1), "The agreement is still valid"),
    ],
)
def test_an_ended_instrument_said_to_be_in_force_is_flagged(text: str, published: date, words: str) -> None:
    context = read(text, published=published)
    (flag,) = instrument_flags(context, find_instruments(context))
    assert (flag.kind, flag.span.of(text)) == ("expired-instrument", words)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The INF Treaty, which is still in effect, bans missiles.", date(2019, 8, 1)),
        ("The INF Treaty, which is still in effect, bans missiles.", None),
        ("The INF Treaty is no longer in force.", date(2020, 1, 5)),
        ("The INF Treaty was in force then.", date(2020, 1, 5)),
        ("If the INF Treaty is still in force, we obey it.", date(2020, 1, 5)),
        ("He denied that the INF Treaty is still in force.", date(2020, 1, 5)),
        ("Is it true that the INF Treaty is still in force?", date(2020, 1, 5)),
        ("In May 2015 he said the INF Treaty is in force.", date(2020, 1, 5)),
        ("The INF Treaty banned missiles, and the ban on mines is in force.", date(2020, 1, 5)),
        ("The Paris Agreement is in force.", date(2020, 1, 5)),
        ("New START is in force.", date(2022, 1, 5)),
    ],
)
def test_no_false_alarm(text: str, published: date | None) -> None:
    context = read(text, published=published)
    assert instrument_flags(context, find_instruments(context)) == ()


@pytest.mark.parametrize(
    ("text", "published", "flagged"),
    [
        ("The Open Skies Treaty is still in force between Russia and Canada.", date(2022, 1, 14), True),
        ("The Open Skies Treaty is still in force between Russia and Canada.", date(2021, 1, 14), False),
        ("The Open Skies Treaty is still in force between Spain and Canada.", date(2022, 1, 14), False),
        ("The Open Skies Treaty is still in force.", date(2022, 1, 14), False),
        ("The Open Skies Treaty is no longer in force between Russia and Canada.", date(2022, 1, 14), False),
    ],
)
def test_one_that_a_named_party_has_left_is_flagged(text: str, published: date, flagged: bool) -> None:
    context = read(text, published=published)
    flags = instrument_flags(context, find_instruments(context))
    assert [flag.message for flag in flags] == (
        ["Spoken of as in force for RUS, which left it on 18 December 2021."] if flagged else []
    )


def test_the_message_names_the_day_in_one_sentence() -> None:
    context = read("The INF Treaty is in force.", published=date(2020, 1, 5))
    (flag,) = instrument_flags(context, find_instruments(context))
    assert flag.message == "Spoken of as in force, but the INF Treaty ended on 2 August 2019."
