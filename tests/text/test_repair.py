from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.text import repair
from onrecord.types import Span

# Letters, combining marks, right-to-left, emoji with joiners, controls, entities and broken encodings, side by side.
PIECES = st.sampled_from(
    [
        *"ab .,\"'\n\r\t-–“”‘’„«»&;#`",
        "\r\n",
        "\u200b",
        "\u00ad",
        "\u202a",
        "\ufeff",
        "\u200d",
        "\u200c",
        "\u2028",
        "\u0085",
        "\u000b",
        "\u000c",
        "\u00a0",
        "\u3000",
        "\u0000",
        "\u001b",
        "\u0093",
        "e\u0301",
        "שלום",
        "مرحبا",
        "👩\u200d🔬",
        "🇫🇷",
        "″",
        ",,",
        "''",
        "'''",
        "``",
        "&quot;",
        "&amp;",
        "&amp;quot;",
        "&#8217;",
        "&shy;",
        "&nbsp;",
        "&foo;",
        "donâ€™t",
        "Ã©",
        "â€œ",
        "â€",
        "Ã\u00a0",
        "A\u0303©",
        "Ø",
        "Đ",
        '" ',
        ' "- said',
        "word",
        "£",
        "¥",
    ]
)
HOSTILE = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)

REPAIRS = [
    ("He said â€œyesâ€ and donâ€™t ask.", "He said “yes” and don’t ask."),
    ("a café named Ã‰toile in BogotÃ¡", "a café named Étoile in Bogotá"),
    ("&quot;We will,&quot; she said; it&#8217;s done. AT&amp;T", '"We will," she said; it’s done. AT&T'),
    ("&amp;quot;Twice&amp;quot;", '"Twice"'),
    ("AT&T; R&D &unknown; &c.", "AT&T; R&D &unknown; &c."),
    ("``We will,'' she said. ''No.''", '"We will," she said. "No."'),
    ("''He told me 'no' and '''maybe'','' she said", '"He told me \'no\' and "\'maybe"," she said'),
    (",,Wir gehen'' and 5'10″ tall", "„Wir gehen\" and 5'10″ tall"),
    ("one\r\ntwo\rthree\u2028four\x0bfive\x0csix\x85seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
    ("co\u00adoper\u200bation \u202aat\u202c\u00a0sea\ufeff\x00\x07", "cooperation at sea"),
    ("\x93quoted\x94 and 10\x9615", "“quoted” and 10–15"),
    ("👩\u200d🔬 speaks فارسی\u200cزبان but wo\u200drd", "👩\u200d🔬 speaks فارسی\u200cزبان but word"),
    ('" The road is open to both sides " - Sezer said.', '"The road is open to both sides" - Sezer said.'),
    ('We will share with you "- he added.', 'We will share with you "- he added.'),  # one mark: nobody knows its side
    ('"We will share with you "- he added.', '"We will share with you" - he added.'),
    ('"We will share it "said he.', '"We will share it "said he.'),  # could open another quotation
    (
        '"We wait.\n\nWe respect laws and rules "- the agency quoted him.',
        '"We wait.\n\nWe respect laws and rules" - the agency quoted him.',
    ),
    ("“ We go on ” , she said.", "“We go on” , she said."),
    ("“Not at all,“ he said.", "“Not at all,“ he said."),
    ("\"'I am above it,' \" said the activist.", "\"'I am above it,' \" said the activist."),
    ('A 5 " pipe and a 7" one.', 'A 5 " pipe and a 7" one.'),
]

CLEAN = [
    "",
    " ",
    "Plain words.",
    "“Typographic” ‘quotes’ – and dashes… café, naïve, Støre, São Paulo, Đặng, Ångström, 5′10″",
    '"We share a sea," Solheim said, "and a coast."\n\n"We do."',
    "touché” … «Très bien» said 3 ½ voices; £5, €6, 20 °C",
]


@pytest.mark.parametrize(("text", "expected"), REPAIRS)
def test_repairs(text: str, expected: str) -> None:
    assert repair(text).text == expected


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_comes_back_as_the_same_object(text: str) -> None:
    repaired = repair(text)
    assert repaired.text is text
    assert repaired.changed == ()


@pytest.mark.parametrize(
    ("text", "words", "origin"),
    [
        ("He said: donâ€™t go", "don’t", "donâ€™t"),
        ("He said: donâ€™t go", "go", "go"),
        ("&quot;Yes&quot; he said", '"Yes"', "&quot;Yes&quot;"),
        ("&quot;Yes&quot; he said", "Yes", "Yes"),
        ("a co\u00adoper\u200bation\u200b pact", "cooperation", "co\u00adoper\u200bation"),
        ("``Yes'' he said", '"Yes"', "``Yes''"),
        ('" Yes, of course " - he said', '"Yes, of course"', '" Yes, of course "'),
        ('"We share with you "- said he', '"We share with you"', '"We share with you "'),
        ('"We share with you "- said he', "- said", "- said"),
        ("one\r\ntwo", "one\ntwo", "one\r\ntwo"),
        ("one\r\ntwo", "\n", "\r\n"),
        ("NovÃ¡k and &amp;quot;NovÃ¡k&amp;quot;", '"Novák"', "&amp;quot;NovÃ¡k&amp;quot;"),
    ],
)
def test_spans_map_to_the_tight_range_they_come_from(text: str, words: str, origin: str) -> None:
    repaired = repair(text)
    start = repaired.text.index(words)
    assert repaired.original(Span(start, start + len(words))).of(text) == origin


def test_changes_tell_what_was_repaired_where() -> None:
    text = '"It\u200b is donâ€™t share with you "- said he'
    repaired = repair(text)
    mended = repaired.text
    told = {(one.kind, one.span.of(text), mended[one.start : one.end]) for one in repaired.changed}
    assert told == {
        ("mojibake", "â€™", "’"),
        ("invisible", "\u200b", ""),
        ("stray-space", " ", ""),
        ("wrong-side", '"', '" '),
    }


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_every_span_maps_into_the_original_in_order(text: str) -> None:
    repaired = repair(text)
    size = len(repaired.text)
    origins = [repaired.original(Span(at, at + 1)) for at in range(size)]
    for span in origins:
        assert span.end <= len(text)
    for first, second in pairwise(origins):
        assert first.start <= second.start
        assert first.end <= second.end
    for start in range(0, size, 3):
        for end in range(start + 1, size + 1, 5):
            whole = repaired.original(Span(start, end))
            assert (whole.start, whole.end) == (origins[start].start, origins[end - 1].end)


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_unchanged_characters_map_to_themselves(text: str) -> None:
    repaired = repair(text)
    changed = {at for change in repaired.changed for at in range(change.span.start, change.span.end)}
    seen = set()
    for at, char in enumerate(repaired.text):
        origin = repaired.original(Span(at, at + 1))
        if origin.start not in changed:
            assert origin.of(text) == char
            seen.add(origin.start)
    assert seen == set(range(len(text))) - changed


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_repair_is_idempotent(text: str) -> None:
    once = repair(text).text
    assert repair(once).text is once
