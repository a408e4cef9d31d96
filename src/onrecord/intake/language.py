"""Is this English? Small words decide, and doubt is decided for the text.

A register of function words was preferred to a language-identification library: py3langid adds 4.5 MB and 0.8 s to
the first document and takes headlines ("Trump tariffs hit EU") for Maltese or Latin; lingua is a hundred megabytes.
Refusing an English text is the worse error here.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
# The opening is enough, and bounds the cost: about 1 ms.
_SAMPLE = 12_000
# Fewer foreign small words than this prove nothing: a headline may quote a slogan or a newspaper's name.
_MIN_FOREIGN = 3
_MIN_SHARE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    words: dict[str, tuple[str, ...]]
    scripts: dict[str, re.Pattern[str]]


@cache
def _register() -> _Register:
    register = tomllib.loads(files("onrecord.intake").joinpath("registers/languages.toml").read_text("utf-8"))
    languages = {name: frozenset(listed.split()) for name, listed in register["words"].items()}
    words: dict[str, tuple[str, ...]] = {word: ("English",) for word in languages["English"]}
    for name, listed in languages.items():
        words |= {word: (*words.get(word, ()), name) for word in listed - languages["English"]}
    scripts = {
        name: re.compile("[" + "".join(f"{chr(int(a, 16))}-{chr(int(b, 16))}" for a, b in blocks) + "]")
        for name, blocks in register["scripts"].items()
    }
    return _Register(words=words, scripts=scripts)


def foreign_language(text: str) -> str | None:
    """The language `text` is in, by its English name, when it is clearly not English; None otherwise."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    return _by_script(sample, letters=sum(map(len, words))) or _by_words([word.lower() for word in words])


def _by_script(sample: str, *, letters: int) -> str | None:
    if sample.isascii():
        return None
    counts = {name: len(block.findall(sample)) for name, block in _register().scripts.items()}
    if sum(counts.values()) * 2 <= letters:
        return None
    # Japanese mixes Chinese characters with its own; a tenth of kana is never Chinese.
    if counts["Japanese"] * 10 > counts["Chinese"]:
        counts["Chinese"] = 0
    return max(counts, key=counts.__getitem__)


def _by_words(words: list[str]) -> str | None:
    languages = _register().words
    hits = Counter(name for word in words for name in languages.get(word, ()))
    english = hits.pop("English", 0)
    if not hits:
        return None
    foreign = max(hits, key=hits.__getitem__)
    clear = hits[foreign] >= max(_MIN_FOREIGN, _MIN_SHARE * len(words)) and hits[foreign] > 2 * english
    return foreign if clear else None
