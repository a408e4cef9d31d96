"""A reading as a piece of HTML for notebooks: the record first, then the article with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from onrecord.export.facts import due_note, facts, position_words
from onrecord.export.overview import (
    agenda_items,
    agenda_words,
    counts,
    falls_due,
    flag_sentences,
    instrument_dates,
    instruments_named,
    made_by,
    where,
)
from onrecord.export.view import Entry, Group, cue, details, groups, heading_of, pieces
from onrecord.record.excerpt import one_line
from onrecord.types import Reading

# Translucent backgrounds and inherited text colour read well on light and on dark notebooks.
_STYLE = """<style>
.onrecord{max-width:50em;line-height:1.5}
.onrecord .onr-text{white-space:pre-wrap;overflow-wrap:anywhere;margin-top:.5em}
.onrecord mark{color:inherit;background:none;border-radius:2px;padding:0 1px}
.onrecord .onr-source{background:rgba(66,133,244,.30)}
.onrecord .onr-cue{background:rgba(244,160,0,.35)}
.onrecord .onr-content{background:rgba(15,157,88,.18)}
.onrecord .onr-condition{text-decoration:underline wavy rgba(171,71,188,.8)}
.onrecord .onr-date{text-decoration:underline dotted}
.onrecord .onr-instrument{text-decoration:underline}
.onrecord .onr-card{border-left:3px solid rgba(128,128,128,.6);margin:.5em 0;padding:.1em .8em}
.onrecord .onr-supports{border-color:rgba(15,157,88,.8)}
.onrecord .onr-opposes{border-color:rgba(219,68,55,.8)}
.onrecord .onr-about{opacity:.75;font-size:90%}
.onrecord blockquote{margin:.2em 0}
.onrecord ul{margin:.2em 0}
</style>"""


def html(reading: Reading) -> str:
    """A self-contained `<div>`: no script, nothing loaded from elsewhere, all text escaped."""
    return "\n".join(["<div class='onrecord'>", _STYLE, *_lines(reading), "</div>"])


def _lines(reading: Reading) -> Iterator[str]:
    document, text = reading.document, reading.document.text
    yield f"<h3>{_plain(heading_of(reading))}</h3>"
    known = [document.publisher, f"published {document.published}" if document.published else None, counts(reading)]
    yield f"<div class='onr-about'>{_plain(', '.join(item for item in known if item))}</div>"
    for agenda in reading.agendas:
        yield from _listed(f"Agenda: {agenda_words(agenda)}", agenda_items(agenda, text))
    for group in groups(reading):
        yield f"<h4>{_plain(group.who)}</h4>"
        yield from _cards(group, text)
    yield from _listed("Falls due", _due(reading))
    yield from _listed("Instruments", _instruments(reading))
    yield from _listed("Flags", flag_sentences(reading))
    yield "<details><summary>The article with its marks</summary>"
    yield f"<div class='onr-text'>{''.join(_marked(reading))}</div></details>"
    yield f"<div class='onr-about'>{_plain(made_by(reading))}</div>"


def _cards(group: Group, text: str) -> Iterator[str]:
    for entry in group.entries:
        position = entry.statement.position
        stance = f" onr-{position.stance}" if position else ""
        yield f"<div class='onr-card{stance}'>{_headline(entry, text)}<blockquote>{_plain(entry.words)}</blockquote>"
        below = [fact for fact in facts(entry.statement, text, within=entry.within) if fact.label != "position"]
        if below:
            yield "<ul class='onr-about'>"
            yield from (f"<li>{_plain(fact.label)}: {_plain(fact.words)}</li>" for fact in below)
            yield "</ul>"
        yield "</div>"


def _headline(entry: Entry, text: str) -> str:
    """Number and position, then how it was said."""
    verb, position = cue(entry.statement, text), position_words(entry.statement.position)
    way = entry.statement.attribution.kind + (f', "{verb}"' if verb else "")
    number = f"<b>{entry.number}. {_plain(position)}</b>" if position else f"<b>{entry.number}.</b>"
    return f"{number} <span class='onr-about'>{_plain(way)}</span>"


def _due(reading: Reading) -> Iterator[str]:
    for row in falls_due(reading):
        note = "; ".join(item for item in (due_note(row.deadline), where(row.numbers)) if item)
        yield f"{row.when}: {row.deadline.what} ({note})"


def _instruments(reading: Reading) -> Iterator[str]:
    for row in instruments_named(reading):
        dates = instrument_dates(row.name, reading.document.published)
        yield f"{row.name}: {', '.join(item for item in (where(row.numbers), dates) if item)}"


def _listed(heading: str, items: Iterable[str]) -> Iterator[str]:
    """A heading and a list; nothing where there are no items."""
    rows = [f"<li>{_plain(item)}</li>" for item in items]
    if rows:
        yield f"<h4>{_plain(heading)}</h4><ul>"
        yield from (*rows, "</ul>")


def _marked(reading: Reading) -> Iterator[str]:
    for piece in pieces(reading, details(reading)):
        words = escape(piece.text)
        names = " ".join(f"onr-{name}" for name in (piece.role, piece.detail) if name)
        yield f"<mark class='{names}'>{words}</mark>" if names else words
        yield "".join(f"<sup>{part.number}</sup>" for part in piece.closes)


def _plain(text: str) -> str:
    return escape(one_line(text))
