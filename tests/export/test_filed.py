from __future__ import annotations

from onrecord.export.filed import readings_of
from tests.export.filed_samples import row
from tests.export.samples import reading


def test_each_document_once_with_the_statements_asked_for():
    asked = [row(4, document_id="a"), row(1, document_id="b"), row(2, document_id="a"), row(2, document_id="a")]
    opened = []

    def read(document_id):
        opened.append(document_id)
        return reading()

    found = list(readings_of(iter(asked), read))
    assert opened == ["a", "b"]
    assert [[statement.id for statement in one.statements] for one in found] == [["s2", "s4"], ["s1"]]


def test_speakers_get_their_id_across_articles():
    asked = [row(1, entity="e7"), row(3, document_id="d1", entity=None)]
    (found,) = readings_of(asked, lambda _: reading())
    assert [statement.speaker.id for statement in found.statements] == ["e7", "official"]


def test_nothing_asked_for_opens_nothing():
    assert list(readings_of([], None)) == []
