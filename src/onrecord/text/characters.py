"""Characters that carry no words: controls, invisible and exotic ones, HTML entities, makeshift quotation marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from onrecord.text.offsets import Edit
from onrecord.types import Span

INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u001f"
NEWLINES = "\u000b\u000c\u001c-\u001e\u0085\u2028\u2029"
CONTROLS = "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"
# One group for each kind; the order of the alternatives is the order of precedence.
DAMAGE = re.compile(
    rf"(?P<line>\r\n?|[{NEWLINES}])"
    rf"|(?P<space>[{SPACES}])"
    rf"|(?P<control>[{CONTROLS}]+)"
    rf"|(?P<invisible>[{INVISIBLE}]+)"
    # Joiners mean something between letters of other scripts and in emoji, nothing next to Latin letters.
    r"|(?P<joiner>(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f]))"
    r"|(?P<entity>&(?:(?:amp;)++(?:#[0-9]{2,7};|#[xX][0-9A-Fa-f]{2,6};|[A-Za-z]{2,24}[0-9]{0,2};)?"
    r"|#[0-9]{2,7};|#[xX][0-9A-Fa-f]{2,6};|[A-Za-z]{2,24}[0-9]{0,2};))"
    r"|(?P<quote>``|(?<!')'{2,3}(?!')|‘‘|’’|(?<!\S),,(?=\w)|‚‚(?=\w)|(?<!\d)″)"
)
QUOTES = {"``": '"', "''": '"', "‘‘": "“", "’’": "”", ",,": "„", "‚‚": "„", "″": '"'}


def character_edits(text: str) -> Iterator[Edit]:
    """Edits that put plain characters in the place of damaged ones."""
    for match in DAMAGE.finditer(text):
        kind = match.lastgroup or ""
        old = match.group()
        new = _plain(text, match, kind, old)
        if new != old:
            yield Edit(span=Span(*match.span()), new=new, kind=kind)


def _plain(text: str, match: re.Match[str], kind: str, old: str) -> str:
    if kind == "line":
        return "\n"
    if kind == "space":
        return " "
    if kind == "control":
        return "".join(map(_windows, old))
    if kind == "entity":
        return _entity(old)
    if kind == "quote":
        return _quote(text, match, old)
    return ""


def _windows(char: str) -> str:
    """The quotation mark or dash that a C1 control is in code page 1252; nothing for other controls."""
    return char.encode("latin-1").decode("cp1252") if "\x91" <= char <= "\x97" else ""


def _entity(old: str) -> str:
    """The character an entity stands for, also one that was escaped twice; unknown names stay."""
    name = old[1:]
    while name.startswith("amp;"):
        name = name.removeprefix("amp;")
    if not name.startswith("#"):
        return html5.get(name, "&" + name)
    new = html.unescape("&" + name)
    return old if "\ufffd" in new else new


def _quote(text: str, match: re.Match[str], old: str) -> str:
    if old != "'''":
        return QUOTES[old]
    # A quotation in a quotation: the single mark is the inner one.
    opens = match.start() == 0 or text[match.start() - 1].isspace()
    return "\"'" if opens else "'\""
