from __future__ import annotations

import pytest

from onrecord.meaning.chain import settle_chain
from onrecord.types import Attribution, Segments, Span


def segments(text: str) -> Segments:
    return Segments(text=text, words=(), sentences=(Span(0, len(text)),), paragraphs=(), headings=(), quotes=())


def find(text: str, words: str | None) -> Span | None:
    if not words:
        return None
    at = text.index(words)
    return Span(at, at + len(words))


def attribution(text: str, source: str | None, cue: str, content: str) -> Attribution:
    cue_span, content_span = find(text, cue), find(text, content)
    assert cue_span and content_span
    return Attribution(source=find(text, source), cue=(cue_span,), content=(content_span,), kind="indirect", score=1.0)


CASES = [
    # text, source, cue, content, source after, via
    (
        '"We are ready" - Sputnik quoted Danilov speaking in Omsk.',
        "Danilov",
        "quoted",
        '"We are ready"',
        "Danilov",
        ["Sputnik"],
    ),
    (
        '"We are ready" - Sputnik quoted Danilov speaking in Omsk.',
        "Sputnik",
        "quoted",
        '"We are ready"',
        "Danilov",
        ["Sputnik"],
    ),
    (
        '"No" - Anadolu conveyed the words of Irina Koval.',
        "Irina Koval",
        "conveyed",
        '"No"',
        "Irina Koval",
        ["Anadolu"],
    ),
    (
        "NRK, citing a Danish official, reported that it failed.",
        "NRK",
        "reported",
        "that it failed",
        "a Danish official",
        ["NRK"],
    ),
    (
        "NRK, citing a Danish official, reported that it failed.",
        "a Danish official",
        "citing",
        "that it failed",
        "a Danish official",
        ["NRK"],
    ),
    ('"Never," Lund told Izvestia newspaper on Monday.', "Lund", "told", '"Never,"', "Lund", ["Izvestia"]),
    ("Lund said in an interview with the BBC that it was late.", "Lund", "said", "that it was late", "Lund", ["BBC"]),
    ("Lund told reporters that it was late.", "Lund", "told", "that it was late", "Lund", []),
    ("Ada Berg, a reporter for CNN, said that it was late.", "Ada Berg", "said", "that it was late", "Ada Berg", []),
    ("Reuters reported that the talks had failed.", "Reuters", "reported", "that the talks had failed", "Reuters", []),
    (
        "Interfax, citing the state news agency TASS, quoted Lund as saying that gas could flow.",
        "Lund",
        "saying",
        "that gas could flow",
        "Lund",
        ["Interfax", "TASS"],
    ),
    ("Lund denied that the BBC had been banned.", "Lund", "denied", "that the BBC had been banned", "Lund", []),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "after", "via"), CASES)
def test_messengers_become_via(text: str, source: str, cue: str, content: str, after: str, via: list[str]) -> None:
    (chained,) = settle_chain(segments(text), [attribution(text, source, cue, content)])
    assert chained.attribution.source is not None
    assert chained.attribution.source.of(text) == after
    assert sorted(v.name for v in chained.via) == sorted(via)
    assert all(v.type == "outlet" and v.span.of(text) for v in chained.via)


def test_an_attribution_inside_the_content_of_another_has_it_as_parent() -> None:
    text = "Kyodo, citing two officials, reported that the minister had told them that rails were missing."
    outer = attribution(text, "Kyodo", "reported", "that the minister had told them that rails were missing")
    inner = attribution(text, "the minister", "told", "that rails were missing")
    first, second = settle_chain(segments(text), [outer, inner])
    assert first.parent is None and second.parent == 0 and second.attribution.parent == 0
    assert [v.name for v in first.via] == ["Kyodo"]
    assert second.via == ()


def test_no_attributions() -> None:
    assert settle_chain(segments("Nothing was said."), []) == ()


UNLISTED = [
    ("Holm told the Valley Echo newspaper that it rained.", "Valley Echo"),
    ("Holm told Valley Radio that it rained.", "Valley Radio"),
    ("Holm told local radio station Okombe that it rained.", "Okombe"),
    ("Holm told weekly magazine Profund that it rained.", "Profund"),
    ("Holm said in comments to the Daily Oak newspaper that it rained.", "Daily Oak"),
    ("Holm shared with Radio Oakville that it rained.", "Radio Oakville"),
    ("Holm told Channel 93 that it rained.", "Channel 93"),
    ("Holm told the Oakville Times that it rained.", "Oakville Times"),
    ("Holm told Parliament that it rained.", None),
    ("Holm told the Oakville School that it rained.", None),
]


@pytest.mark.parametrize(("text", "name"), UNLISTED)
def test_outlets_that_no_register_knows(text: str, name: str | None) -> None:
    content = text.index("that it rained")
    told = next(word for word in ("told", "said", "shared") if word in text)
    found = Attribution(
        source=Span(0, 4), cue=(Span(text.index(told), text.index(told) + len(told)),),
        content=(Span(content, content + len("that it rained")),), kind="indirect", score=1.0,
    )  # fmt: skip
    whole = (Span(0, len(text)),)
    segments = Segments(text=text, words=(), sentences=whole, paragraphs=whole, headings=(), quotes=())
    assert [via.name for via in settle_chain(segments, [found])[0].via] == ([name] if name else [])


MENDED = [
    # text, source, cue, content, source after, via
    (
        '"The paper comes first" - the Echo newspaper quoted Mr. Duarte.',
        "the Echo newspaper", "quoted", '"The paper comes first"', "Mr. Duarte", ["Echo"],
    ),
    (
        "Al Jazeera, citing the news agency Ledra, quoted Hadi as saying that ports were safe.",
        "Al Jazeera", "quoted", "Hadi as saying that ports were safe", "Hadi", ["Al Jazeera", "Ledra"],
    ),
    (
        "A Chilean diplomat, quoted by the news site Al-Noor, complained that the money was late.",
        "A Chilean diplomat, quoted by the news site Al-Noor", "complained", "that the money was late",
        "A Chilean diplomat", ["Al-Noor"],
    ),
    (
        '"We pay no rent", indicated the minister to the television KVTX.',
        "the minister to the television KVTX", "indicated", '"We pay no rent"', "the minister", ["KVTX"],
    ),
    (
        '"No war", he insisted, according to remarks reported by the Daily Beacon newspaper.',
        "remarks reported by the Daily Beacon newspaper", "according to", '"No war"', "he", ["Daily Beacon"],
    ),
    (
        "The closed embassies Peruvian Foreign Minister Luis Prado accused the neighbours.",
        None, "accused", "the neighbours", "Luis Prado", [],
    ),
    (
        "The alliance is hoping that the vote comes soon, Dvorak wrote to the members.",
        "The alliance", "is hoping", "that the vote comes soon", "Dvorak", [],
    ),
    ("Our envoy to the agency denied it.", "Our envoy to the agency", "denied", "it", "Our envoy to the agency", []),
    (
        "Omar Bah, a deputy mayor, was quoted by the TASS news agency as saying that the bridge would open.",
        "the TASS news agency", "was quoted", "Omar Bah, a deputy mayor,", "Omar Bah, a deputy mayor", ["TASS"],
    ),
    (
        "The envoy of Norland Sara Bah in the interview to the agency APA stated, that it remains a question.",
        "APA", "stated", "that it remains a question", "The envoy of Norland Sara Bah", ["APA"],
    ),
    ('"There is a chair" - wrote he in Telegram.', "he in Telegram", "wrote", '"There is a chair"', "he", []),
    (
        'The envoy warned, that Norland will not endure it, transmits "Vesti".',
        "The envoy", "warned", 'that Norland will not endure it, transmits "Vesti"', "The envoy", ["Vesti"],
    ),
    (
        '"We are ready", the minister said, reports Interfax.',
        "the minister", "said", '"We are ready"', "the minister", ["Interfax"],
    ),
    (
        "The minister said that the report cites Norland.",
        "The minister", "said", "that the report cites Norland", "The minister", [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content", "after", "via"), MENDED, ids=lambda v: str(v)[:30])
def test_sources_are_mended(text: str, source: str | None, cue: str, content: str, after: str, via: list[str]) -> None:
    chained = settle_chain(segments(text), [attribution(text, source, cue, content)])[0]
    found = chained.attribution.source
    assert found and found.of(text) == after
    assert [v.name for v in chained.via] == via


def test_a_source_never_overlaps_what_it_says() -> None:
    text = "The body hopes for an early answer from all of them, underlined Marek."
    row = Attribution(
        source=find(text, "The body"), cue=(Span(53, 63),),
        content=(Span(9, 51), Span(64, 69)), kind="indirect", score=1.0,
    )  # fmt: skip
    settled = settle_chain(segments(text), [row])[0].attribution
    assert settled.source and settled.source.of(text) == "Marek"
    assert all(not settled.source.overlaps(piece) for piece in settled.content)


def test_an_interview_goes_on() -> None:
    text = "In an interview with the daily Ledra she said yes. No, she added."
    rows = [attribution(text, "she", "said", "yes"), attribution(text, "she", "added", "No")]
    assert [[v.name for v in each.via] for each in settle_chain(segments(text), rows)] == [["Ledra"], ["Ledra"]]
