"""UTF-8 that was read as Windows-1252 and the like (`donâ€™t`), repaired word by word with ftfy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.text.offsets import Edit
from onrecord.types import Span

# The characters that the bytes 80-BF become in Latin-1 and in code page 1252.
TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# The lead bytes of Latin letters and of quotation marks also turn up decomposed, from copies out of PDF.
DECOMPOSED = {"A\u0302": "Â", "A\u0303": "Ã", "a\u0302": "â"}
SEQUENCE = re.compile(
    rf"(?:[\u00c2-\u00df]|A[\u0302\u0303]){TAIL}|(?:[\u00e0-\u00ef]|a\u0302){TAIL}{{2}}|[\u00f0-\u00f4]{TAIL}{{3}}"
)
# Worth a look: such a sequence, a cut one, or quotation marks of UTF-8 read as Mac Roman.
SUSPICIOUS = re.compile(rf"{SEQUENCE.pattern}|â€|‚Ä")
# Words in the sense of bytes: no-break space and the line separator 85 can be parts of a sequence. The bound keeps
# ftfy's time linear on text without spaces.
WORD = re.compile(r"[^ \t\r\n]{1,200}")
# A right quotation mark that lost its last byte, which Windows-1252 does not define.
CUT = re.compile(r"â€\u009d?(?=[\s.,;:!?)\]-]|$)")
PART = re.compile(rf"{SEQUENCE.pattern}|{CUT.pattern}")


def mojibake_edits(text: str) -> Iterator[Edit]:
    """Edits that repair mojibake, as small as can be told."""
    if text.isascii() or not SUSPICIOUS.search(text):
        return
    done = 0
    for match in SUSPICIOUS.finditer(text):
        if match.start() < done:
            continue
        start = max(done, _word_start(text, match.start()))
        word = WORD.match(text, start)
        if word is None:
            continue
        done = max(word.end(), match.end())
        yield from _word_edits(word.group(), start)


def _word_start(text: str, at: int) -> int:
    lowest = max(0, at - 60)
    return max(lowest, *(text.rfind(space, lowest, at) + 1 for space in " \t\r\n"))


def _word_edits(word: str, offset: int) -> Iterator[Edit]:
    fixed = _fixed(word)
    if fixed == word:
        return
    parts = [(match.span(), _decoded(match.group())) for match in PART.finditer(word)]
    rebuilt, done = "", 0
    for (start, end), new in parts:
        rebuilt += word[done:start] + new
        done = end
    if rebuilt + word[done:] != fixed:
        parts = [_difference(word, fixed)]
    for (start, end), new in parts:
        if word[start:end] != new:
            yield Edit(span=Span(offset + start, offset + end), new=new, kind="mojibake")


def _fixed(word: str) -> str:
    import ftfy

    # Lone surrogates are no text; ftfy's codecs refuse them.
    if any("\ud800" <= char <= "\udfff" for char in word):
        return word
    composed = _composed(word)
    fixed = CUT.sub("”", ftfy.fix_encoding(composed))
    return word if fixed == composed else fixed


def _composed(word: str) -> str:
    for apart, whole in DECOMPOSED.items():
        word = word.replace(apart, whole)
    return word


@lru_cache(maxsize=4096)
def _decoded(sequence: str) -> str:
    """A sequence read as the UTF-8 it was; itself if it was none."""
    if CUT.fullmatch(sequence):
        return "”"
    import ftfy  # noqa: F401  # registers the codec

    try:
        return _composed(sequence).encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return sequence


def _difference(old: str, new: str) -> tuple[tuple[int, int], str]:
    """The part in which two different strings differ, never empty in `old`."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head == len(old) - tail:  # only inserted: tie it to a neighbour
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    return (head, len(old) - tail), new[head : len(new) - tail]
