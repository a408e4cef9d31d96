"""Whether what an article says of a speaker fits what the record knows of somebody: names, country, roles, days.

Nothing here touches the database. A `Fit` says how well and why; where two contradict one another it says that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from onrecord.meaning.registers import states
from onrecord.meaning.speakers.lex import lex
from onrecord.record.names import Likeness, Name, compare, fold
from onrecord.record.names_register import words

# Years after which one name is another person's, and within which a surname alone may be the same person's.
_APART, _NEAR = 30.0, 5.0
# Of 100: roles worded so alike are one office.
_SAME_ROLE = 75.0
# And so unlike that two persons of one frequent name are likelier than one person of two occupations.
_OTHER_ROLE = 50.0
_PUBLIC = frozenset(("leader", "minister", "diplomat", "spokesperson", "legislator", "official", "military"))
_CAREER = frozenset(("leader", "minister", "legislator"))


@dataclass(frozen=True, slots=True)
class Said:
    """What one article says of somebody."""

    role: str | None
    country: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Somebody:
    """An entity as far as it is known: `name` the fullest, `examples` those nearest to the day asked about."""

    key: int
    id: str
    name: str
    names: tuple[Name, ...]
    country: str | None
    examples: tuple[Said, ...] = ()
    here: bool = False  # speaks in the very article


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a speaker fits somebody; `rule` is `different` where he does not."""

    rule: str
    score: float
    reason: str
    surname: bool = False  # only a surname decided the name
    open: bool = False  # a country is not known

    def __bool__(self) -> bool:
        return self.rule != "different"


def _no(reason: str) -> Fit:
    return Fit("different", 0.0, reason)


def likeness(name: Name, country: str | None, known: Somebody) -> Likeness:
    """The best likeness to any name of somebody; none if the fullest name contradicts."""
    alike = _transliterated(country, known.country)
    found = [compare(name, other, sounds_alike=alike) for other in known.names]
    return max(found, key=lambda x: x.weight, default=Likeness("different", 0.0, "no name"))


def _transliterated(a: str | None, b: str | None) -> bool:
    """Whether a name may have come out of another script: one of the states writes another, or none is known."""
    others = words("scripts", "others")
    known = [c for c in (a, b) if c in states()]
    return not known or any(c in others for c in known)


def fit(name: Name, said: Said, known: Somebody, like: Likeness) -> Fit:
    """Whether the one of whom this is said is somebody known, `like` being what their names have in common."""
    if not like:
        return _no(like.reason)
    place = _country(said.country, known)
    if place == "other":
        return _no(f"{known.name} ({known.id}) speaks for {known.country}, this one for {said.country}")
    years = _years(said, known)
    if years is not None and years > _APART:
        return _no(f"{known.name} ({known.id}) was heard {years:.0f} years away")
    role = _roles(said.role, [e.role for e in known.examples])
    short = not name.full or not any(n.full for n in known.names)
    short = short or like.rule == "surname"
    frequent = name.common or any(n.common for n in known.names)
    if problem := _doubt(like, place, role, frequent=frequent, short=short, years=years, here=known.here):
        return _no(f"not {known.name} ({known.id}): {problem}")
    near = 0.0 if years is None else 1 / (1 + years)
    score = like.weight + {"same": 2.0, "none": 1.0}.get(place, 0.0) + role.score + near
    return Fit(
        "surname" if short else like.rule,
        score + (3.0 if known.here else 0.0),
        _reason(like, place, role, said, known, short),
        surname=short,
        open=place in ("open", "none", "moved"),
    )


@dataclass(frozen=True, slots=True)
class _Roles:
    # same, alike (one class), open (not known), unlike (words alone), apart (classes), other (office, private person)
    verdict: str
    score: float
    role: str | None = None


def _roles(role: str | None, known: Sequence[str | None]) -> _Roles:
    found = [_role(role, other) for other in dict.fromkeys(known)]
    return max(found, key=lambda r: r.score, default=_Roles("open", 0.2))


@lru_cache(maxsize=65536)
def _role(a: str | None, b: str | None) -> _Roles:
    if not a or not b:
        return _Roles("open", 0.2)
    alike, part = fuzz.token_sort_ratio(fold(a), fold(b)), fuzz.token_set_ratio(fold(a), fold(b))
    x, y = role_class(a), role_class(b)
    if alike >= _SAME_ROLE and (x == y or not x or not y):
        return _Roles("same", 1.0 + alike / 200, b)
    if not x or not y:
        if part < _OTHER_ROLE:
            return _Roles("unlike", 0.0, b)
        return _Roles("open", max(0.2, part / 100 - 0.2), b)
    if x == y or (x in _CAREER and y in _CAREER):
        return _Roles("alike", 0.5 + part / 400, b)
    private = "private" in (x, y) and (x in _PUBLIC or y in _PUBLIC)
    return _Roles("other" if private else "apart", 0.0, b)


@lru_cache(maxsize=65536)
def role_class(role: str) -> str | None:
    """The class of an office or occupation (`leader`, `minister`, `expert`, ...); None if no noun tells."""
    terms = (token.term for token in lex(role.lower()) if token.kind in ("office", "hon"))
    return next((term.group for term in terms if term and term.group), None)


def _country(country: str | None, known: Somebody) -> str:
    """`same`, `none` (neither known), `open` (one not), `moved` (between a state and an organisation) or `other`."""
    ours = {known.country, *(e.country for e in known.examples)} - {None}
    if not country:
        return "open" if ours else "none"
    if not ours:
        return "open"
    if country in ours:
        return "same"
    return "other" if country in states() and any(c in states() for c in ours) else "moved"


def _years(said: Said, known: Somebody) -> float | None:
    days = [abs((said.day - e.day).days) for e in known.examples if e.day and said.day]
    return min(days) / 365.25 if days else None


def _doubt(
    like: Likeness, place: str, role: _Roles, *, frequent: bool, short: bool, years: float | None, here: bool
) -> str | None:
    """Why a name that agrees does not do; None where it does."""
    agreed = role.verdict == "same" or (role.verdict == "alike" and place == "same")
    if here and role.verdict != "other":
        return None
    if short:
        if years is not None and years > _NEAR:
            return f"only the surname agrees, and {years:.0f} years lie between"
        if not agreed and (place != "same" or frequent):
            return "only the surname agrees, and neither country nor role shows that it is the same person"
    if role.verdict == "other" and (frequent or short or place != "same"):
        return f"another occupation ({role.role})"
    if (role.verdict == "apart" and (frequent or short)) or (role.verdict == "unlike" and frequent):
        name = "the name is frequent" if frequent else "only the surname agrees"
        return f"{name}, and the role is another ({role.role})"
    if place in ("open", "none", "moved") and not agreed:
        if frequent:
            return "the name is frequent, and neither country nor role shows that it is the same person"
        if like.rule == "initials":
            return "only an initial agrees, and neither country nor role shows that it is the same person"
    return None


def _reason(like: Likeness, place: str, role: _Roles, said: Said, known: Somebody, short: bool) -> str:
    """`same name in another spelling as "Volodymyr Zelensky", same country UKR`."""
    name = "same surname" if short and like.rule == "same" else like.reason
    where = {
        "same": f"same country {said.country}",
        "none": "no country given, less certain",
        "open": "country given in one only, less certain",
        "moved": f"{said.country} here, {known.country} before: state and organisation, less certain",
    }[place]
    office = f', same role "{role.role}"' if role.verdict == "same" else ""
    return f'{name} as "{known.name}", {where}{office}{", in the same article" if known.here else ""}'
