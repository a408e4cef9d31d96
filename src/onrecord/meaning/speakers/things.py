"""Organisations, states and documents as speakers."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.meaning.registers import Named, holder, not_persons, states, words
from onrecord.meaning.speakers.back import back
from onrecord.meaning.speakers.context import last_organisation
from onrecord.meaning.speakers.lex import SMALL, Token
from onrecord.meaning.speakers.log import Event, Log, joined, named_speaker, slug, unnamed
from onrecord.meaning.speakers.phrases import PREPOSITIONS, Phrase, body_of, spelled
from onrecord.meaning.speakers.states import state_near
from onrecord.types import Span, Speaker

_LEAD = words("lead")
_MANY = words("many")
_ISSUED = words("issued")


def thing(log: Log, phrase: Phrase, tokens: list[Token], source: Span) -> Event:
    """A source that is no person: a document, a body, an organisation, a state; otherwise somebody unnamed."""
    whole = [t for t in tokens if t.text != "," and t.text.lower() not in ("the", "a", "an")]
    if event := back(log, tokens, source):
        return event
    tokens = _core(tokens)
    cut = next((i for i, t in enumerate(tokens) if i and t.kind == "low" and t.text in PREPOSITIONS), len(tokens))
    front = tokens[:cut]
    issued = next((i for i, t in enumerate(front) if i and t.text in _ISSUED and front[i - 1].kind == "doc"), None)
    front = front[:issued]
    if front and (paper := _paper(log, front[-1])):
        return Event(at=source.start, speaker=named_speaker(paper, source, "organisation", 0.8), states=(paper,))
    if front and front[-1].kind == "doc":
        return _document(log, tokens, front, whole[len(front) :], source)
    if front and front[-1].text in _PARTISANS and len(front) > 1:
        return _partisans(log, front, source)
    if (named := _body(log, front, tokens[cut:], source)) or (named := _reference(front)):
        if named.name.startswith("the Opposition of "):
            named = replace(named, country=None)  # speaks for no state
        how = "metonym" if any(t.kind in ("capital", "seat") for t in front) else "organisation"
        how = "stated" if how == "organisation" and named.kind == "state" else how
        return Event(at=source.start, speaker=named_speaker(named, source, how, 0.93), plural=False, states=(named,))
    if len(front) > 1 and front[-1].text in _FIGHTERS and all(t.kind == "cap" for t in front[:-1]):
        force = Named(name=spelled(front[:-1]), country=None, kind="private")
        speaker = replace(named_speaker(force, source, "organisation", 0.75), role=front[-1].text)
        return Event(at=source.start, speaker=speaker, plural=True, states=(force,))
    if front and front[-1].text in _GROUPS and any(t.upper for t in front[:-1]):
        state = state_near(log, source.start)
        group = Named(
            name=spelled([t for t in front if t.text.lower() not in ("opposition", "ruling")]),
            country=state.country if state and front[-1].text == "party" else None,
            kind="private",
        )
        return Event(at=source.start, speaker=named_speaker(group, source, "organisation", 0.75), states=(group,))
    if (alone := _the_one(log, front, source)) is not None:
        return alone
    if len(front) > 1 and front[0].kind == "org" and front[0].ref and front[-1].text.lower() in _ORGANS:
        rest = tokens[cut : cut + 2] if tokens[cut : cut + 1] and tokens[cut].text == "of" else []
        organ = Named(name=spelled([*front, *rest]), country=front[0].ref.country, kind="body")
        return Event(
            at=source.start, speaker=named_speaker(organ, source, "organisation", 0.85), states=(front[0].ref,)
        )
    if (
        front
        and all(
            t.kind
            in (
                "cap",
                "low",
                "poss",
                "org",
                "dem",
                "state",
                "body",
                "capital",
                "part",
                "portfolio",
                "party",
                "outlet",
                "punct",
            )
            for t in front
        )
        and _proper(front)
    ):
        name = spelled(tokens)
        private = Named(name=name, country=None, kind="private")
        return Event(at=source.start, speaker=named_speaker(private, source, "organisation", 0.75))
    words = spelled(_core(tokens))
    dem = next((t.ref for t in front if t.kind in ("dem", "people") and t.ref), None)
    plural = bool(front) and front[-1].text.endswith("s")
    return Event(
        at=source.start,
        speaker=unnamed(log, words or None, dem.country if dem else None, source, 0.75),
        plural=plural or phrase.plural or (bool(front) and front[0].text.lower() in _MANY),
    )


_ORGANS = words("organs")
_FIGHTERS = frozenset(("rebels", "fighters", "militants", "insurgents", "guerrillas", "separatists"))
_PARTISANS = frozenset(("Republicans", "Democrats"))


def _partisans(log: Log, front: list[Token], source: Span) -> Event:
    """`Senate Republicans`, `House Democrats`: a group of its own, not the party."""
    loose = any(t.text.lower() in _MANY or t.text.lower() in ("some", "few", "fellow", "more") for t in front)
    proper = not loose and all(t.upper for t in front)
    group = Named(name=spelled(front), country="USA", kind="private")
    speaker = (
        named_speaker(group, source, "organisation", 0.75) if proper else unnamed(log, group.name, "USA", source, 0.75)
    )
    return Event(at=source.start, speaker=speaker, plural=True)


def _proper(front: list[Token]) -> bool:
    """Whether a phrase is a proper name: it ends in a capital, or in a possessive's noun ("Scott's family" is none)."""
    return (
        any(t.kind == "cap" for t in front)
        and front[-1].upper
        and not (len(front) == 1 and front[0].text in ("European", "Western"))
        and not (len(front) == 1 and front[0].text in not_persons() and front[0].text.endswith("s"))
    )


_GROUPS = words("groups")


def _the_one(log: Log, front: list[Token], source: Span) -> Event | None:
    """`the Norwegian`, `the Republican`, `the 52-year-old`: the person who spoke last."""
    words = source.of(log.text).split()
    if len(words) != 2 or words[0].lower() != "the" or len(front) != 1:
        return None
    if (
        not (front[0].kind in ("dem", "party") or re.fullmatch(r"\d+-year-old", front[0].text))
        or front[0].text == "Dutch"
    ):
        return None
    last = next((e for e in reversed(log.events) if e.person is not None and not e.plural), None)
    ref = front[0].ref
    if ref and ref.country in states() and front[0].kind == "dem":
        if front[0].text.endswith(("ese", "ish", "sh", "ch", "Swiss")):  # a people, not a person
            state = states()[ref.country or ""]
            return Event(at=source.start, speaker=named_speaker(state, source, "title", 0.7), states=(state,))
        if last and last.speaker.country in states() and last.speaker.country != ref.country:
            return None
    return replace(last, at=source.start, speaker=replace(last.speaker, how="title", score=0.75)) if last else None


def _paper(log: Log, last: Token) -> Named | None:
    """`the Post`, `the Times`: the paper of that name named before."""
    if last.text not in ("Post", "Times", "Journal", "Globe", "Herald", "Register", "Tribune"):
        return None
    return next((t.ref for t in log.cast.tokens if t.kind == "outlet" and t.ref and t.text.endswith(last.text)), None)


def _core(tokens: list[Token]) -> list[Token]:
    out = list(tokens)
    while out and out[0].text.lower() in _LEAD:
        out = out[1:]
    for i, token in enumerate(out):
        if i and token.text in (",", "who", "which", "(", "–", "—"):
            return out[:i]
    return out


def _body(log: Log, front: list[Token], rest: list[Token], source: Span) -> Named | None:
    for i, token in enumerate(front):
        if token.kind in ("dem", "state", "capital", "part") and token.ref:
            after = [t for t in front[i + 1 :] if t.kind != "poss"]
            if after and after[-1].key == "side":
                return states().get(token.ref.country or "", token.ref)
            if found := body_of(token.ref, after):
                return found[0] if not found[1] else None
    if not front or front[-1].kind != "body":
        return None
    return _lone_body(log, front, rest, source)


def _lone_body(log: Log, front: list[Token], rest: list[Token], source: Span) -> Named | None:
    """`the ministry`, `the Foreign Ministry`, `the Ministry of Energy of Kazakhstan`, `the Clinton campaign`."""
    text = spelled(front)
    owner = next((t.ref for t in rest if t.kind in ("state", "dem", "org") and t.ref), None)
    if rest and rest[0].text == "of" and owner:
        return Named(name=text + " " + spelled(rest), country=owner.country, kind="body")
    if rest and rest[0].text in ("of", "for"):
        state = state_near(log, source.start)
        return Named(name=f"{text} {spelled(rest)}", country=state.country if state else None, kind="body")
    if front[-1].key == "campaign" and not any(t.kind == "cap" for t in front):
        found = list(re.finditer(r"\b([A-Z][\w-]+)(?:['’]s)? campaign\b", log.text[: source.start]))
        names = [m.group(1) for m in found if m.group(1).lower() not in SMALL]
        known = holder(names[-1], log.published) if names else None
        country = known.country if known else None
        return Named(name=f"{names[-1]} campaign", country=country, kind="private") if names else None
    if len(front) == 1 and front[0].key == "mission" and (mission := _mission(log)):
        return mission
    if len(front) == 1:
        state_ = state_near(log, source.start)
        if formal := _formal(log, text, source.start):
            return formal
        if organ := last_organisation(log, source.start, front[0].key):
            return organ
        return (
            Named(name=f"{text.capitalize()} of {state_.name}", country=state_.country, kind="body") if state_ else None
        )
    if any(t.kind == "cap" for t in front):
        return Named(
            name=text,
            country=known.country if (known := holder(spelled([t for t in front if t.kind == "cap"]), None)) else None,
            kind="private",
        )
    if front[-1].key == "mission" and (organ := next((t.ref for t in front if t.kind == "org"), None)):
        return Named(name=f"{text} {spelled(rest)}".strip(), country=organ.country, kind="body")
    portfolio = next((t for t in front if t.kind == "portfolio"), None)
    state = state_near(log, source.start)
    if portfolio and state:
        return Named(
            name=f"{front[-1].text.capitalize()} of {portfolio.key} of {state.name}", country=state.country, kind="body"
        )
    return None


def _mission(log: Log) -> Named | None:
    """The one mission that an article calls by its name: `the mission` of the African Union in Somalia."""
    named = {p.named.name: p.named for p in log.cast.places if " Mission in " in p.named.name}
    return next(iter(named.values())) if len(named) == 1 else None


def _formal(log: Log, noun: str, before: int) -> Named | None:
    """The last `Ministry of Energy of the Republic of Kazakhstan` before `the Ministry`."""
    found = list(re.finditer(rf"\b{noun.capitalize()} (?:of|for) [A-Z]\w+(?:,? (?:and )?[A-Z]\w+)*", log.text[:before]))
    bodies = [
        p
        for p in log.cast.places
        if p.start < before and noun.lower() in p.named.name.lower() and p.named.kind == "body"
    ]
    if not found or (bodies and bodies[-1].start > found[-1].start()):
        return bodies[-1].named if bodies else None
    state = state_near(log, found[-1].end())
    name = found[-1].group()
    return (
        Named(name=f"{name} of {state.name}", country=state.country, kind="body")
        if state and state.bare not in name
        else Named(name=name, country=state.country if state else None, kind="body")
    )


def _reference(front: list[Token]) -> Named | None:
    refs = [t for t in front if t.ref and t.kind in ("org", "state", "capital", "seat", "outlet", "part")]
    if not refs or front[-1] is not refs[-1]:
        return None
    last = refs[-1]
    if len(refs) > 1 and refs[0].kind == "org":
        return refs[0].ref
    return last.ref


# --- documents ----------------------------------------------------------------------------------------------------


def _document(log: Log, tokens: list[Token], front: list[Token], tail: list[Token], source: Span) -> Event:
    issuer = _issuer(front, tail)
    shared = next((e for e in reversed(log.events) if len(e.states) > 1), None)
    pair = any(t.text.lower() in ("joint", "their") for t in tokens) or source.of(log.text).lower().startswith("their")
    last = log.events[-1] if log.events else None
    if (
        issuer is None
        and shared
        and (
            pair
            or last is shared
            or front[-1].key in ("text", "communique", "communiqué", "declaration", "joint statement")
        )
    ):
        return _joint_document(shared, source)
    if issuer is None and front[-1].key in (
        "report",
        "statement",
        "document",
        "text",
        "letter",
        "paper",
        "note",
        "draft",
        "readout",
        "press release",
        "release",
        "message",
        "bulletin",
    ):
        issuer = _speaking(log)
    name = issuer.bare if issuer else None
    role = None if issuer else spelled(tokens)
    speaker = Speaker(
        name=name,
        role=role,
        country=issuer.country if issuer else None,
        type="document",
        id="d:" + slug(name or role or "document"),
        mention=source,
        how="organisation" if issuer else "unnamed",
        score=0.85 if issuer else 0.7,
    )
    return Event(at=source.start, speaker=speaker)


def _joint_document(shared: Event, source: Span) -> Event:
    name = joined([s.bare for s in shared.states])
    speaker = Speaker(
        name=name,
        role=None,
        country=None,
        type="document",
        id="d:" + slug(name or ""),
        mention=source,
        how="organisation",
        score=0.85,
    )
    return Event(at=source.start, speaker=speaker, plural=True, states=shared.states, persons=shared.persons)


def _issuer(front: list[Token], rest: list[Token]) -> Named | None:
    for i, token in enumerate(front[:-1]):
        if token.ref and token.kind in ("org", "dem", "state", "outlet", "capital", "seat"):
            found = body_of(token.ref, [t for t in front[i + 1 :] if t.kind != "poss"])
            return found[0] if found else token.ref
    if rest and rest[0].text in ("by", "from", "of"):
        return next((t.ref for t in rest if t.ref and t.kind in ("org", "outlet", "state", "seat")), None)
    caps = [t for t in front if t.kind == "cap"]
    return Named(name=spelled(caps), country=None, kind="private") if caps else None


def _speaking(log: Log) -> Named | None:
    """The organisation or state that spoke last: its report, statement or letter is meant."""
    for event in reversed(log.events[-4:]):
        if event.speaker.type in ("organisation", "state") and len(event.states) == 1:
            return event.states[0]
    return None
