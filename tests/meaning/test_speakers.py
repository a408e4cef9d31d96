from __future__ import annotations

import itertools
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.meaning.chain import settle_chain
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.speakers import resolve
from onrecord.meaning.speakers.lex import lex
from onrecord.meaning.speakers.phrases import read_phrase
from onrecord.meaning.speakers.trim import trim
from onrecord.types import Attribution, Segments, Span, Speaker

ARTICLES = [
    article
    for name in ("speakers_articles.toml", "speakers_world.toml")
    for article in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["article"]
]

PHRASES = [
    ("Danish Foreign Minister Karen Holm", "Karen Holm", "Minister of Foreign Affairs of Denmark", "DNK"),
    ("Kenyan Deputy Trade Minister Otieno Wafula", "Otieno Wafula", "Deputy Minister of Trade of Kenya", "KEN"),
    ("Japan's ambassador in Paris, Ryo Tanabe,", "Ryo Tanabe", "Ambassador of Japan to France", "JPN"),
    ("the Polish Ambassador to the US Marek Zych", "Marek Zych", "Ambassador of Poland to the United States", "POL"),
    (
        "Lena Vogt, a German Foreign Ministry spokeswoman",
        "Lena Vogt",
        "Spokeswoman of the Ministry of Foreign Affairs of Germany",
        "DEU",
    ),
    ("President Ivo Radic of Croatia", "Ivo Radic", "President of Croatia", "HRV"),
    ("a State Department official", "", "Official of the United States Department of State", "USA"),
    ("an aide to President Macron", "", "aide to President Macron", None),
    ("UN spokesman Tom Ojala", "Tom Ojala", "Spokesman of the United Nations", "UN"),
    ("the head of Togolese diplomacy, Kofi Lawson", "Kofi Lawson", "Minister of Foreign Affairs of Togo", "TGO"),
    ("the chancellor of Ecuador, Luis Prado", "Luis Prado", "Minister of Foreign Affairs of Ecuador", "ECU"),
    ("the chancellor of Germany, Karl Vogt", "Karl Vogt", "Chancellor of Germany", "DEU"),
    (
        "Rosa Lima, co-chair of the Intergovernmental Negotiating Body",
        "Rosa Lima",
        "Co-chair of the Intergovernmental Negotiating Body",
        "WHO",
    ),
    ("Rosa Lima, who chairs the Dockers' Union", "Rosa Lima", "Chair of the Dockers' Union", None),
    (
        "Eva Lind, an economist at the Nordic Institute near Malmo",
        "Eva Lind",
        "Economist at the Nordic Institute",
        None,
    ),
]


PHRASES += [
    ("Rival Karen Holm", "Karen Holm", None, None),
    ("Chief of the General Staff Ivo Radic", "Ivo Radic", "Chief of the General Staff", None),
    (
        "Minister of Labour and Social Protection Otieno Wafula",
        "Otieno Wafula",
        "Minister of Labour and Social Protection",
        None,
    ),
    (
        "Vice-speaker of the parliament of Chile Rosa Lima",
        "Rosa Lima",
        "Vice-speaker of the parliament of Chile",
        "CHL",
    ),
    ("the leader of the Kenyan Ministry of Health", "", "Leader of the Ministry of Health of Kenya", "KEN"),
    ("Head of the Danish delegation Tom Ojala", "Tom Ojala", "Head of the Danish delegation", "DNK"),
]


@pytest.mark.parametrize(("text", "name", "role", "country"), PHRASES)
def test_a_phrase_is_taken_apart(text: str, name: str, role: str, country: str | None) -> None:
    phrase = read_phrase(lex(text))
    assert (phrase.words, phrase.role, phrase.country) == (name, role, country)


def cut(text: str) -> Segments:
    """A plain segmentation, enough for articles written without traps."""
    ends = [m.end() for m in re.finditer(r'(?<![A-Z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Sen)[.!?]["”]?(?=\s)|\n\n', text)]
    bounds = [0, *ends, len(text)]
    sentences = []
    for a, b in itertools.pairwise(bounds):
        lead = len(text[a:b]) - len(text[a:b].lstrip())
        if text[a:b].strip():
            sentences.append(Span(a + lead, b))
    quotes = tuple(Span(m.start(), m.end()) for m in re.finditer(r'"[^"\n]+"', text))
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Segments(text=text, words=(), sentences=tuple(sentences), paragraphs=paragraphs, headings=(), quotes=quotes)


def near(text: str, words: str, place: Span, taken: list[Span]) -> Span:
    pattern = re.compile((r"(?<!\w)" if words[0].isalnum() else "") + re.escape(words))
    spans = [Span(m.start(), m.end()) for m in pattern.finditer(text)]
    free = [s for s in spans if not any(s.overlaps(t) for t in taken)]
    return min(free, key=lambda s: max(place.start - s.end, s.start - place.end))


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    start = text.index(content)
    end = text.index('"', start + 1) + 1 if content.startswith('"') else start + len(content)
    taken = [Span(start, end)]
    cue_span = near(text, cue, taken[0], taken)
    source_span = near(text, source, Span(min(start, cue_span.start), max(end, cue_span.end)), [*taken, cue_span])
    kind = "direct" if content.startswith('"') else "indirect"
    return Attribution(source=source_span, cue=(cue_span,), content=(taken[0],), kind=kind, score=1.0)  # type: ignore[arg-type]


def read(article: dict[str, Any]) -> list[tuple[list[str | None], Speaker, list[str]]]:
    text = article["text"].lstrip("\n")
    rows = [[None if part.strip() == "-" else part.strip() for part in line.split(" | ")] for line in article["lines"]]
    rows = [row for row in rows if row[2] != "disagreed."]
    found = [attribution(text, str(row[0]), str(row[1]), str(row[2])) for row in rows]
    chained = settle_chain(cut(text), found)
    speakers = resolve(find_cast(cut(text)), [c.attribution for c in chained], published=article["published"])
    return [(row, s, [v.name for v in c.via]) for row, s, c in zip(rows, speakers, chained, strict=True)]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["name"])
def test_who_speaks_in_a_whole_article(article: dict[str, Any]) -> None:
    results = read(article)
    wrong = [
        (row, s.name, s.how) for row, s, _ in results if row[3] and set(row[3].split()) != set((s.name or "").split())
    ]
    assert not wrong
    assert [(row, s.country) for row, s, _ in results if row[5] and s.country != row[5]] == []
    assert [(row, via) for row, _, via in results if row[6] and row[6] not in via] == []
    assert [(row, s.name) for row, s, _ in results if row[3] is None and s.name] == []


def test_office_words_agree_with_the_record() -> None:
    rows = [(str(row[4]), s.role or "") for a in ARTICLES for row, s, _ in read(a) if row[4]]

    def alike(a: str, b: str) -> bool:
        x, y = set(a.lower().split()), set(b.lower().split())
        return len(x & y) >= 0.5 * max(len(x), len(y))

    assert sum(alike(a, b) for a, b in rows) >= 0.95 * len(rows)


def speakers(text: str, *sources: tuple[str, str, str], published: date | None = None) -> list[Speaker]:
    return list(resolve(find_cast(cut(text)), [attribution(text, *s) for s in sources], published=published))


SPANS = [
    ("His comments came as President-elect Joe Biden", "Joe Biden", None),
    ("Tirasia answers with restraint Deputy Minister of Tirasia Irina Solvani", "Irina Solvani", "Deputy Minister"),
    ("warehouse President of Tirasia Goran Mileti", "Goran Mileti", "President of Tirasia"),
    ("According to Foreign Minister Ivo Radic", "Ivo Radic", "Minister of Foreign Affairs"),
    ("Minister of Foreign Affairs of Velmark Jonas Haldrup", "Jonas Haldrup", "Minister of Foreign Affairs of Velmark"),
    ("Joe Biden told Congress on Monday", "Joe Biden", None),
    ("Chinese Foreign Minister Wang Yi (retranslated)", "Wang Yi", "Minister of Foreign Affairs of China"),
    ("NBC's Dante Moro", "Dante Moro", None),
    ("Tulsa police Chief Chuck Jordan", "Chuck Jordan", "Chief of the Tulsa police"),
    ("Bill Clinton, campaigning in Ohio", "Bill Clinton", None),
    ("the Rev. Paul Otto, of Grace Church", "Paul Otto", None),
]


@pytest.mark.parametrize(("span", "name", "role"), SPANS)
def test_the_person_is_found_in_a_span_with_too_many_words(span: str, name: str, role: str | None) -> None:
    phrase = read_phrase(trim(lex(span)))
    assert phrase.words == name
    assert role is None or (phrase.role or "").startswith(role)


NO_STATE = [
    ("Prime Minister of Sambara Ruzena Kolt", "Portugal and Sambara met in Lisbon."),
    ("Velmarkian Foreign Minister Jonas Haldrup", "Latvia held talks in Riga."),
    ("Retired Admiral Rui Costa", "Portugal bought two ships. Portugal paid."),
    ("former ambassador Rui Costa", "Portugal bought two ships. Portugal paid."),
    ("Ana Lopes, chief executive of the miner Salinera,", "Bolivia wants a price floor. Bolivia said so."),
]


@pytest.mark.parametrize(("source", "before"), NO_STATE)
def test_an_office_takes_no_state_from_elsewhere(source: str, before: str) -> None:
    text = f"{before} {source} said that it was late."
    (who,) = speakers(text, (source, "said", "that it was late"))
    assert who.country is None
    assert "Portugal" not in (who.role or "")


def test_first_person_in_a_transcript_is_whoever_has_the_floor() -> None:
    text = "President Ana Lima of Peru met Rui Costa.\n\nAna Lima: Good morning.\n\nI think that it is late."
    (who,) = speakers(text, ("I", "think", "that it is late"))
    assert who.name == "Ana Lima"


def test_a_surname_that_is_a_place_belongs_to_the_person_named() -> None:
    text = "Rep. Jim Jordan spoke first. Jordan said that it was late."
    (who,) = speakers(text, ("Jordan", "said", "that it was late"))
    assert who.name == "Jim Jordan"


def test_a_party_nominee_is_the_one_of_the_day() -> None:
    text = "The Democratic nominee said that it was late."
    (who,) = speakers(text, ("The Democratic nominee", "said", "that it was late"), published=date(2016, 9, 1))
    assert (who.name, who.role) == ("Hillary Clinton", "Democratic presidential nominee")
    (later,) = speakers(text, ("The Democratic nominee", "said", "that it was late"), published=date(2018, 9, 1))
    assert later.name is None


def test_antecedents_do_not_come_from_inside_a_quotation() -> None:
    text = 'Carlos Vega spoke first. "Pedro Sousa is wrong," he said.'
    (who,) = speakers(text, ("he", "said", '"Pedro'))
    assert (who.name, who.how) == ("Carlos Vega", "pronoun")


def test_gender_decides_between_two() -> None:
    text = "Anna Berg said it was late. Karl Lund said it was early. She added that it was cold."
    *_, who = speakers(
        text,
        ("Anna Berg", "said", "it was late"),
        ("Karl Lund", "said", "it was early"),
        ("She", "added", "that it was cold"),
    )
    assert who.name == "Anna Berg"


def test_surname_alone_is_looked_up_in_the_register_for_its_time() -> None:
    text = "Merkel said that it was late."
    (known,) = speakers(text, ("Merkel", "said", "that it was late"), published=date(2015, 6, 1))
    assert (known.name, known.country, known.how) == ("Angela Merkel", "DEU", "register")
    (later,) = speakers(text, ("Merkel", "said", "that it was late"), published=date(2024, 6, 1))
    assert later.name == "Merkel"


def test_no_source_is_nobody() -> None:
    text = "It was said that it was late."
    start = text.index("that")
    passive = Attribution(source=None, cue=(), content=(Span(start, len(text)),), kind="indirect", score=1.0)
    (who,) = resolve(find_cast(cut(text)), [passive], published=None)
    assert (who.name, who.role, who.type, who.how) == (None, None, "unnamed", "none")


def test_metonyms_and_ids() -> None:
    text = "Ankara said that it was late. The Kremlin said that it was early."
    turkey, kremlin = speakers(
        text, ("Ankara", "said", "that it was late"), ("The Kremlin", "said", "that it was early")
    )
    assert (turkey.name, turkey.type, turkey.id, turkey.how) == ("Turkey", "state", "s:TUR", "metonym")
    assert (kremlin.name, kremlin.type, kremlin.country) == ("Kremlin", "organisation", "RUS")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AaBb .,'’\"-\nMr0éÉ:()", max_size=80))
def test_any_text_can_be_searched_for_names(text: str) -> None:
    segments = cut(text)
    for token in lex(text):
        assert text[token.start : token.end] == token.text
    for mention in find_cast(segments).mentions:
        assert 0 <= mention.start < mention.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABcd .,'’-Mrs the and of who US", min_size=1, max_size=40))
def test_any_source_gets_a_speaker(source: str) -> None:
    text = source + " said it."
    segments = cut(text)
    one = Attribution(
        source=Span(0, len(source)), cue=(), content=(Span(len(source) + 1, len(text)),), kind="indirect", score=1.0
    )
    (who,) = resolve(find_cast(segments), [one], published=None)
    assert 0 <= who.score <= 1
    assert who.id


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        ("On Sunday, the State Department", "the State Department"),
        ("words of Doronin", "Doronin"),
        ("Antonov speaking", "Antonov"),
        ("quoted Larionov as", "Larionov"),
        ("the Supreme Court this month", "the Supreme Court"),
        ("Xi, the president", "Xi, the president"),
    ],
)
def test_loose_words_are_cut_off(span: str, kept: str) -> None:
    tokens = trim(lex(span))
    assert span[tokens[0].start : tokens[-1].end] == kept


@pytest.mark.parametrize("honorific", ["", "Dr ", "Dr. ", "Datuk "])
def test_an_honorific_does_not_part_a_name_from_the_title_before_it(honorific: str) -> None:
    text = f"She met the Minister of Foreign Affairs of Malaysia, {honorific}Azlan Hamidi, who is on a visit."
    whole = Span(0, len(text))
    segments = Segments(text=text, words=(), sentences=(whole,), paragraphs=(whole,), headings=(), quotes=())
    (mention,) = find_cast(segments).mentions
    assert (mention.person.role, mention.person.country) == ("Minister of Foreign Affairs of Malaysia", "MYS")


NAMES = [
    ("Rival Karen Holm said it was late.", "Rival Karen Holm", "Karen Holm", "person"),
    ("Karen Holm met Ivo Radic. Mr Radic's view is that it was late.", "Mr Radic's", "Ivo Radic", "person"),
    ("Rosa LimaTom Ojala said it was late.", "Rosa LimaTom Ojala", "Rosa Lima", "person"),
    ("NORDEX said it was late.", "NORDEX", "NORDEX", "organisation"),
    ("Professionals say it was late. Many a professional is tired.", "Professionals", None, "unnamed"),
    ("The Labour Code says it was late.", "The Labour Code", "Labour Code", "organisation"),
    ("Five of the pilots said it was late.", "Five of the pilots", None, "unnamed"),
]


@pytest.mark.parametrize(("text", "source", "name", "kind"), NAMES)
def test_what_is_a_name(text: str, source: str, name: str | None, kind: str) -> None:
    cue = next(word for word in ("said", "says", "say", "view") if f" {word} " in text)
    found = speakers(text, (source, cue, "it was late"))[0]
    assert (found.name, found.type) == (name, kind)


STATES = [
    ("Wellington, 3 July\n\nPrime Minister Ana Ruru met the President of Ghana, Kofi Asante.\n\n"
     "The Prime Minister said it was late.", "The Prime Minister", "NZL"),
    ("Benin lost its lead. Its defence minister, Fortin Houn, said it was late.",
     "Its defence minister, Fortin Houn,", "BEN"),
    ("The Greek Ministry of Migration waited. Minister Theo Kalli said it was late.", "Minister Theo Kalli", "GRC"),
    ("The talks in Baku ended the visit of a Turkmen delegation under Deputy Prime Minister Merdan Ata. "
     "He said it was late.", "He", "TKM"),
    ("What does Moscow say? Ambassador Lev Tikh said it was late.", "Ambassador Lev Tikh", "RUS"),
    ("Anna Lee, Special Representative of the Secretary-General for Chad, said it was late.",
     "Anna Lee, Special Representative of the Secretary-General for Chad,", "UN"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "country"), STATES)
def test_whose_officer_it_is(text: str, source: str, country: str) -> None:
    assert speakers(text, (source, "said", "it was late"))[0].country == country


def test_a_known_president_keeps_his_office_beside_another() -> None:
    text = "Kazakhstan's President and Vladimir Putin dined. President of Kazakhstan Vladimir Putin said it was late."
    found = speakers(text, ("Vladimir Putin", "said", "it was late"), published=date(2010, 5, 1))[0]
    assert found.country == "RUS"
    assert found.role is None or "Kazakhstan" not in found.role


def test_one_named_person_is_not_they() -> None:
    text = "Karen Holm said it was late. They agreed to meet."
    rows = ("Karen Holm", "said", "it was late"), ("They", "agreed", "to meet")
    assert [speaker.name for speaker in speakers(text, *rows)] == ["Karen Holm", None]


def test_the_secretary_is_the_secretary_of_state() -> None:
    text = (
        "U.S. Secretary of State Ann Pruitt met Iraqi Foreign Minister Hayder Basri. The Secretary said it was late. "
        "The Foreign Minister noted that it rained."
    )
    rows = ("The Secretary", "said", "it was late"), ("The Foreign Minister", "noted", "that it rained")
    assert [speaker.name for speaker in speakers(text, *rows)] == ["Ann Pruitt", "Hayder Basri"]


TAKEN_UP = [
    # text, (source, cue, content) pairs, name of the last
    (
        "Kwame Boadu said yes. Later M. Boadu said no.",
        [("Kwame Boadu", "said", "yes"), ("M. Boadu", "said", "no")], "Kwame Boadu",
    ),
    (
        "A spokesman, Yahya al-Hadi, said yes. Then Hadi said no.",
        [("A spokesman, Yahya al-Hadi,", "said", "yes"), ("Hadi", "said", "no")], "Yahya al-Hadi",
    ),
    (
        "Luis Prado said yes. No, remarked to close Prado, who travels.",
        [("Luis Prado", "said", "yes"), ("to close Prado, who travels", "remarked", "No")], "Luis Prado",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "name"), TAKEN_UP, ids=lambda v: str(v)[:24])
def test_names_in_other_dress(text: str, rows: list[tuple[str, str, str]], name: str) -> None:
    assert speakers(text, *rows)[-1].name == name


def test_the_secretary_general_is_of_the_united_nations() -> None:
    text = "The Security Council met. Ana Ruiz, deputy spokesperson for the Secretary-General, said it was late."
    assert (
        speakers(text, ("Ana Ruiz, deputy spokesperson for the Secretary-General,", "said", "it was late"))[0].country
        == "UN"
    )
