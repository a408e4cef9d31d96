"""Offices spelled out: `Russian Deputy Energy Minister` is the `Deputy Minister of Energy of Russia`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.meaning.registers import Named, gendered, holder, load_cached, not_persons, words
from onrecord.meaning.speakers.diplomacy import at_seat, foreign_minister
from onrecord.meaning.speakers.lex import SMALL, Token

PREPOSITIONS = words("prepositions")


@dataclass(slots=True, kw_only=True)
class Phrase:
    """What a noun phrase says of a speaker: `name` indexes tokens, `head` is the head noun, `group` its class.

    `closed`: the office names whose it is in words no register knows, or is over: no other state may be added.
    """

    tokens: list[Token]
    name: tuple[int, int] | None = None
    role: str | None = None
    country: str | None = None
    owner: Named | None = None
    head: str = ""
    group: str = ""
    gender: str = ""
    plural: bool = False
    definite: bool = False
    bare: bool = False
    affiliated: bool = False
    closed: bool = False

    @property
    def words(self) -> str:
        """The name as written, without a possessive."""
        if not self.name:
            return ""
        return spelled(self.tokens[self.name[0] : self.name[1]])


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens as text, single spaces kept where the text has a gap."""
    out = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        out += (" " if before and token.start > before.end else "") + token.text
    return out


def spell(phrase: Phrase, tokens: Sequence[Token]) -> None:
    """Set role, country, head and the rest from the words of an office ("Russian Deputy Energy Minister")."""
    tokens = _determiner(phrase, list(tokens))
    if not tokens:
        return
    tokens = [replace(t, text="to") if t.text == "before" and t.kind == "low" else t for t in tokens]
    cut = next((i for i, t in enumerate(tokens) if i and t.kind == "low" and t.text in PREPOSITIONS), len(tokens))
    front, back = tokens[:cut], tokens[cut:]
    heads = [i for i, t in enumerate(front) if t.kind == "office" or (t.kind == "hon" and not t.key.startswith("="))]
    relative = front[0].text in load_cached("offices")["verbs"].values() and front[0].kind == "low"
    if not heads and not relative:
        _no_head(phrase, tokens, front, back)
        return
    at = heads[-1] if heads else 0
    if len(heads) > 1 and front[at].kind == "hon" and front[heads[-2]].kind == "office":
        front, at = [*front[:at], *front[at + 1 :]], heads[-2]
    head = front[at]
    phrase.head, phrase.group = (head.key, head.term.group) if head.term else (head.text.lower(), "official")
    if head.kind == "office" and spelled(phrase.tokens[phrase.name[1] :] if phrase.name else []).startswith(_ONE):
        head.text = head.key
    phrase.plural = head.kind == "office" and head.text.lower() != head.key
    phrase.gender = (
        phrase.gender
        or gendered().get(head.key, "")
        or next((gendered()[t.key] for t in front if t.key in gendered()), "")
    )
    _office(phrase, front[:at], head, [*front[at + 1 :], *back])


_ONE = (", one of ", "one of ", "– one of ", "— one of ")


def _determiner(phrase: Phrase, tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].text.lower() in _DETERMINERS or tokens[0].kind in ("num", "punct", "poss")):
        word = tokens[0].text.lower()
        phrase.definite = phrase.definite or word in (
            "the",
            "this",
            "that",
            "his",
            "her",
            "their",
            "our",
            "its",
            "both",
        )
        phrase.plural = phrase.plural or word in _MANY or tokens[0].kind == "num"
        tokens = tokens[1:]
    return tokens


_MANY = words("many")
_DETERMINERS = _MANY | words("determiners")


def _no_head(phrase: Phrase, tokens: list[Token], front: list[Token], back: list[Token]) -> None:
    """No office noun: an organisation, a state, a body, or an affiliation ("of the group Forest Ledger")."""
    if phrase.name:
        if phrase.affiliated:
            rest_ = [t for t in tokens if t.text != "group" or t.start != tokens[0].start]
            owner_ = next((t.ref for t in tokens if t.kind in ("org", "state") and t.ref), None)
            phrase.owner, phrase.country, phrase.head = owner_, owner_.country if owner_ else None, "member"
            the = "the " if phrase.definite and rest_ == tokens else ""
            phrase.role = f"Member of {the}{spelled(rest_)}"
        elif tokens and _telling(tokens):
            owner, rest = _owner(front)
            phrase.owner, phrase.country = owner, (owner.country if owner and not rest else None)
            if rest and not owner:
                phrase.role = _sentence_case(spelled(tokens))
            elif owner and rest:
                phrase.country = owner.country
                phrase.role = _sentence_case(f"{spelled(rest)} of {owner.name}")
        return
    phrase.bare = True


def _telling(tokens: list[Token]) -> bool:
    """Whether a phrase without an office says who somebody is (`architect of the plan`), not just stands beside."""
    if tokens[0].text.lower() in SMALL or tokens[0].kind == "doc" or all(t.kind in ("drop", "punct") for t in tokens):
        return False
    low = [t for t in tokens if t.kind not in ("cap", "punct") and t.text.lower() not in _LOOSE]
    if not low or tokens[0].text.endswith(("ing", "ed")) or tokens[0].text in _LOOSE_FIRST:
        return False
    return tokens[-1].kind not in ("outlet", "doc")


_LOOSE = words("prepositions") | words("reporting") | {"the", "a", "an", "and"}
_VERBS = frozenset(("also", "has", "had", "was", "is", "spoke", "met", "held", "gave", "took", "went", "came", "made"))
_LOOSE_FIRST = words("prepositions") | words("reporting") | words("breaks") | _VERBS


def _office(phrase: Phrase, pre: list[Token], head: Token, post: list[Token]) -> None:
    owner, rest = _owner([t for t in pre if t.kind != "drop"])
    former = any(t.text.lower() in ("former", "ex", "then") for t in pre)
    retired = any(t.text.lower() in ("retired", "ret") for t in [*pre, *post[:2]])
    portfolio = next((t for t in rest if t.kind == "portfolio"), None)
    if portfolio and head.key == "minister" and rest[-1] is not portfolio:
        portfolio = None
    ranks = [t for t in rest if t.kind == "rank" or t.key == "deputy"]
    others = [t for t in rest if t not in ranks and t is not portfolio]
    tail, inner = _tail(post, bool(owner) and not phrase.plural, phrase.group == "minister")
    others_caps = [t for t in others if t.kind == "cap"]
    if owner is None and others_caps and phrase.group in ("spokesperson", "official"):
        known = holder(spelled(others_caps), None)
        inner = Named(name=spelled(others_caps), country=known.country if known else None, kind="private")
    if inner is not None and inner.kind == "organisation" and at_seat(pre):
        owner = None  # `[in] Brussels, the official representative of NATO`
    phrase.owner = owner or inner
    town = inner or owner
    local = town is not None and town.kind == "body" and any(t.text in town.name for t in others_caps or _caps(pre))
    phrase.closed = local or former or retired or (phrase.owner is None and _unknown_owner(phrase, others_caps, post))
    private_body = any(t.kind == "cap" and t.text in not_persons() for t in post) and not phrase.owner
    if phrase.group == "official" and any(t.text in _SCHOOLS for t in post):
        phrase.group, phrase.owner = "business", None
    if phrase.group == "leader" and (
        private_body or any(t.text.lower() in ("executive", "senior", "company", "group") for t in others)
    ):
        phrase.group = "business"
    if phrase.head in ("president", "vice president", "chair") and _of_meeting(pre, post):
        phrase.group, phrase.closed = "official", True
    party = next((t.ref for t in pre if t.kind == "party" and t.ref), None)
    if phrase.owner and phrase.group not in ("expert", "business", "private"):
        phrase.country = phrase.owner.country
    if party and not phrase.country and phrase.group not in ("expert", "business", "private"):
        phrase.country = party.country
    title = _title(phrase, portfolio, ranks, others, head)
    own = f"of {owner.name}" if owner else ""
    outward = head.key in _OUTWARD or head.key.endswith(("ambassador", "envoy", "representative", "consul"))
    if owner and post and outward and tail.startswith("in "):
        tail = "to " + tail[3:]
    pieces = [title, own, tail] if outward and tail.startswith("to ") else [title, tail, own]
    text = " ".join(p for p in pieces if p)
    phrase.role = (
        "Former " + (text if others_caps else text[0].lower() + text[1:]) if former and phrase.name else text
    ) or None
    foreign_minister(phrase, head, post)
    if (former and phrase.group in ("expert", "business", "private")) or retired:
        phrase.country = None
    if not phrase.name and phrase.group in ("private", "expert", "business"):
        adjective = next((t.ref for t in pre if t.kind == "dem"), None)
        phrase.country = None if adjective is None else phrase.country


def _of_meeting(pre: Sequence[Token], post: Sequence[Token]) -> bool:
    """`Conference president`, `President of the review conference`: of a meeting, not of a state."""
    of = post[1:6] if post and post[0].text in ("of", "at", "for") else []
    return any(t.text.lower() in _MEETINGS for t in (*pre, *of))


_MEETINGS = frozenset(("conference", "congress", "assembly", "session", "council", "commission", "summit", "forum"))
_SCHOOLS = frozenset(("University", "College", "Institute", "School", "Hospital", "Museum", "Foundation"))


def _caps(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.kind == "cap" and t.text not in not_persons()]


_DEMONYM = re.compile(r"[A-Z]\w+(?:ian|ean|ese|ish|an|i)$")


def _unknown_owner(phrase: Phrase, before: Sequence[Token], post: Sequence[Token]) -> bool:
    """`Prime Minister of Sambara`, `Sambaran foreign minister`: of a place no register knows."""
    if any(_DEMONYM.match(t.text) for t in before):
        return True
    pieces: list[list[Token]] = []
    for token in post:
        if token.kind == "low" and token.text in PREPOSITIONS:
            pieces.append([token])
        elif pieces:
            pieces[-1].append(token)
    if phrase.group == "minister" and pieces and phrase.head != "secretary of state":
        pieces = pieces[1:]
    pieces = [piece for piece in pieces if phrase.group != "minister" or piece[0].text != "for"]
    return any(t.kind == "cap" and t.text not in not_persons() for piece in pieces for t in piece)


_OUTWARD = frozenset(
    (
        "ambassador",
        "envoy",
        "special envoy",
        "permanent representative",
        "consul general",
        "special representative",
        "diplomat",
    )
)


_NO_FIELD = words("no_field")


def _title(phrase: Phrase, portfolio: Token | None, ranks: list[Token], others: list[Token], head: Token) -> str:
    word = head.key if head.kind == "hon" else head.text
    if portfolio and word.lower() in ("minister", "ministers", "secretary"):
        if word.lower() == "secretary" and phrase.country == "GBR":
            words = [portfolio.text, word]
        else:
            words = [word, "of", portfolio.key]
    elif portfolio:
        words = [*(t.text for t in others), portfolio.text, word]
        others = []
    elif others and word.lower() == "minister" and not any(t.text.lower() in _NO_FIELD for t in others):
        words = [word, "of", *(t.text[:1].upper() + t.text[1:] for t in others)]
        others = []
    else:
        words = [word]
    text = " ".join([*(t.text for t in ranks), *(t.text for t in others), *words])
    return _sentence_case(text) if head.upper or phrase.owner or portfolio or phrase.name else text


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _owner(tokens: Sequence[Token]) -> tuple[Named | None, list[Token]]:
    """The state or organisation that leads a title, and the rest of the title."""
    rest = list(tokens)
    for i, token in enumerate(rest):
        if token.kind in ("state", "dem", "capital", "org", "part", "seat", "people") and token.ref:
            after = i + 1
            while after < len(rest) and rest[after].kind == "poss":
                after += 1
            named = body_of(token.ref, rest[after:])
            if named:
                return named
            return token.ref, [*_plain(rest[:i]), *rest[after:]]
    for i, token in enumerate(rest):
        if token.kind == "poss" and i:
            name = spelled(rest[:i]).removeprefix("The ")
            name = "the " + name if rest[0].kind in ("office", "body") or rest[0].text in _OWNERS else name
            named_ = Named(name=name, country=None, kind="private")
            return named_, rest[i + 1 :]
    if bodies := [i for i, t in enumerate(rest) if t.kind == "body"]:
        end = bodies[-1] + 1
        words = rest[:end]
        portfolio = next((t for t in words if t.kind == "portfolio"), None)
        if words[-1].key in ("campaign", "team", "office") and any(t.kind == "cap" for t in words):
            known = holder(spelled([t for t in words if t.kind == "cap"]), None)
            return Named(name="the " + spelled(words), country=known.country if known else None, kind="private"), rest[
                end:
            ]
        name = (
            f"the Ministry of {portfolio.key}" if portfolio and words[-1].key == "ministry" else "the " + spelled(words)
        )
        return Named(name=name, country=None, kind="body"), rest[end:]
    return None, rest


_OWNERS = words("owners")


def _plain(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.kind != "poss" and t.text.lower() not in ("the", "a", "an")]


def body_of(state: Named, tokens: Sequence[Token]) -> tuple[Named, list[Token]] | None:
    """`Chinese` + `Foreign Ministry ...` -> the Ministry of Foreign Affairs of China, and the tokens after it."""
    for i, token in enumerate(tokens[:5]):
        if token.kind == "body":
            words = tokens[: i + 1]
            portfolio = next((t for t in words if t.kind == "portfolio"), None)
            after = i + 1
            if portfolio and token.key in ("ministry", "department"):
                name = f"the {token.text.capitalize()} of {portfolio.key} of {state.name}"
            else:
                after = _field_end(tokens, i + 1) if token.key in ("ministry", "department") else after
                text = spelled([*words, *tokens[i + 1 : after]])
                name = f"the {text[:1].upper()}{text[1:]} of {state.name}"
            return Named(name=name, country=state.country, kind="body"), list(tokens[after:])
        if token.kind in ("office", "hon", "punct", "poss") or token.text in PREPOSITIONS:
            return None
    return None


def _field_end(tokens: Sequence[Token], at: int) -> int:
    """Where `of Health`, `of Defense and Armed Forces` after a ministry ends; `at` where no field follows."""
    if at + 1 >= len(tokens) or tokens[at].text not in ("of", "for"):
        return at
    end = at + 1
    while end < len(tokens) and (
        tokens[end].kind == "portfolio" or (tokens[end].kind in ("cap", "body") and tokens[end].upper)
    ):
        end += 1
        if end + 1 < len(tokens) and tokens[end].text in ("and", "&") and tokens[end + 1].kind == "portfolio":
            end += 1
    return end if end > at + 1 else at


def _tail(tokens: Sequence[Token], posted: bool, minister: bool = False) -> tuple[str, Named | None]:
    """What follows the head noun, with states and organisations by their names, and the first of them."""
    out: list[str] = []
    inner: Named | None = None
    i = 0
    tokens = list(tokens)
    while i < len(tokens):
        token = tokens[i]
        text = token.text
        if token.text == "near" or (token.text in ("said", "told") and token.kind == "low"):
            break
        if token.kind == "dem" and token.ref and (found := body_of(token.ref, tokens[i + 1 :])):
            named, rest = found
            i = len(tokens) - len(rest)
            out = _no_article(out)
            out.append(named.name)
            inner = inner or named
            continue
        if minister and i == 1 and token.ref and token.ref.kind == "party":
            out.append(text)
            i += 1
            continue
        if token.kind == "state" and token.ref and out[-1:] == ["for"] and out[-2:-1] in (["Office"], ["Directorate"]):
            out.append(token.ref.name)  # what an office deals with, not whose it is
            i += 1
            continue
        if token.kind in ("state", "org", "seat") and token.ref:
            out = _no_article(out)
            text = token.ref.name if token.kind != "seat" else token.text
            inner = inner or token.ref
        elif token.kind == "capital" and token.ref and posted:
            text = token.ref.name if out in (["in"], ["to"]) else token.text
        elif token.kind in ("part", "dem") and token.ref and not inner and not _only_where(out, token):
            inner = token.ref
        glue = out and (token.kind == "poss" or (token.kind == "punct" and token.start == tokens[i - 1].end))
        if glue:
            out[-1] += text
        else:
            out.append(text)
        i += 1
    outward = (bool(out) and out[0] in ("to", "in")) or not out
    return " ".join(out), (None if outward and inner and inner.kind == "state" else inner)


def _only_where(out: list[str], token: Token) -> bool:
    """`Of the Northern Front in New York`: where somebody is posted who speaks for another."""
    return token.kind == "part" and out[-1:] == ["in"] and out[:1] == ["of"] and any(w[:1].isupper() for w in out)


def _no_article(out: list[str]) -> list[str]:
    return out[:-1] if out and out[-1].lower() == "the" else out
