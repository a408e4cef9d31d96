from __future__ import annotations

import re
from typing import get_args

import pytest

from onrecord.errors import QuestionError
from onrecord.record import vocabulary
from onrecord.types import Commitment


def test_the_register_of_issues():
    issues = vocabulary.issues()
    assert len(issues) == 26
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", id) for id in issues)
    assert len(set(issues.values())) == len(issues)
    for id, name in issues.items():
        assert vocabulary.known("issue", name) == id
        assert vocabulary.known("issue", id.upper().replace("-", "_")) == id


def test_every_commitment_is_known():
    assert [vocabulary.known("commitment", word) for word in get_args(Commitment)] == list(get_args(Commitment))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("united states", "USA"),
        ("the United States", "USA"),
        ("European Union", "EU"),
        ("nato", "NATO"),
        ("UN", "UN"),
        ("XYZ", "XYZ"),
    ],
)
def test_countries_by_code_and_name(given, code):
    assert vocabulary.country(given) == code


@pytest.mark.parametrize("given", ["", "  ", "Rusland", "X", "TOOLONGACODE", "1234", "'; DROP"])
def test_unknown_countries(given):
    with pytest.raises(QuestionError, match="unknown country or organisation"):
        vocabulary.country(given)
