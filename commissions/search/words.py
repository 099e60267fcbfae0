"""One spelling for everything that is looked up: how text becomes words.

Every list, filter, desk search and address asks this module, so that what finds
something in one place finds it in all: accents, capitals, apostrophes (straight or
curly), hyphens and stops do not count. Imports no Django.
"""

import re
import unicodedata
from functools import lru_cache

EDGE = "ǂ"  # a letter nobody types: ends a text, and marks words that are not prose
APOSTROPHES = "'\u2019\u2018\u02bc`"  # straight, curly, a letter
HYPHENS = "\u2010\u2011\u2012-"  # a dash parts words
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
UNWRITTEN = str.maketrans(dict.fromkeys(APOSTROPHES + HYPHENS + ".", None))
INNER = f"[{APOSTROPHES}{HYPHENS}]"
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
WORD = re.compile(rf"[^\W_]+(?:{INNER}[^\W_]+)*")
PARTS = re.compile(INNER)
NOT_WORD = re.compile(r"[\W_]+")


def plain(text):
    """Return a text in small letters without accents."""
    text = text.replace("\xad", "").casefold()  # a soft hyphen is none
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return text.translate(LETTERS)


def fold(text):
    """Return a text as filters compare it: O’Brien, Wi-Fi and C.A.M.H.S. in one way.

    `backends.Folded` does the same in the database.
    """
    return " ".join(plain(text).translate(UNWRITTEN).split())


def squeeze(text):
    """Return only the letters and digits: NORF-1001, norf 1001 and Norf1001 are one."""
    return NOT_WORD.sub("", plain(text))


def written_words(text):
    """Split a text into words as they are written: (word, its parts).

    A word with a hyphen or an apostrophe in it is one, and each of its parts is one.
    """
    text = plain(text)
    if "." in text:
        text = INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    for word in WORD.findall(text):
        parts = [word] if word.isalnum() else PARTS.split(word)
        yield "".join(parts), parts


def split_word(word, parts):
    """Return the words a written word is read as: home-care as two, King’s as one."""
    if len(parts) == 1 or min(map(len, parts)) < 2:
        return [word]
    return parts


def read_words(text):
    """Return the words of a text, and what else some of them may be written as.

    Words are of letters and digits, small, without accents. Besides: wifi for Wi-Fi,
    brien for O’Brien, norf1010 for NORF-1010.
    """
    found, also = [], []
    for word, parts in written_words(text):
        if len(parts) == 1:
            found.append(word)
            continue
        read = split_word(word, parts)
        found += read
        more = [word, *(part for part in parts if len(part) > 2)]
        also += [each for each in more if each not in read]
    return found, also


def words(text):
    """Split a text into words of letters and digits, small, without accents."""
    return read_words(text)[0]


def joined_words(text):
    """Return what else the words of a text may be written as: wifi, brien, norf1010."""
    return read_words(text)[1]


# Forms of a word: plurals, -ing, -ed, a final e. No further: Porter's algorithm makes
# one word of organ and organise, and two of bus and buses.

IRREGULAR = {
    "children": "child",
    "women": "woman",
    "men": "man",
    "feet": "foot",
    "teeth": "tooth",
    "lives": "life",
    "halves": "half",
    "knives": "knife",
    "wives": "wife",
    "shelves": "shelf",
    "leaves": "leaf",
    "buses": "bus",
    "busses": "bus",
    "gases": "gas",
    "news": "news",
    "gas": "gas",
    "does": "does",
    "this": "this",
    "morning": "morning",
    "mornings": "morning",
    "evening": "evening",
    "evenings": "evening",
    "during": "during",
    "nothing": "nothing",
    "something": "something",
    "anything": "anything",
    "everything": "everything",
    "ceiling": "ceiling",
    "wellbeing": "wellbeing",
    "being": "being",
    "species": "species",
    "series": "series",
    "hundred": "hundred",
    "speed": "speed",
    "need": "need",
    "needed": "need",
    "wales": "wales",
    "dying": "die",
    "lying": "lie",
    "ties": "tie",
    "dies": "die",
    "lies": "lie",
    "pies": "pie",
}
VOWEL = re.compile(r"[aeiouy]")
SHORT = re.compile(r"(?:^|[^aeiou])[aeiouy][^aeiouywx]$")
SIBILANT = re.compile(r"(?:ss|sh|ch|x|zz|[^aeiou]us)es$")


def without_plural(word):
    """Return the singular of what looks like a plural."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if SIBILANT.search(word) else word[:-1]


def without_ending(word):
    """Return a verb without -ing or -ed, as it is written without it."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and VOWEL.search(stem):
            return restored(stem)
    return word


def restored(stem):
    """Put back the e that an ending took, or take away the letter that it doubled."""
    if stem.endswith(("at", "bl", "iz")):
        return f"{stem}e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return f"{stem}e" if len(stem) < 5 and SHORT.search(stem) else stem


def without_e(word):
    """Drop a last e that -ing would drop, but not where another word would be left."""
    long = len(word) > 5 or (len(word) == 5 and not SHORT.search(word[:-1]))
    return word[:-1] if long and word.endswith("e") else word


@lru_cache(maxsize=100_000)
def stem(word):
    """Return what the forms of a word have in common: librari, hous, home, bus."""
    if len(word) < 3 or not word.isalpha():
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    word = without_plural(word) if len(word) > 3 or word.endswith("ps") else word
    word = without_ending(IRREGULAR.get(word, word)) if len(word) > 4 else word
    return without_e(word)


def stems(text):
    return [stem(word) for word in words(text)]


# How a word sounds, roughly: words misspelt alike have one key.

SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"^kn|^gn"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"gh(?=t|$)"), ""),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"ck|c|q"), "k"),
    (re.compile(r"dg"), "j"),
)
SILENT = re.compile(r"(?<=.)[aeiouyhw]")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(word):
    """Return a key that spellings of one sound share: comision and commission."""
    for pattern, said in SOUNDS:
        word = pattern.sub(said, word)
    return DOUBLED.sub(r"\1", SILENT.sub("", word))


LETTERS_TYPED = "abcdefghijklmnopqrstuvwxyz"


def near_misses(word):
    """Return every word that one slip makes of a word: a letter more, less, else, swapped."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {
        left + right[1] + right[0] + right[2:] for left, right in cuts if right[1:]
    }
    for letter in LETTERS_TYPED:
        found |= {left + letter + right[1:] for left, right in cuts if right}
        found |= {left + letter + right for left, right in cuts}
    return found - {word}


def slips(a, b):
    """Count the slips between two words: letters more, less, else, or swapped."""
    rows = [list(range(len(b) + 1))]
    for i, one in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (one != other))
            swapped = i > 1 and j > 1 and one == b[j - 2] and a[i - 2] == other
            row.append(min(least, rows[-2][j - 2] + 1) if swapped else least)
        rows.append(row)
    return rows[-1][-1]
