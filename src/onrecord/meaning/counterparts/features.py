"""What speaks for and against a state or organisation being a counterpart of a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.meaning.context import Context
from onrecord.meaning.counterparts.survey import (
    Naming,
    Survey,
    members,
    pattern,
    posted_to,
    sentence_of,
)
from onrecord.meaning.registers import states
from onrecord.types import Span

# Of the article's foreign states this many of the most named are candidates for a statement that names nobody.
MOST_NAMED = 3


@dataclass(slots=True, kw_only=True)
class Scene:
    """One statement with its surroundings, as far as they were read when it is its turn."""

    own: frozenset[str]
    joint: frozenset[str]
    host: str | None
    content: list[Naming]
    beside: list[Naming]
    before: list[Naming]
    same: Mapping[str, float] | None
    last: Mapping[str, float] | None
    last_speaker: str | None
    foreign: list[str]
    leading: frozenset[str]
    partner: str | None = None
    near: frozenset[str] = frozenset()
    teller_kind: str = ""
    speaker: str = ""
    scenes: frozenset[str] = frozenset()
    total: int = 1
    mine: int = 0
    several: int = 0
    marks: list[str] = field(default_factory=list)

    def candidates(self) -> list[str]:
        """Codes to be weighed, in the order of the text: named in the content, beside it, before it, elsewhere."""
        named = [n.code for n in (*self.content, *self.beside, *self.before)]
        extra = [*sorted(self.joint), *([self.host] if self.host else []), *(self.same or ()), *(self.last or ())]
        codes = dict.fromkeys([*named, *extra, *self.foreign[:MOST_NAMED]])
        return [c for c in codes if (c not in self.own or c in self.joint) and c not in self.scenes]


def scene(
    context: Context,
    found: Survey,
    index: int,
    same: Mapping[str, float] | None,
    last: Mapping[str, float] | None,
    teller: str | None,
) -> Scene:
    """Gather what is known about statement `index`; `same` and `last` are the probabilities found for the
    statement before it, by the same speaker and by anybody; `teller` is the country of the speaker before."""
    row, speaker = context.attributions[index], context.speakers[index]
    joint = members(context, found, speaker)
    own = frozenset([speaker.country]) if speaker.country else frozenset[str]()
    content = [n for span in row.content for n in found.within(span.start, span.end)]
    whole = sentence_of(context, index)
    inside = (*row.content, *([row.source] if row.source else []))
    beside = [n for n in found.within(whole.start, whole.end) if not any(s.start <= n.start < s.end for s in inside)]
    foreign = found.ranked(own)
    counts = found.counts
    partner = next((c for c, _ in found.spoken.most_common() if c not in own), None)
    result = Scene(
        own=own, joint=joint, host=posted_to(speaker.role), content=content, beside=beside,
        before=_before(context, found, whole), same=same, last=last, last_speaker=teller, foreign=foreign,
        leading=found.head, partner=partner, teller_kind=speaker.type, speaker=speaker.id,
        scenes=frozenset(n.code for n in content if n.spot and not counts[n.code]),
        total=sum(counts[c] for c in foreign) or 1, mine=sum(counts[c] for c in own),
        several=min(2, max(0, sum(counts[c] > 1 for c in foreign) - 1)),
        near=frozenset(n.code for n in found.within(context.paragraph(whole.start).start, whole.start)),
    )  # fmt: skip
    text = context.words(index)
    result.marks = [name for name in ("both", "you", "they", "matter") if pattern(name).search(text)]
    if row.kind == "direct":
        result.marks.append("direct")
    if not own and not joint:
        result.marks.append("nobody's")
    if any(n.code in own for n in content):
        result.marks.append("own named")
    if not content or all(n.code in own for n in content):
        result.marks.append("silent")
    return result


def _before(context: Context, found: Survey, whole: Span) -> list[Naming]:
    if not whole.start:
        return []
    previous = context.sentence(max(0, whole.start - 2))
    return found.within(previous.start, whole.start)


def features(at: Scene, found: Survey, code: str) -> dict[str, float]:
    """Feature -> value for one candidate."""
    out: dict[str, float] = {"bias": 1.0}
    inside = [n for n in at.content if n.code == code]
    others = {n.code for n in at.content if n.code != code and n.code not in at.own}
    silent = "silent" in at.marks
    if inside:
        out["named"] = 1.0
        best = _best(inside)
        out[f"named as {best.how}" + (" spot" if best.spot else "")] = 1.0
        if len(inside) > 1:
            out["named twice"] = 1.0
        out["named beside others"] = min(3.0, float(len(others)))
        if at.content and next((n.code for n in at.content if n.code not in at.own), None) == code:
            out["named first"] = 1.0
    elif not silent:
        out["another named"] = 1.0
    where = "silent " if silent else "loud "
    if not inside:
        _around(out, at, found, code, where)
    _standing(out, at, found, code, silent, bool(inside))
    return out


def _best(inside: Sequence[Naming]) -> Naming:
    order = ("noun", "adjective", "organ", "capital", "person", "city", "continent", "part")
    return min(inside, key=lambda n: (n.spot, order.index(n.how)))


def _around(out: dict[str, float], at: Scene, found: Survey, code: str, where: str) -> None:
    if any(n.code == code and not n.spot for n in at.beside):
        out[where + "beside"] = 1.0
    if any(n.code == code and not n.spot for n in at.before):
        out[where + "before"] = 1.0
    if at.same is not None:
        _history(out, at, where + "same had", at.same, code)
    elif at.last is not None:
        _history(out, at, where + "last had", at.last, code)
    if at.last_speaker == code:
        out[where + "answers"] = 1.0
    if code == at.host:
        out[where + ("posted" if code in states() else "posted to organisation")] = 1.0
    if code == at.partner:
        out[where + "partner"] = 1.0
    said = found.by_speaker.get(at.speaker, Counter())
    if said[code]:
        out[where + "speaker names it"] = 1.0
        out[where + "speaker's share"] = said[code] / max(1, sum(n for c, n in said.items() if c not in at.own))
    elif any(c not in at.own for c in said):
        out[where + "speaker names others"] = 1.0
    if found.in_contents[code]:
        out[where + "contents' share"] = found.in_contents[code] / found.in_contents.total()
    rank = at.foreign.index(code) if code in at.foreign[:2] else 2
    if code in at.near:
        out[where + "paragraph"] = 1.0
    for mark in ("both", "you", "they", "matter", "direct", "nobody's", "own named"):
        if mark in at.marks and rank < 2:
            out[f"{where}{mark} {('first', 'second')[rank]}"] = 1.0


def _history(out: dict[str, float], at: Scene, name: str, before: Mapping[str, float], code: str) -> None:
    """How probable the candidate was in the statement before: what one gets wrong the next need not repeat."""
    it, any_ = before.get(code, 0.0), max(before.values(), default=0.0)
    for had, value in ((f"{name} it", it), (f"{name} it not", max(0.0, any_ - it)), (f"{name} none", 1.0 - any_)):
        out[had] = value
        for mark in ("direct", "matter", "they", "own named"):
            if mark in at.marks:
                out[f"{had} {mark}"] = value


def _standing(out: dict[str, float], at: Scene, found: Survey, code: str, silent: bool, inside: bool) -> None:
    if at.joint:
        out["member" if code in at.joint else "not a member"] = 1.0
    total, mine = at.total, at.mine
    key = "named " if inside else "silent " if silent else "loud "
    out[key + "share"] = found.counts[code] / total
    if code in at.foreign[:3]:
        out[key + ("top", "second", "third")[at.foreign.index(code)]] = 1.0
    if code == found.home:
        out[key + "home"] = 1.0
    out[key + ("alone", "pair", "many")[at.several]] = 1.0
    if "nobody's" not in at.marks and at.teller_kind:
        out[key + at.teller_kind] = 1.0
    if code in at.leading:
        out[key + "head"] = 1.0
    if code in found.title:
        out[key + "title"] = 1.0
    if found.spoken[code]:
        out[key + "speaks"] = 1.0
    density = min(1.5, (total + mine) / found.sentences)
    out[key + "density"] = density
    if "nobody's" in at.marks:
        out[key + "nobody's density"] = density
    if code in at.foreign[:2]:
        out[key + ("top", "second")[at.foreign.index(code)] + " density"] = density
    out[key + "abroad"] = total / (total + mine) if mine else 0.5
    if found.counts[code] < 2:
        out[key + "once"] = 1.0
    if code not in states():
        out[key + "organisation"] = 1.0
    if "nobody's" in at.marks:
        out[key + "nobody's " + at.teller_kind] = 1.0
