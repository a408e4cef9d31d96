"""What a role leaves open ("the spokesman", "trade minister"), taken from the words around it."""

from __future__ import annotations

import re

from onrecord.meaning.mentions import Person, Place
from onrecord.meaning.registers import Named, head_group, holder, load_cached, plural, states, words
from onrecord.meaning.speakers.log import Log
from onrecord.meaning.speakers.states import (
    INSTITUTION,
    american,
    asked_before,
    institution_before,
    main_state,
    ministry_before,
    remaining,
    state_near,
    subject_before,
)

_OPEN = ("leader", "minister", "diplomat", "spokesperson", "legislator", "official", "military")
_AMERICAN = frozenset(
    (
        "senator",
        "representative",
        "congressman",
        "congresswoman",
        "house speaker",
        "majority leader",
        "minority leader",
        "attorney general",
        "secretary of state",
        "running mate",
        "lieutenant governor",
        "district attorney",
    )
)
_LOCAL = words("local")
_OF_SECRETARY = re.compile(
    r"(?:epresentative|[Ee]nvoy|[Ss]pokes\w+|[Aa]dvis[eo]r) (?:of|for|to) (?:the |UN |U\.N\. )?Secretary-General"
)


def secretariat(log: Log, at: int) -> str | None:
    """Whose Secretary-General is meant where nothing says so: of the organisation named last, the United Nations
    where any of their organs is named."""
    codes = [p.named.country for p in log.cast.places if p.named.kind in ("organisation", "body")]
    codes = [code for code in codes if code and code not in states() and code != "EU"]
    if "UN" in codes or not codes:
        return "UN" if codes else None
    return codes[-1] if len(set(codes)) == 1 else None


_OF_ORGANISATIONS = frozenset(("commissioner", "high commissioner", "rapporteur", "special rapporteur"))
_GENERIC = re.compile(
    r"\b(?:the )?(agency|organi[sz]ation|commission|council|ministry|bank|alliance|bloc|union|court|fund|watchdog)\b"
)


def complete(log: Log, person: Person) -> None:
    """Fill in the state or organisation a person speaks for, once."""
    if id(person) in log.completed:
        return
    log.completed.add(id(person))
    known = holder(person.name, log.published) or holder(person.name, None)
    if known and len(person.keys) > 1:
        dated = log.published is not None and known.current(log.published)  # without a day nobody knows who held what
        _from_register(log, person, known.country, known.office if dated else None)
    if person.role:
        _fill_generic(log, person)
        _fill_owner(log, person)
    if person.country is None and person.role and person.group in _OPEN and not (person.owner and person.owner.country):
        noun = INSTITUTION.search(person.role)
        state = institution_before(log, noun.group(1).lower(), person.at) if noun else None
        if state is not None:
            person.country = state.country
            person.role = (
                f"{person.role} of {state.name}"
                if person.role.endswith(noun.group() if noun else " ")
                else (person.role)
            )
    if _OF_SECRETARY.search(person.role or "") and (
        person.country is None or ("epresentative" in (person.role or "") and person.country != "NATO")
    ):
        envoy = "epresentative" in (person.role or "")
        person.country = secretariat(log, person.at) or ("UN" if envoy else None)
    if person.head == "opposition leader":
        person.country = None  # speaks for no state


def _from_register(log: Log, person: Person, country: str, office: str | None) -> None:
    if person.country not in (None, country):
        if office is None or person.group not in ("leader", "minister", ""):
            return
        # On a page of many leaders one may stand beside another's title: who holds an office is known better.
        person.role, person.owner, person.head, person.group, person.closed = None, None, "", "", False
    elif office and person.role and not person.head:
        person.role, person.owner = None, None
    if person.closed and person.group not in ("leader", "minister", "legislator", "diplomat"):
        return
    person.country = country
    state = states().get(country)
    if not person.role and office:
        person.role = f"{office} of {state.name}" if state and " of the " not in office else office
        person.owner = state
        if not person.head and (group := head_group(office.split(" of ")[0].lower())):
            person.head, person.group = office.split(" of ")[0].lower(), group
    elif (
        person.role
        and not person.owner
        and state
        and not person.closed
        and "campaign" not in person.role.lower()
        and person.group in _OPEN
        and not person.head.endswith(("nominee", "candidate"))
        and state.bare not in person.role
    ):
        person.role, person.owner = f"{person.role} of {state.name}", state


def _fill_generic(log: Log, person: Person) -> None:
    """`Envoy of Iran to the agency` -> `... to the International Atomic Energy Agency`."""
    found = _GENERIC.search(person.role or "")
    if not found or (person.owner and person.owner.country and person.group != "diplomat"):
        return
    organ = last_organisation(log, person.at, found.group(1))
    if organ and person.role:
        person.role = person.role[: found.start()] + organ.name + person.role[found.end() :]
        if not (person.owner and person.owner.country):
            person.owner, person.country = organ, organ.country


def last_organisation(log: Log, before: int, noun: str = "") -> Named | None:
    """The last organisation named before a place, of those whose name has `noun` if any has."""
    places = [p for p in log.cast.places if p.start < before and p.named.kind in ("organisation", "body")]
    fit = [p for p in places if noun and noun[:5] in p.named.name.lower()]
    fit = fit or [
        p
        for p in places
        if noun[:5] in ("agenc", "organ", "watch", "bloc", "alliance"[:5]) and p.named.kind == "organisation"
    ]
    chosen = fit or (places if not noun else [])
    return chosen[-1].named if chosen else None


def _fill_owner(log: Log, person: Person) -> None:
    if person.head == "member" and not person.owner:
        _crowd(log, person)
    if person.group == "counterpart":
        _as_counterpart(log, person)
    if person.owner and person.owner.kind == "private":
        _of_private(log, person)
        return
    if person.group not in _OPEN or (person.owner and person.owner.country) or person.closed:
        return
    if person.head in ("professor", "member") or (
        _private_tail(person) and not (person.owner and person.owner.kind == "body")
    ):
        return
    _from_context(log, person)


def _from_context(log: Log, person: Person) -> None:
    """The state or organisation of an office that names none."""
    if person.owner is None and person.group in ("spokesperson", "official") and _of_campaign(log, person):
        return
    if person.head in _LOCAL or (person.role or "").startswith(("Republican ", "Democratic ")):
        if person.country is None and person.owner is None and person.head != "officer" and american(log):
            person.country = "USA"
        return
    if (
        person.owner is None
        and (person.group in ("spokesperson", "official") or person.head in _OF_ORGANISATIONS)
        and (organ := _recent_body(log, person.at))
        and (person.head not in _OF_ORGANISATIONS or organ.kind == "organisation")
    ) or (person.group == "minister" and not person.country and (organ := ministry_before(log, person.at))):
        own(person, organ)
    elif (
        person.head in _AMERICAN
        and person.owner is None
        and person.country in (None, "USA")
        and _of_america(log, person)
    ):
        own(person, states()["USA"])
    elif person.group == "diplomat" and not person.country and (state := asked_before(log, person.at)):
        own(person, state)
    elif (
        not person.country
        and person.head in ("minister", "opposition leader")
        and (state := subject_before(log, log.cast.sentence_span(person.at)[0]))
    ) or (
        not person.country
        and (state := state_near(log, person.at, person.group in ("official", "spokesperson"), everywhere=False))
    ):
        if not _anothers(log, person, state):
            own(person, state)
    elif person.country in states() and person.owner is None and person.country != "USA":
        own(person, states()[person.country or ""])
    if person.country is None and person.owner is None and (state := remaining(log, person)):
        own(person, state)


def _of_america(log: Log, person: Person) -> bool:
    """In an American story; a bare Secretary of State wherever the United States are named."""
    if person.head == "secretary of state" and any(place.named.country == "USA" for place in log.cast.places):
        return True
    return american(log)


def _anothers(log: Log, person: Person, state: Named) -> bool:
    """Whether another holder of office in the same sentence is said to be that state's.

    "Prime Minister X spoke today with President Y of Czechia" tells nothing of X's state.
    """
    start, end = log.cast.sentence_span(person.at)
    others = [m.person for m in log.cast.mentions if start <= m.start < end and m.person is not person]
    return any(other.owner and other.owner.country == state.country for other in others)


def _of_campaign(log: Log, person: Person) -> bool:
    """A campaign manager, or `his spokesman`: of a candidate or a person, never of a state."""
    start, _ = log.cast.sentence_span(person.at)
    before = log.text[max(start, person.at - 1) : person.at + 12].lower().split()
    return "campaign" in (person.role or "").lower() or bool(before and before[0] in ("his", "her"))


def _of_private(log: Log, person: Person) -> None:
    """`The country's defence minister`, `Pompeo's spokeswoman`, `the president's aide`: whose, and of which state."""
    owner = person.owner
    assert owner and person.role
    word = owner.name.removeprefix("the ")
    if owner.name.startswith("the ") and word in words("state_owners"):
        if state := state_near(log, person.at):
            person.role = person.role.replace(f" of {owner.name}", "")
            own(person, state)
        return
    if person.group in ("spokesperson", "official") and owner.country is None and person.country is None:
        boss = log.cast.named(owner.name, person.at)
        row = holder(owner.name, log.published)
        if boss and boss is not person and boss.group in ("leader", "minister"):
            complete(log, boss)
            person.country = boss.country
        elif row and row.office and row.country in states():
            person.country = row.country
        elif word in ("president", "prime minister", "foreign minister", "king") and (state := main_state(log)):
            person.country = state.country


def _as_counterpart(log: Log, person: Person) -> None:
    """`His Chadian counterpart`: the office of the person named before, for the other state; a colleague of no
    state is just one."""
    if person.head == "colleague" and not (person.owner and person.owner.country):
        person.role, person.head, person.group = None, "", ""
        return
    held = [m.person for m in log.cast.mentions if m.start < person.at and m.person is not person and m.person.head]
    other = next((p for p in reversed(held) if p.group in ("leader", "minister", "diplomat", "military")), None)
    if other is None or not other.role:
        person.role, person.head, person.group = None, "", ""
        return
    complete(log, other)
    owner = person.owner
    office = other.role
    if other.owner:
        office = office.replace(f" of {other.owner.name}", "")
    person.head, person.group, person.role = other.head, other.group, office
    if owner and owner.country:
        own(person, owner)
    else:
        person.owner = None


def _private_tail(person: Person) -> bool:
    """A role that names its own employer: "director of the Hanoi Institute", "spokesman for Hillary Clinton"."""
    tail = (person.role or "").partition(" ")[2]
    if person.head in ("head", "chair", "chairman", "chairwoman", "director", "chief", "member") and re.match(
        r"(?:of|at|for) ", tail
    ):
        return True
    return bool(
        re.search(r"\b(?:of|at|for|with) (?:the )?(?!President|Prime|Foreign|Defen[cs]e|Interior)[A-Z]", tail)
    ) and person.group in ("official", "spokesperson")


def own(person: Person, named: Named) -> None:
    """Say whose officer a person is: `Ambassador to Sudan` of Ethiopia."""
    person.owner, person.country = named, named.country
    if person.role and named.bare not in person.role:
        head, to, tail = person.role.partition(" to ")
        outward = to and person.group == "diplomat"
        person.role = f"{head} of {named.name} to {tail}" if outward else f"{person.role} of {named.name}"


def _crowd(log: Log, person: Person) -> None:
    """`Campaigners gave it a guarded reception. Hendra Saputra of the group X` -> Campaigner of X."""
    start = log.cast.sentence(person.at)
    heads = load_cached("offices")["heads"]
    crowd = {plural(h): h for g in ("expert", "private", "business") for h in heads[g]}
    for index in (start, start - 1, start - 2):
        if index < 0 or index >= len(log.cast.segments.sentences):
            continue
        first = log.cast.segments.sentences[index].of(log.text).split(" ", 1)[0].strip(",.").lower()
        if first in crowd and person.role:
            person.role = person.role.replace("Member", crowd[first].capitalize(), 1)
            person.head, person.group = crowd[first], "private"
            return


def _recent_body(log: Log, at: int) -> Named | None:
    sentence = log.cast.sentence(at)
    near = [
        p.named
        for p in log.cast.places
        if p.start < at
        and log.cast.sentence(p.start) >= sentence - 1
        and p.named.kind in ("organisation", "body", "party")
        and p.noun
        and ("ide of " not in p.named.name or _leads(log, p, sentence))
    ]
    if near and "ide of " in near[-1].name:
        return states().get(near[-1].country or "")
    return near[-1] if near else None


def _leads(log: Log, place: Place, sentence: int) -> bool:
    """Whether `the Chinese side` is in this sentence or begins the one before: it does not where it is an object."""
    return log.cast.sentence(place.start) == sentence or place.start - log.cast.sentence_span(place.start)[0] < 6
