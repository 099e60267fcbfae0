"""Cuts the source of a template into segments of words, and puts others in their place.

A segment is what stands between two elements of blocks, or two `{% tags %}`: a
sentence with its `{{ variables }}`, and with its inline elements without their
attributes, as in `Read <a>the whole of {{ title }}</a>.` Words in attributes that
are read aloud, and quoted words that a tag or a filter shows, are segments too.
"""

import re
from collections import defaultdict
from collections.abc import Callable

MARK = r"\{%.*?%\}|\{\{.*?\}\}|\{\#.*?\#\}"
PIECE = re.compile(
    rf"""(?P<hidden>\{{%\s*comment\b.*?endcomment\s*%\}}|\{{\#.*?\#\}}|<!--.*?-->
        |<(?P<raw>script|style)\b.*?</(?P=raw)>)
    |(?P<tag>\{{%.*?%\}})
    |(?P<variable>\{{\{{.*?\}}\}})
    |(?P<element></?(?P<name>[a-zA-Z][^\s/>{{]*)(?:{MARK}|"(?:{MARK}|[^"])*"|[^>"])*>)
    |(?P<text>[^<{{]+|.)""",
    re.DOTALL | re.VERBOSE,
)
INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "ins", "kbd"}
INLINE |= {"mark", "q", "small", "span", "strong", "sub", "sup", "time"}
VALUE = rf'="((?:{MARK}|[^"])*)"'
READ_ALOUD = re.compile(
    rf"\s(?:aria-label|aria-description|alt|title|placeholder|data-label|label){VALUE}",
    re.DOTALL,
)
SHOWN_VALUE = re.compile(rf"\s(?:value|content){VALUE}", re.DOTALL)
SHOWS_ITS_VALUE = re.compile(
    r'\stype="submit"|\sname="(?:twitter:)?description"|\sproperty="og:(?:title|desc)'
)
QUOTING = re.compile(r"\{%\s*(?P<name>\w+).*?%\}|\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r'"([^"\\{}]*)"')
SAYS_NOTHING = {"block", "cycle", "elif", "extends", "for", "if", "ifchanged", "load"}
SAYS_NOTHING |= {"now", "regroup", "static", "url"}
WORDS = re.compile(r"[^\W\d_]{2}")
SAID = re.compile(r"[A-Z][^\W\d_]|.*[^\W\d_] \S")
NOT_SAID = re.compile(r"[/_]|:\S|\.html|\.svg|\b[jF] Y\b|^[A-Z0-9]+$")

Change = Callable[[str], str]
"""Takes the words of a segment, one space where white is; returns what to say instead."""


def segments(source: str, *, by_line: bool = False) -> list[str]:
    """Return the words of each segment, in their order, each once.

    `by_line` is for a plain text, where each line is on its own.
    """
    found = {}

    def keep(words):
        found[words] = True
        return words

    changed(source, keep, by_line=by_line)
    return list(found)


def changed(source: str, change: Change, *, by_line: bool = False) -> str:
    """Return a template's source with the words of each segment changed."""
    if by_line:
        lines = source.splitlines(keepends=True)
        return "".join(changed(line, change) for line in lines)
    out, run = [], []
    for piece in PIECE.finditer(source):
        if is_running(piece):
            run.append(piece)
            continue
        out += [changed_run(run, change), changed_piece(piece, change)]
        run = []
    out.append(changed_run(run, change))
    return "".join(out)


def is_running(piece) -> bool:
    """Tell whether a piece is within a sentence: text, a variable, an inline element."""
    return bool(piece["text"] or piece["variable"]) or is_inline(piece)


def is_inline(piece) -> bool:
    """Tell whether a piece is an element that a sentence may hold."""
    return bool(piece["element"]) and piece["name"].lower() in INLINE


def changed_run(run, change) -> str:
    """Return what stands between two boundaries, its words changed, the rest as it was."""
    first, last = trimmed(run)
    middle = "".join(piece[0] for piece in run[first:last])
    words = " ".join("".join(map(bare, run[first:last])).split())
    if has_words(words):
        said = change(words)
        if said != words:
            middle = like(middle, dressed(said, run[first:last]))
    whole = [piece[0] for piece in run]
    return quoted("".join([*whole[:first], middle, *whole[last:]]), change)


def trimmed(run) -> tuple[int, int]:
    """Return where a segment begins and ends without what only wraps it."""
    first, last = 0, len(run)
    while first < last:
        if is_mere(run, first, first, last):
            first += 1
        elif is_mere(run, last - 1, first, last):
            last -= 1
        elif partner(run, first, last) == last - 1:
            first, last = first + 1, last - 1
        else:
            break
    return first, last


def is_mere(run, place, first, last) -> bool:
    """Tell whether a piece is white space, or an element without its other half."""
    piece = run[place]
    if piece["text"]:
        return not piece[0].strip()
    if not is_inline(piece):
        return False
    if piece["name"] == "br":
        return True
    if not piece[0].startswith("</"):
        return partner(run, place, last) is None
    return all(partner(run, n, last) != place for n in range(first, place))


def partner(run, place, last) -> int | None:
    """Return where the element that opens at a place closes; None if it does not."""
    name, depth = run[place]["name"], 0
    if not is_inline(run[place]) or run[place][0].startswith("</"):
        return None
    for n in range(place, last):
        if run[n]["name"] == name:
            depth += -1 if run[n][0].startswith("</") else 1
            if depth == 0:
                return n
    return None


def bare(piece) -> str:
    """Return a piece as translators see it: an element without its attributes."""
    if not piece["element"]:
        return piece[0]
    return f"<{'/' if piece[0].startswith('</') else ''}{piece['name']}>"


def dressed(words, run) -> str:
    """Give elements in translated words their attributes again, in their order."""
    whole = defaultdict(list)
    for piece in run:
        if piece["element"] and not piece[0].startswith("</"):
            whole[piece["name"]].append(piece[0])
    return re.sub(
        r"<(\w+)>",
        lambda found: whole[found[1]].pop(0) if whole[found[1]] else found[0],
        words,
    )


def like(before, words) -> str:
    """Return words with the white space that was around what they replace."""
    lead = before[: len(before) - len(before.lstrip())]
    return lead + words + before[len(before.rstrip()) :]


def has_words(text: str) -> bool:
    """Tell whether there is something to say beside variables and elements."""
    return bool(
        WORDS.search(re.sub(rf"{MARK}|<[^>]*>|&\w+;", "", text, flags=re.DOTALL))
    )


def changed_piece(piece, change) -> str:
    """Return an element or a tag with what it says changed."""
    return piece[0] if piece["hidden"] else quoted(piece[0], change)


def quoted(source, change) -> str:
    """Return a source with what its attributes, its tags and its filters quote changed."""
    source = QUOTING.sub(lambda mark: changed_mark(mark, change), source)
    for pattern, wanted in ((READ_ALOUD, None), (SHOWN_VALUE, SHOWS_ITS_VALUE)):
        if wanted is None or wanted.search(source):
            source = pattern.sub(lambda found: changed_value(found, change), source)
    return source


def changed_mark(mark, change) -> str:
    """Return a tag or a variable of the template language with its quoted words changed."""
    if mark["name"] in SAYS_NOTHING:
        return mark[0]
    return QUOTED.sub(
        lambda found: f'"{change(found[1])}"' if is_said(found[1]) else found[0],
        mark[0],
    )


def is_said(words) -> bool:
    """Tell whether quoted words are for readers and not a name, a path or a format."""
    return bool(SAID.match(words)) and not NOT_SAID.search(words)


def changed_value(found, change) -> str:
    """Return an attribute with each piece of words in its value changed."""
    value = found[1]
    if not has_words(value):
        return found[0]
    said, run = [], []
    for piece in PIECE.finditer(value):
        if piece["tag"]:
            said += [changed_words(run, change), piece[0]]
            run = []
        else:
            run.append(piece[0])
    said.append(changed_words(run, change))
    whole, start = found[0], found.start()
    return (
        whole[: found.start(1) - start] + "".join(said) + whole[found.end(1) - start :]
    )


def changed_words(run, change) -> str:
    """Return words without elements, changed."""
    text = "".join(run)
    words = " ".join(text.split())
    return like(text, change(words)) if has_words(words) else text
