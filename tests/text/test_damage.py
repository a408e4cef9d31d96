from __future__ import annotations

import pytest

from onrecord.text import damage, repair, segment


def flagged(text: str) -> list[tuple[str, str]]:
    """The kinds of the flags, with the words of the original."""
    repaired = repair(text)
    return [(flag.kind, repaired.original(flag.span).of(text)) for flag in damage(segment(repaired.text), repaired)]


DAMAGED = [
    ("He named trade, space. pillar and network security.", [("text-damage", "space. pillar")]),
    ("It came back on the right. track. He left.", [("text-damage", "right. track")]),
    ("Decided according to. US laws, he said.", [("text-damage", "according to. US")]),
    (
        "The talks are over. Completely. He left trade, space. pillar.",
        [("text-damage", "over. Completely."), ("text-damage", "space. pillar")],
    ),
    ('"We will gladly share with you "- said Petrov.', [("text-damage", 'share with you "- said')]),
    ("The column took a. back road to the port.", [("text-damage", "a. back")]),
    ("He went to the the port.", [("text-damage", "the the")]),
    ("They meet on Monday on Monday.", [("text-damage", "on Monday on Monday")]),
    ("Petrov, and he, stated that it ends.", [("text-damage", "Petrov, and he, stated")]),
    ("Caf\ufffd owners and the FranÃ\u00a7ais", [("text-damage", "Caf\ufffd")]),
    ('"We wait, he said. They left.', [("quote-unbalanced", '"We wait, he said')]),
    ('We wait," he said. They left.', [("quote-unbalanced", 'We wait,"')]),
    ("“We wait, he said.\n\n“They wait,” she said.\n\n“No.”", []),
    ("He said “we wait.\n\nThey wait “and see”, she said.", [("quote-unbalanced", "“we wait")]),
]

CLEAN = [
    "Holt Jr. said Acme Corp. would pay half, vs. a third. See example.com. visit us at 5 p.m. today etc. as ever.",
    '"We wait," he said. "Never. Never again."\n\n"We go on.\n\n"We do.\n\n"And we shall," he said.',
    "Absolutely. He knew that that was so and had had enough.",
    'A 6" pipe, a 5\'10" man.',
    "He wrote that. Seriously. Fine. Nobody cared.",
    '"He called it “a beginning,” and left.\n\n"Then he wrote “thank you” on the card."\n\nThat was all.',
    "“I would rather live in what they call “the cold” than in that house.” They nodded.",
    "They wanted three things: a) bread and water. b) a roof. c) rest.",
    "The message reads:\n\n“Dear friends.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nWe stand with you.”",
    '"This is a long letter.\n\nIt goes on without marks.\n\nAnd it ends here," he wrote.',
]


@pytest.mark.parametrize(("text", "expected"), DAMAGED)
def test_damage_is_flagged(text: str, expected: list[tuple[str, str]]) -> None:
    assert flagged(text) == expected


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_not(text: str) -> None:
    assert flagged(text) == []


def test_marks_mended_unseen_without_the_repairs() -> None:
    repaired = repair('"We will share with you "- said Petrov.')
    assert damage(segment(repaired.text)) == ()
