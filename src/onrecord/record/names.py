"""Names of persons: folded, cut into surname and given names, and compared.

`keys` is what an index is asked by: two spellings of one surname share a key. `compare` then says of two names whether
one person can bear both, and in words why. Neither looks at anything but the names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from onrecord.meaning.registers import given_names
from onrecord.meaning.speakers.lex import lex
from onrecord.record.names_register import family_first, groups, letters, patronymics, sounds, words

_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}|\b[B-DF-HJ-NP-TV-Z]{2,3}\b")
_RUN_ON = re.compile(r"\b(El|Al)(?=[A-Z][a-z])")  # ElBaradei
# Given names that may be missing at the head, the first aside; what begins with more is a headline taken for a name.
_DROPPED = 2
_TITLES = frozenset(("hon", "office", "portfolio", "rank", "drop"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name cut up: folded `words` without titles and particles, and `suffix` (jr, ii).

    `readings` are the ways to tell surname and given names apart, the likeliest first.
    """

    written: str
    words: tuple[str, ...]
    suffix: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def full(self) -> bool:
        """Whether it has more than a surname."""
        return len(self.words) > 1

    @property
    def common(self) -> bool:
        """Whether so many bear this surname that a full name alone proves nothing."""
        return any(family in words("common", "surnames") for family, _ in self.readings)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two names have to do with one another. `rule` is `different` where one person cannot bear both.

    `weight` (0 to 3) is how much the names alone speak for one person; `reason` is the middle of a sentence.
    """

    rule: str
    weight: float
    reason: str

    def __bool__(self) -> bool:
        return self.rule != "different"


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, points and apostrophes; hyphens become spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(letters()))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain.replace(".", "")).replace("_", " ").split())


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A folded word as it sounds, so that transliterations of one name are alike."""
    known = groups("family", "same").get(word)
    heard = min(known) if known else word
    for pattern, plain in sounds():
        heard = pattern.sub(plain, heard)
    return heard or word


@lru_cache(maxsize=65536)
def parse(name: str) -> Name:
    """Cut a name up. Titles before it and whatever follows a second comma are left out."""
    bare = _untitled(name.split("(")[0].strip())
    front, _, rest = bare.partition(",")
    back = rest.split(",")[0].strip()
    turned = _turned(front, back)
    folded = [*_words(front), *(_words(back) if turned or fold(back) in words("suffixes", "words") else [])]
    suffix = folded.pop() if len(folded) > 1 and folded[-1] in words("suffixes", "words") else ""
    cut = tuple(folded) or tuple(fold(name).split()) or (name.casefold(),)
    return Name(written=name, words=cut, suffix=suffix, readings=_readings(cut, turned))


def _untitled(name: str) -> str:
    """Without the titles at its head: `Russian Foreign Minister Lavrov` is Lavrov."""
    tokens = lex(name)
    at = 0
    while at + 1 < len(tokens) and tokens[at].text not in given_names():
        follows = [t.kind for t in tokens[at + 1 :]]
        if not (tokens[at].kind in _TITLES or (tokens[at].kind == "dem" and any(k in _TITLES for k in follows))):
            break
        at += 1
    return name[tokens[at].start :] if at else name


def _turned(front: str, back: str) -> bool:
    """Whether a comma stands between surname and given name (`Lavrov, Sergei`), not before an office (`Holm, MP`)."""
    if not back or back.isupper() or fold(back) in words("suffixes", "words"):
        return False
    few = len(fold(front).split())
    return few == 1 or (few == 2 and _given(fold(back).split()[0] if fold(back) else ""))


def _words(part: str) -> list[str]:
    """Folded words; `J.D.` and `JD` are two initials, particles are left out."""
    spread = _INITIALS.sub(lambda m: " ".join(m.group().replace(".", "")) + " ", _RUN_ON.sub(r"\1 ", part))
    found = fold(spread).split()
    dashed = {fold(m) for m in re.findall(r"\b(\w+)[-‐‑]", part)}
    small = words("particles", "words")
    first = bool(found) and found[0] in words("particles", "given_too") and found[0] not in dashed
    kept = [w for i, w in enumerate(found) if w not in small or (i == 0 and first)]
    return kept if any(len(w) > 1 for w in kept) else found


def _readings(cut: tuple[str, ...], turned: bool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if len(cut) == 1:
        return ((cut[0], ()),)
    last, first = (cut[-1], cut[:-1]), (cut[0], cut[1:])
    if turned:
        return (first,)
    if len(cut[-1]) == 1:
        return (first,)  # Lavrov S.
    if len(cut) > 2 and patronymic(cut[-1]) and not patronymic(cut[-2]):
        return (first, last)
    if cut[0] in family_first() or (_given(cut[-1]) and not _given(cut[0]) and len(cut[0]) > 1):
        return (first, last)
    return (last,)


@lru_cache(maxsize=1)
def _known_given() -> frozenset[str]:
    return frozenset(fold(name) for name in given_names()) | frozenset(groups("given", "same"))


def _given(word: str) -> bool:
    return word in _known_given()


def plausible(name: Name) -> bool:
    """Whether a name begins, or ends, with a given name that is known."""
    return _given(name.words[0]) or (len(name.readings) > 1 and _given(name.words[-1]))


def patronymic(word: str) -> bool:
    """Whether a folded word has the form of a father's name."""
    return len(word) > 6 and word.endswith(patronymics())


def keys(name: Name) -> tuple[str, ...]:
    """What to look a name up by: the sound of every word that may be its surname."""
    found = [family for family, _ in name.readings]
    arabic = " bin " in name.written.lower()  # Mohammed bin Salman Al Saud is Mohammed bin Salman
    found += [w for w in name.words[1:-1] if len(w) > 2 and not patronymic(w) and (arabic or not _given(w))]
    found += [fold(m).replace(" ", "") for m in re.findall(r"\w+[-‐‑]\w+$", name.written)]  # Amir-Abdollahian
    return tuple(dict.fromkeys(sound(word) for word in found))


def compare(a: Name, b: Name, *, sounds_alike: bool = True) -> Likeness:
    """Whether one person can bear both names.

    `sounds_alike` is whether the name may have come out of another script; otherwise only accents, the German ae, oe
    and ue, short forms, initials, order and length may differ.
    """
    if a.words == b.words and a.suffix == b.suffix:
        plain = a.written == b.written
        return Likeness("same", 3.0, "same name" if plain else "same name but for accents, points or titles")
    apart = words("suffixes", "apart")
    if a.suffix != b.suffix and ((a.suffix and b.suffix) or a.suffix in apart or b.suffix in apart):
        return Likeness("different", 0.0, f"{a.suffix or b.suffix} in one name only")
    if "".join(a.words) == "".join(b.words):
        return _LIKE["spelling"]
    # A Chinese or Korean syllable with another vowel is another word.
    sounds_alike = sounds_alike and a.words[0] not in family_first() and b.words[0] not in family_first()
    found = [
        _read(x, y, sounds_alike, turned=(x[0] == a.words[0]) != (y[0] == b.words[0]))
        for x in a.readings
        for y in b.readings
    ]
    best = max(found, key=lambda likeness: likeness.weight)
    return best if best or not (second := _two_surnames(a, b, sounds_alike)) else second


def _read(
    a: tuple[str, tuple[str, ...]], b: tuple[str, tuple[str, ...]], sounds_alike: bool, *, turned: bool
) -> Likeness:
    family = _word(a[0], b[0], sounds_alike)
    if family is None or family in ("initials", "nickname"):
        return Likeness("different", 0.0, "other surname")
    if not a[1] or not b[1]:
        if a[1] == b[1]:
            return _LIKE[family]
        return Likeness("surname", 0.5, "same surname, no given name in one")
    given = _givens(a[1], b[1], sounds_alike)
    if given is None:
        return Likeness("different", 0.0, f"same surname, other given name ({a[1][0].title()}, {b[1][0].title()})")
    rule = max(family, given, key=_ORDER.index)
    return Likeness("order", 2.5, "same name, surname first in one") if turned and rule == "same" else _LIKE[rule]


# From the surest to the least sure.
_ORDER = ("same", "spelling", "longer", "nickname", "initials")
_LIKE = {
    "same": Likeness("same", 3.0, "same name"),
    "spelling": Likeness("spelling", 2.5, "same name in another spelling"),
    "longer": Likeness("longer", 2.2, "same name with a middle name or patronymic in one"),
    "nickname": Likeness("nickname", 2.0, "same name with a short given name in one"),
    "initials": Likeness("initials", 1.2, "same surname, given name agrees with the initial"),
}


@lru_cache(maxsize=65536)
def _word(a: str, b: str, sounds_alike: bool) -> str | None:
    """By which rule two words of names are one; None if they are not."""
    if a == b:
        return "same"
    if len(a) == 1 or len(b) == 1:
        return "initials" if a[0] == b[0] else None
    if _umlauts(a) == _umlauts(b) or _shared("given", "same", a, b) or _shared("family", "same", a, b):
        return "spelling"
    if sounds_alike and sound(a) == sound(b) and Levenshtein.normalized_similarity(a, b) >= 0.5:
        return "spelling" if min(len(a), len(b)) > 3 else None
    return "nickname" if _shared("given", "short", a, b) else None


def _slip(a: str, b: str) -> bool:
    """One letter of a given name mistyped: `Vladmir`. Daniel and Daniela are both known, and two names."""
    return min(len(a), len(b)) > 5 and not (_given(a) and _given(b)) and Levenshtein.distance(a, b) == 1


def _umlauts(word: str) -> str:
    return re.sub(r"([aou])e", r"\1", word)


def _shared(table: str, field: str, a: str, b: str) -> bool:
    book = groups(table, field)
    return bool(book.get(a, frozenset()) & book.get(b, frozenset()))


def _givens(a: tuple[str, ...], b: tuple[str, ...], sounds_alike: bool) -> str | None:
    """By which rule two rows of given names are one person's; None if they are not."""
    if "".join(a) == "".join(b):
        return "same" if a == b else "spelling"  # Jong-un, Jongun
    first = _word(a[0], b[0], sounds_alike) or ("spelling" if _slip(a[0], b[0]) else None)
    if first is None:
        short, long = sorted((a, b), key=len)
        return _dropped(short, long[1:], sounds_alike)
    rules = [first]
    for x, y in zip(a[1:], b[1:], strict=False):
        rule = _word(x, y, sounds_alike)
        if rule is None:
            return None
        rules.append("longer" if rule == "initials" else rule)
    if len(a) != len(b):
        rules.append("longer")
    return max(rules, key=_ORDER.index)


def _dropped(short: tuple[str, ...], rest: tuple[str, ...], sounds_alike: bool) -> str | None:
    """`Javad Zarif` for `Mohammad Javad Zarif`: given names left out at the head."""
    last = rest[len(rest) - len(short) :]
    whole = len(last) == len(short) > len(rest) - _DROPPED and all(len(w) > 1 for w in (*short, *rest))
    alike = whole and all(_word(x, y, sounds_alike) in ("same", "spelling") for x, y in zip(short, last, strict=True))
    return "longer" if alike else None


def _two_surnames(a: Name, b: Name, sounds_alike: bool) -> Likeness | None:
    """`Pedro Sánchez` for `Pedro Sánchez Pérez-Castejón`: the second surname left out."""
    short, long = sorted((a.words, b.words), key=len)
    more = len(long) - len(short)
    written = a.written if len(a.words) > len(b.words) else b.written
    most = 2 if re.search(r"-|\bAl\b|\bbin\b", written) else 1
    if len(short) < 2 or not 1 <= more <= most or len(short[-1]) == 1 or patronymic(long[-1]):
        return None
    if all(_word(x, y, sounds_alike) in ("same", "spelling") for x, y in zip(short, long, strict=False)):
        return Likeness("longer", 1.5, "same name with a second surname in one")
    return None
