"""A reading as a piece of HTML for notebooks: the article with its marks, a card for each statement."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.export.view import Group, date_note, flag_line, groups, name_of, period, pieces
from onrecord.record.excerpt import one_line
from onrecord.types import Reading

# Translucent backgrounds and inherited text colour read well on light and on dark notebooks.
_STYLE = """<style>
.onrecord{max-width:50em;line-height:1.5}
.onrecord .onr-text{white-space:pre-wrap;overflow-wrap:anywhere}
.onrecord mark{color:inherit;border-radius:2px;padding:0 1px}
.onrecord .onr-source{background:rgba(66,133,244,.30)}
.onrecord .onr-cue{background:rgba(244,160,0,.35)}
.onrecord .onr-content{background:rgba(15,157,88,.18)}
.onrecord .onr-card{border-left:3px solid rgba(15,157,88,.6);margin:.5em 0;padding:.1em .8em}
.onrecord .onr-about{opacity:.75;font-size:90%}
.onrecord blockquote{margin:.2em 0}
</style>"""


def html(reading: Reading) -> str:
    """A self-contained `<div>`: no script, nothing loaded from elsewhere, all text escaped."""
    return "\n".join(["<div class='onrecord'>", _STYLE, *_lines(reading), "</div>"])


def _lines(reading: Reading) -> Iterator[str]:
    document, text = reading.document, reading.document.text
    yield f"<h3>{_plain(document.title or name_of(document))}</h3>"
    yield f"<div class='onr-text'>{''.join(_marked(reading))}</div>"
    for group in groups(reading):
        yield f"<h4>{_plain(group.who)}</h4>"
        yield from _cards(group)
    if reading.dates:
        yield "<h4>Dates</h4><ul>"
        for expression in reading.dates:
            note = date_note(expression)
            yield f"<li>{period(expression)}: {_plain(expression.span.of(text))}{f' ({note})' if note else ''}</li>"
        yield "</ul>"
    if reading.flags:
        yield "<h4>Flags</h4><ul>"
        yield from (f"<li>{_plain(flag_line(flag, text))}</li>" for flag in reading.flags)
        yield "</ul>"


def _cards(group: Group) -> Iterator[str]:
    for entry in group.entries:
        yield f"<div class='onr-card'><span class='onr-about'>{entry.number}. {_plain(entry.about)}</span>"
        yield f"<blockquote>{_plain(entry.words)}</blockquote></div>"


def _marked(reading: Reading) -> Iterator[str]:
    for piece in pieces(reading):
        words_ = escape(piece.text)
        yield f"<mark class='onr-{piece.role}'>{words_}</mark>" if piece.role else words_
        yield "".join(f"<sup>{part.number}</sup>" for part in piece.closes)


def _plain(text: str) -> str:
    return escape(one_line(text))
