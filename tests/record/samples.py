"""Readings built by hand: invented people and words, no network, no pipeline.

`reading(said(...), said(...), ...)` writes the article and the reading of it together, so that every span is right;
`article(number)` is one of an endless series, always the same for the same number, and `copy_of(number)` a reprint of
it; `full()` uses every field.
"""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from onrecord.types import (
    Agenda,
    AgendaItem,
    Attribution,
    Commitment,
    Condition,
    DateExpression,
    Deadline,
    Document,
    Event,
    Flag,
    InstrumentMention,
    Issue,
    Occasion,
    Position,
    Reading,
    Run,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    Via,
)

RUN = Run(
    version="0.1.0", model="m1", settings="s1", started="2026-03-03T10:00:00.000+00:00", ended="2026-03-03T10:00:01.000"
)
NEWER = replace(RUN, model="m2", started="2026-04-03T10:00:00.000+00:00", ended="2026-04-03T10:00:01.000+00:00")

# Invented: name, role, country.
PEOPLE = (
    ("Marit Solvang", "Foreign Minister of Norway", "NOR"),
    ("Pekka Rautio", "Defence Minister of Finland", "FIN"),
    ("Ilse Brandner", "Chancellor of Austria", "AUT"),
    ("Tomas Havelka", "Prime Minister of Czechia", "CZE"),
    ("Dorota Wilk", "Ambassador of Poland to Germany", "POL"),
    ("Andrej Kovacik", "President of Slovakia", "SVK"),
    ("Lucia Ferrand", "Energy Minister of France", "FRA"),
    ("Goran Miletic", "Trade Minister of Serbia", "SRB"),
    ("Hana Okabe", "Foreign Minister of Japan", "JPN"),
    ("Samuel Adeyo", "Permanent Representative of Nigeria", "NGA"),
    ("Oleh Marchuk", "Deputy Foreign Minister of Ukraine", "UKR"),
    ("Viktor Shebanin", "Deputy Foreign Minister of Russia", "RUS"),
    ("Carla Whitmore", "Under Secretary of State of the United States", "USA"),
    ("Liu Yanhong", "spokeswoman of the Foreign Ministry of China", "CHN"),
    ("Amara Diallo", "Chairwoman of the African Union Commission", "AU"),
    ("Ruben Castell", "High Representative of the European Union", "EU"),
)
ISSUES = ("arms-control", "trade", "energy", "sanctions", "ceasefire-and-peace", "climate", "migration", "space")
INSTRUMENTS = ("New START", "NPT", "JCPOA", "Paris Agreement")
PUBLISHERS = ("Northern Wire", "Harbour Post", "The Daily Ledger", "Radio Meridian")
# fmt: off
WORDS = (
    "talks", "treaty", "border", "grain", "gas", "pipeline", "missiles", "verification", "delegation", "inspectors",
    "parliament", "budget", "envoy", "summit", "fishing", "corridor", "satellites", "tariffs", "ports", "prisoners",
    "exchange", "ceasefire", "observers", "winter", "harvest", "loans", "reactor", "uranium", "visas", "students",
    "railway", "bridge", "customs", "steel", "wheat", "islands", "strait", "exercises", "battalion", "drones",
    "radar", "sanctions", "exemptions", "lawyers", "court", "archive", "museum", "vaccine", "clinic", "refugees",
    "shelter", "climate", "forests", "emissions",
)
VERBS = (
    "renew", "suspend", "widen", "publish", "review", "finance", "inspect", "ratify", "postpone", "reopen", "limit",
    "share", "protect", "rebuild",
)
# fmt: on


@dataclass(frozen=True, kw_only=True)
class Said:
    """One paragraph to be written: who said what, and what a reader would put on record of it."""

    name: str | None
    words: str
    role: str | None = None
    country: str | None = None
    type: SpeakerType = "person"
    id: str | None = None
    cue: str = "said"
    direct: bool = False
    counterparts: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    stance: Stance | None = None
    commitment: Commitment = "none"
    condition: str | None = None
    due: tuple[date, date] | None = None
    via: str | None = None


def said(name: str | None, words: str, **rest: Any) -> Said:
    """Short for Said; `words` must hold the condition, where one is given."""
    return Said(name=name, words=words, **rest)


def article(number: int, *, run: Run = RUN, statements: int | None = None, reprinted: bool = False) -> Reading:
    """The article with that number: its own text, 4 to 12 statements (or so many), several speakers and issues."""
    chance = random.Random(number)
    sayings = [_saying(chance, number) for _ in range(statements or chance.randint(4, 12))]
    day = date(2025, 1, 1) + timedelta(days=number % 500 + reprinted)
    return reading(
        *sayings,
        title=f"{'Reprint' if reprinted else 'Report'} {number}: {chance.choice(WORDS)} and {chance.choice(WORDS)}",
        publisher=PUBLISHERS[(number + reprinted) % len(PUBLISHERS)],
        url=f"https://news.example/{'copy' if reprinted else number % 7}/report-{number}",
        published=day,
        run=run,
    )


def copy_of(number: int, *, run: Run = RUN) -> Reading:
    """The article with that number as another outlet prints it, a day later and under another title."""
    return article(number, run=run, reprinted=True)


def _saying(chance: random.Random, number: int) -> Said:
    name, role, country = chance.choice(PEOPLE)
    words = f"we will {chance.choice(VERBS)} the {' '.join(chance.choices(WORDS, k=chance.randint(6, 16)))} {number}"
    condition = f"if the {chance.choice(WORDS)} {chance.choice(VERBS)}s" if chance.random() < 0.2 else None
    due = date(2026, 1, 1) + timedelta(days=chance.randint(0, 900))
    return Said(
        name=name,
        words=f"{words} {condition}" if condition else words,
        role=role,
        country=country,
        direct=chance.random() < 0.4,
        counterparts=tuple(chance.sample([p[2] for p in PEOPLE if p[2] != country], k=chance.randint(0, 2))),
        issues=tuple(chance.sample(ISSUES, k=chance.randint(0, 2))),
        instruments=(chance.choice(INSTRUMENTS),) if chance.random() < 0.15 else (),
        stance=chance.choice((None, "supports", "opposes", "neutral")),
        commitment=chance.choice(("commits", "ready", "demands", "warns", "refuses", "none")),
        condition=condition,
        due=(due, due + timedelta(days=1)) if chance.random() < 0.1 else None,
        via=chance.choice(PUBLISHERS) if chance.random() < 0.1 else None,
    )


def reading(
    *sayings: Said,
    title: str = "Report",
    publisher: str | None = "Northern Wire",
    url: str | None = None,
    path: str | None = None,
    published: date | None = date(2026, 3, 3),
    run: Run = RUN,
) -> Reading:
    """An article of one paragraph for each saying, and its reading."""
    text, statements = f"{title}\n", []
    for saying in sayings:
        paragraph, build = _paragraph(saying, len(text) + 1)
        text += f"\n{paragraph}\n"
        statements.append(build)
    document = _document(text, title=title, publisher=publisher, url=url, path=path, published=published)
    return Reading(
        document=document,
        statements=tuple(build(document) for build in statements),
        dates=(),
        headings=(Span(0, len(title)),),
        flags=(),
        run=run,
    )


def _document(text: str, **fields: Any) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=digest, text=text, language="en", raw_sha256=digest, **fields)


def _paragraph(saying: Said, at: int) -> tuple[str, Any]:
    """The paragraph, and what builds its statement once the document is known."""
    who = saying.name or saying.role or "An official"
    told = f" told {saying.via}" if saying.via else f" {saying.cue}"
    content = f"“{saying.words}”" if saying.direct else f"that {saying.words}"
    words = f"{who}{told} {content}"
    cue = Span(at + len(who) + 1, at + len(who) + 1 + len(told.split()[0]))
    spans = {
        "source": Span(at, at + len(who)),
        "cue": cue,
        "content": Span(at + len(words) - len(content), at + len(words)),
    }
    if saying.via:
        spans["via"] = Span(cue.end + 1, cue.end + 1 + len(saying.via))
    if saying.condition:
        start = at + words.index(saying.condition)
        spans["condition"] = Span(start, start + len(saying.condition))
    return f"{words}.", partial(_statement, saying, spans)


def _statement(saying: Said, spans: dict[str, Span], document: Document) -> Statement:
    source, content = spans["source"], spans["content"]
    slug = re.sub(r"\W+", "-", (saying.name or "").lower())
    speaker = Speaker(
        name=saying.name,
        role=saying.role,
        country=saying.country,
        type=saying.type if saying.name else "unnamed",
        id=saying.id or (f"{saying.type[0]}:{slug}" if saying.name else "u:none"),
        mention=source if saying.name else None,
        how="stated",
        score=0.9,
    )
    key = f"{document.id} {content} {source} {saying.name}"
    return Statement(
        id="s" + hashlib.sha256(key.encode()).hexdigest()[:24],
        attribution=Attribution(
            source=source,
            cue=(spans["cue"],),
            content=(content,),
            kind="direct" if saying.direct else "indirect",
            score=0.8125,
        ),
        speaker=speaker,
        via=(Via(name=saying.via, type="outlet", span=spans["via"]),) if saying.via else (),
        occasion=None,
        said_on=None,
        parent=None,
        counterparts=saying.counterparts,
        issues=tuple(Issue(id=issue, score=0.75, evidence=(content,)) for issue in saying.issues),
        instruments=tuple(InstrumentMention(name=name, span=content) for name in saying.instruments),
        position=saying.stance
        and Position(stance=saying.stance, commitment=saying.commitment, evidence=(content,), score=0.625),
        conditions=(Condition(kind="condition", span=spans["condition"]),) if saying.condition else (),
        deadlines=(Deadline(span=content, what="due", start=saying.due[0], end=saying.due[1]),) if saying.due else (),
    )


def full(*, run: Run = RUN) -> Reading:
    """A reading in which no field and no tuple is empty, with a statement inside another."""
    plain = reading(
        said(
            "Marit Solvang",
            "we will sign if the inspectors return",
            role="Foreign Minister of Norway",
            country="NOR",
            condition="if the inspectors return",
            counterparts=("RUS", "USA"),
            issues=("arms-control", "trade"),
            instruments=("New START", "NPT"),
            stance="supports",
            commitment="conditional",
            due=(date(2026, 2, 5), date(2026, 2, 6)),
            via="Radio Meridian",
        ),
        said(None, "the 𝔲nit would leave — “soon”", role="a senior official", direct=True),
        title="Überschrift 🙂 of the day",
        url="https://news.example/full",
        path="folder/full.html",
        run=run,
    )
    document = replace(
        plain.document,
        author="A. Writer",
        published_at="2026-03-03T09:30:00+01:00",
        retrieved_at=datetime(2026, 3, 4, tzinfo=UTC).isoformat(),
        raw_sha256="ab" * 32,
    )
    first, second = plain.statements
    inner = first.attribution.content[0]
    day = DateExpression(
        span=Span(inner.start, inner.start + 4),
        grain="day",
        timex="2026-03-04",
        basis="published",
        start=date(2026, 3, 4),
        end=date(2026, 3, 5),
        other=date(2026, 4, 3),
    )
    first = replace(
        first,
        attribution=replace(
            first.attribution, content=(inner, Span(inner.end + 1, inner.end + 3)), cue=(*first.attribution.cue,)
        ),
        occasion=Occasion(span=inner, text="press conference in Bern", place="Bern"),
        said_on=day,
        event=Event(category="SUPPORT", actor="CHE", recipient="YEM", evidence=(inner,)),
    )
    second = replace(
        second,
        attribution=replace(second.attribution, parent=0, source=None, cue=(), kind="mixed"),
        parent=first.id,
        said_on=replace(day, start=None, end=None, other=None, basis="none", timex="PRESENT_REF"),
    )
    return replace(
        plain,
        document=document,
        statements=(first, second),
        dates=(day, replace(day, grain="year", timex="2026", basis="stated", other=None)),
        headings=(Span(0, 5), Span(6, 9)),
        flags=(
            Flag(kind="date-conflict", span=Span(0, 3), message="Two days are given."),
            Flag(kind="text-damage", span=Span(4, 6), message="A mark is damaged."),
        ),
        agendas=(
            Agenda(
                actor="NOR",
                counterpart="RUS",
                stated_count=2,
                items=(
                    AgendaItem(span=Span(0, 4), issue="trade"),
                    AgendaItem(span=Span(5, 7), issue=None),
                ),
            ),
            Agenda(actor=None, counterpart=None, stated_count=None, items=()),
        ),
        instruments=(InstrumentMention(name="JCPOA", span=Span(1, 3)),),
        deadlines=(
            Deadline(
                span=Span(2, 5), what="the treaty ends", start=None, end=None, kind="expires", who="CHE", repeats="P2Y"
            ),
        ),
    )
