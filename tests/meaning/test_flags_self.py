from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.flags.self import Said, clash, opposed, overlap, own_words, self_contradictions
from onrecord.types import Attribution, InstrumentMention, Issue, Position, Segments, Span, Speaker

NORWAY = own_words("Marit Solvang", "NOR")


def said(words: str, cue: str = "said", **rest: object) -> Said:
    text = f"{cue} {words}" if cue else words
    start = len(text) - len(words)
    return Said(
        text=text,
        cue=(Span(0, len(cue)),) if cue else (),
        content=(Span(start, len(text)),),
        own=NORWAY,
        **rest,
    )


CLASHES = [
    ("said|we will sign the treaty", "said|we will not sign the treaty"),
    ("said|“We will never sign the treaty”", "said|Norway will sign the treaty"),
    ("said|we won't extend the lease", "said|the Norwegian government will renew the lease"),
    ("promised|to reopen the embassy", "refused|to reopen the embassy"),
    ("agreed|to reopen the embassy", "said|we will not reopen the embassy"),
    ("said|it would not send observers", "said|it would send observers"),
    ("said|Oslo is ready to close the mine", "said|Oslo is not ready to close the mine"),
    ("said|we support the draft", "said|we do not support the draft"),
    ("said|we support the draft", "said|we oppose the draft"),
    ("said|we will leave the convention", "said|we will remain in the convention"),
    ("said|the bridge will be closed", "said|the bridge will not be closed"),
    ("said|I will quit the race", "said|I won't quit the race"),
    ("vowed|never to sell the islands", "vowed|to sell the islands"),
]


@pytest.mark.parametrize(("one", "other"), CLASHES)
def test_the_opposite_in_so_many_words(one, other):
    first, second = (said(words, cue) for cue, words in (each.split("|") for each in (one, other)))
    assert clash(first, second) is not None
    assert clash(second, first) is not None


NONE = [
    ("said|we will sign the treaty", "said|we will sign the treaty"),
    ("said|we will sign the treaty", "said|we will not sign the protocol"),
    ("said|we will sign the treaty", "said|Sweden will not sign the treaty"),
    ("said|we will sign the treaty", "said|Sweden says we will not sign the treaty"),
    ("said|we will sign the treaty if the ice melts", "said|we will not sign the treaty"),
    ("said|we will sign the treaty", "said|we will not sign the treaty until the ice melts"),
    ("said|we will sign the treaty on Monday", "said|we will not sign the treaty on Friday"),
    ("said|we will send troops to Gotland", "said|we will not send troops"),
    ("said|we will send more troops", "said|we will not send troops"),
    ("said|we will not act alone", "said|we will act"),
    ("said|we will sign the treaty", "denied|we will not sign the treaty"),
    ("said|will we sign the treaty?", "said|we will not sign the treaty"),
    ("asked|whether we will sign the treaty", "said|we will not sign the treaty"),
    ("said|they will sign the treaty", "said|we will not sign the treaty"),
    ("said|“it will sign the treaty”", "said|we will not sign the treaty"),
    ("said|we support the bill", "said|we oppose the provision in the bill"),
    ("said|we will not be there", "said|we will be there"),
    ("said|the ferry will be late", "said|we will not be late"),
    ("said|we have signed the treaty", "said|we have not signed the treaty"),
    ("said|our support for the draft is known", "said|we do not support Sweden's draft"),
    ("said|the bridge will be closed in May", "said|the bridge will not be closed"),
]


@pytest.mark.parametrize(("one", "other"), NONE)
def test_no_contradiction(one, other):
    first, second = (said(words, cue) for cue, words in (each.split("|") for each in (one, other)))
    assert clash(first, second) is None


def test_what_hangs_on_a_condition_contradicts_nothing():
    one, other = said("we will sign the treaty", conditional=True), said("we will not sign the treaty")
    assert clash(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("supports", "none"), ("opposes", "none"), True),
        (("neutral", "commits"), ("neutral", "refuses"), True),
        (("supports", "ready"), ("supports", "refuses"), True),
        (("supports", "commits"), ("neutral", "ready"), False),
        (("neutral", "demands"), ("neutral", "refuses"), False),
        ((None, None), ("opposes", "refuses"), False),
    ],
)
def test_positions_that_oppose(one, other, expected):
    first, second = (said("x", stance=stance, commitment=commitment) for stance, commitment in (one, other))
    assert opposed(first, second) is opposed(second, first) is expected


def test_how_much_two_contents_share():
    one, other = said("the fishing treaty with Sweden is good"), said("a treaty on fishing with Sweden is bad")
    shared, part = overlap(one, other)
    assert shared == 3 and part == 0.75
    assert overlap(one, said("the fishing treaty with Denmark is good")) == (0, 0.0)


def article(*rows: tuple[str, str, str, str], country: str = "NOR") -> tuple[Context, list[Position]]:
    """Rows of speaker, cue, content and position, one sentence each."""
    text, attributions, speakers, positions = "", [], [], []
    for name, cue, content, position in rows:
        start = len(text)
        text += f"{name} {cue} {content}.\n"
        cue_at = start + len(name) + 1
        at = cue_at + len(cue) + 1
        spans = Span(start, start + len(name)), Span(cue_at, cue_at + len(cue)), Span(at, at + len(content))
        attributions.append(
            Attribution(source=spans[0], cue=(spans[1],), content=(spans[2],), kind="indirect", score=0.9)
        )
        speakers.append(
            Speaker(
                name=name, role=None, country=country, type="person", id=f"p:{name}", mention=None, how="x", score=1.0
            )
        )
        stance, commitment = position.split()
        positions.append(Position(stance=stance, commitment=commitment, evidence=(spans[2],), score=0.9))
    segments = Segments(text=text, words=(), sentences=(), paragraphs=(Span(0, len(text)),), headings=(), quotes=())
    context = Context(
        segments=segments,
        published=date(2026, 3, 3),
        dates=(),
        cast=SimpleNamespace(),
        attributions=tuple(attributions),
        speakers=tuple(speakers),
    )
    return context, positions


FOR = ("Marit Solvang", "said", "Norway will sign the treaty", "supports commits")
AGAINST = ("Marit Solvang", "said", "Norway will not sign the treaty", "opposes refuses")


def test_a_flag_with_the_later_words_and_both_in_the_sentence():
    context, positions = article(FOR, ("Pekka Rautio", "said", "it is late", "neutral none"), AGAINST)
    (flag,) = self_contradictions(context, positions)
    assert flag.kind == "self-contradiction"
    assert flag.span.of(context.text) == "will not sign the treaty"
    assert flag.message == (
        "Marit Solvang says “will not sign the treaty” here, and before that in this article “will sign the treaty”."
    )


@pytest.mark.parametrize(
    "rows",
    [
        (FOR, ("Pekka Rautio", *AGAINST[1:])),
        (FOR, (*AGAINST[:3], "supports commits")),
        (FOR, (*AGAINST[:3], "neutral conditional")),
        (FOR, FOR),
        (FOR,),
    ],
)
def test_no_flag(rows):
    assert self_contradictions(*article(*rows)) == ()


def test_different_things_are_not_held_against_each_other():
    context, positions = article(FOR, AGAINST)
    span = Span(0, 1)
    trade, arms = (Issue(id=id, score=1.0) for id in ("trade", "arms-control"))
    assert self_contradictions(context, positions, ((trade,), (arms,))) == ()
    assert len(self_contradictions(context, positions, ((trade,), (arms, trade)))) == 1
    npt, ctbt = (InstrumentMention(name=name, span=span) for name in ("NPT", "CTBT"))
    names = SimpleNamespace(of=((npt,), (ctbt,)))
    assert self_contradictions(context, positions, (), names) == ()
    assert len(self_contradictions(context, positions, (), SimpleNamespace(of=((), ())))) == 1


def test_a_refusal_that_the_reporter_tells_of_is_no_word_of_his():
    context, positions = article(FOR, ("Marit Solvang", "refused in July", "to sign the treaty", "opposes refuses"))
    told = replace(positions[1], evidence=context.attributions[1].cue)
    assert self_contradictions(context, [positions[0], told]) == ()
