"""Hide passages in the words of a comment, however their letters are spaced.

A passage is found by its letters and figures alone: spaces, line ends, punctuation,
capitals and characters that nobody sees do not undo it. It may run from the text
into the proposed wording, and is then hidden in both.
"""

import unicodedata

END = "\n"


def spans(words, passage):
    """Return (start, end) of each place where a passage stands in some words.

    Whole words first; where it stands nowhere as whole words, inside others.
    """
    letters = _letters(words)
    wanted = "".join(letter for letter, _ in _letters(passage))
    if not wanted:
        return _exact(words, passage)
    flat = "".join(letter for letter, _ in letters)
    found, at = [], flat.find(wanted)
    while at >= 0:
        found.append((letters[at][1], letters[at + len(wanted) - 1][1] + 1))
        at = flat.find(wanted, at + len(wanted))
    return [span for span in found if _is_whole(words, *span)] or found


def hide(text, wording, redactions):
    """Return both texts with each hidden passage replaced by why it is hidden.

    `redactions` are pairs: the passage, and the words in its place.
    """
    whole = text + END + wording
    hidden = sorted(
        (start, end, words)
        for passage, words in redactions
        for start, end in spans(whole, passage)
    )
    border = len(text)
    return (
        _without(whole, hidden, 0, border),
        _without(whole, hidden, border + len(END), len(whole)),
    )


def is_found(text, wording, passage):
    """Tell whether a passage stands in the words at all."""
    return bool(spans(text + END + wording, passage))


def _letters(words):
    """Return each letter and figure, without case or accents' form, with its place."""
    return [
        (plain, place)
        for place, letter in enumerate(words)
        for plain in unicodedata.normalize("NFKD", letter).casefold()
        if plain.isalnum()
    ]


def _exact(words, passage):
    found, at = [], words.find(passage) if passage else -1
    while at >= 0:
        found.append((at, at + len(passage)))
        at = words.find(passage, at + len(passage))
    return found


def _is_whole(words, start, end):
    before, after = words[start - 1 : start], words[end : end + 1]
    return not before.isalnum() and not after.isalnum()


def _without(words, hidden, start, end):
    """Return one stretch of the words, each hidden part of it replaced by its note."""
    out, at = [], start
    for begins, ends, note in hidden:
        begins, ends = max(begins, start), min(ends, end)
        if begins >= ends or ends <= at:
            continue
        out += [words[at : max(begins, at)], note]
        at = ends
    return "".join([*out, words[at:end]])
