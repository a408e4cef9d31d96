from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake import document_from_text
from onrecord.intake.urls import normalise


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://news.example", "http://news.example/"),
        ("HTTP://News.Example:80/A/b", "http://news.example/A/b"),
        ("https://news.example:443/", "https://news.example/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://me:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a#part", "https://news.example/a"),
        ("https://news.example/a/", "https://news.example/a/"),
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/../../a/..", "https://news.example/"),
        ("https://news.example/a/%2e%2E/b", "https://news.example/b"),
        ("https://news.example//a", "https://news.example//a"),
        ("https://zürich.example/", "https://xn--zrich-kva.example/"),
        ("https://ПРИМЕР.example/", "https://xn--e1afmkfd.example/"),
        ("https://news.example/żółw", "https://news.example/%C5%BC%C3%B3%C5%82w"),
        ("https://news.example/%c5%bc%7e%41", "https://news.example/%C5%BC~A"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://m.news.example/amp/a", "https://m.news.example/amp/a"),
    ],
)
def test_one_spelling(url: str, expected: str) -> None:
    assert normalise(url) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("utm_source=x&utm_medium=y", ""),
        ("id=7&utm_source=x&page=2", "?id=7&page=2"),
        ("b=2&a=1&b=1", "?b=2&a=1&b=1"),
        ("UTM_Source=x&FBCLID=1&a", "?a"),
        ("gclid=1&q=utm_source", "?q=utm_source"),
        ("at_medium=rss&at_campaign=x&ns_mchannel=y", ""),
        ("attempt=1&atlas=2", "?attempt=1&atlas=2"),
        ("ref=home&source=x&id=", "?ref=home&source=x&id="),
        ("&&a=1&&", "?a=1"),
        ("", ""),
    ],
)
def test_tracking_parameters_go_and_the_others_keep_their_order(query: str, expected: str) -> None:
    assert normalise(f"https://news.example/a?{query}") == f"https://news.example/a{expected}"


@pytest.mark.parametrize(
    "other",
    ["", "a b", "urn:x:1", "mailto:a@b.example", "ftp://News.example/a", "http:///a", "http://[::1", "http://a:b/",
     "http://a:99999/", "/a/b#c", "http://" + "ü" * 70 + ".example/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_stays(other: str) -> None:
    assert normalise(other) == other


HOSTS = st.sampled_from(["news.example", "NEWS.example", "żółw.example", "[2001:db8::1]", "a_b.example", "1.2.3.4"])
REST = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    st.sampled_from(["http://", "HTTPS://", "https://x@", ""]),
    HOSTS | REST,
    st.sampled_from(["", ":80", ":8080"]),
    REST,
)
def test_again_changes_nothing(scheme: str, host: str, port: str, rest: str) -> None:
    for separator in ("/", "?", "#", ""):
        once = normalise(f"{scheme}{host}{port}{separator}{rest}")
        assert normalise(once) == once


@given(st.text(alphabet="/.%2eE?&=utm_a#;:@\\é ", max_size=30))
def test_again_changes_nothing_of_awkward_paths(rest: str) -> None:
    once = normalise(f"https://news.example/{rest}")
    assert normalise(once) == once
    assert once.isascii()


def test_every_document_has_a_normalised_address() -> None:
    document = document_from_text("He said no.", url="HTTPS://News.example:443/a?utm_source=x&id=1#top")
    assert document.url == "https://news.example/a?id=1"
