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
