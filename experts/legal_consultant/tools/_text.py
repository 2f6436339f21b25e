"""The text of a contract: sentences with their places, headings, numbered clauses, and whether it is English."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from experts.core.errors import InvalidInput

LONGEST = 300_000
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "shall",
        "any",
        "this",
        "that",
        "by",
        "or",
        "for",
        "with",
        "be",
        "is",
        "will",
        "may",
        "not",
        "on",
        "an",
        "as",
        "it",
        "if",
        "party",
    ]
)
_OTHER = {
    "German": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "von",
            "zu",
            "den",
            "mit",
            "ist",
            "für",
            "auf",
            "eine",
            "nicht",
            "dem",
            "des",
            "im",
            "oder",
            "wird",
        ]
    ),
    "French": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "et",
            "de",
            "du",
            "un",
            "une",
            "est",
            "pour",
            "dans",
            "par",
            "que",
            "sur",
            "au",
            "aux",
            "ou",
            "sont",
        ]
    ),
    "Spanish": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "de",
            "y",
            "en",
            "que",
            "por",
            "con",
            "para",
            "una",
            "del",
            "se",
            "es",
            "al",
            "no",
            "su",
        ]
    ),
    "Italian": frozenset(
        [
            "il",
            "la",
            "di",
            "e",
            "che",
            "per",
            "un",
            "una",
            "del",
            "della",
            "le",
            "si",
            "è",
            "con",
            "non",
            "dei",
            "nel",
            "al",
        ]
    ),
    "Dutch": frozenset(
        [
            "de",
            "het",
            "een",
            "van",
            "en",
            "in",
            "op",
            "te",
            "voor",
            "met",
            "dat",
            "niet",
            "is",
            "aan",
            "door",
            "zijn",
            "of",
        ]
    ),
    "Portuguese": frozenset(
        ["o", "a", "os", "as", "de", "e", "do", "da", "em", "que", "para", "com", "um", "uma", "por", "não", "se", "no"]
    ),
}
_ABBREVIATED = re.compile(
    r"(?:\b(?:inc|ltd|co|corp|llc|no|nos|sec|art|arts|mr|mrs|ms|dr|st|vs?|cf|para|paras|rev|e\.g|i\.e|u\.s|l\.p|s\.a|p\.m|a\.m|approx|etc|dept|est)|"
    r"^\W*(?:section|article|clause|schedule|§)?\s*[\dA-Z]{1,3}(?:\.\d+)*|\b[A-Z])$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.?!][\"”’)\]]*(\s+)(?=[\"“‘(\[]?[A-Z0-9§])")
_BREAK = re.compile(
    r"\n[ \t\r]*\n|\n(?=[ \t]*(?:\(?[a-z]{1,4}\)|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[A-Z]\.|[•\-*–]|§ ?\d+)[ \t])"
)
_NUMBER = re.compile(
    r"^\s*(?:(?:article|section|clause|schedule|exhibit|annex|appendix|§)\s*)?"
    r"((?:\d{1,3}(?:\.\d{1,3}){0,9}|[IVXLC]{1,7}|[A-Z])(?=[.):\s\-–]))[.):]?\s*",
    re.IGNORECASE,
)
# Zero-width marks, soft hyphens and direction marks: not seen by a reader, but they break words for a rule.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_TWO_SCRIPTS = re.compile(
    r"[A-Za-z][A-Za-z'-]*[\u0370-\u03ff\u0400-\u04ff]\w*|[\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]\w*"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RUN_IN = re.compile(r"^[\s\d.()§A-Za-z]{0,12}?\s*([A-Z][A-Za-z/,&' \-]{2,60}?)\.\s")


@dataclass(frozen=True)
class Sentence:
    """A sentence: text[start:end] is `quote`; `plain` is lower case with single spaces; `heading` stands above it.

    A `title` is itself only a heading.
    """

    start: int
    end: int
    quote: str
    plain: str
    heading: str
    title: bool


def readable(text: str, field: str = "text") -> str:
    """`text`, if it is English of a size that can be read. Raises InvalidInput with what is wrong and the way out."""
    if not text.strip():
        raise InvalidInput(
            f"{field} is empty; paste the contract's text. A scanned PDF has no text until it goes through OCR",
            field=field,
        )
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    if len(words) < 5 and sum(letter.isalpha() for letter in text[:2000]) >= 10:
        raise InvalidInput(
            f"{field} is not written in Latin letters; the rules read English only, so give an English translation and "
            "keep the original at hand",
            field=field,
        )
    if len(words) < 5:
        raise InvalidInput(f"{field} has only {len(words)} words; paste the contract's text", field=field)
    share = sum(word in _ENGLISH for word in words) / len(words)
    best = max(_OTHER, key=lambda name: sum(word in _OTHER[name] for word in words))
    likely = sum(word in _OTHER[best] for word in words) / len(words)
    # A short text may be a table or a heading: it is refused only where another language shows.
    if share < 0.16 and (len(words) >= 40 or (len(words) >= 8 and likely > max(2 * share, 0.2))):
        seems = f" and looks like {best}" if likely > max(share, 0.16) else ""
        raise InvalidInput(
            f"{field} is not English ({round(share * 100)} in 100 of its words are common English ones){seems}; "
            "the rules read English only, so give an English translation and keep the original at hand",
            field=field,
        )
    return text


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph or numbered clause, without white space around it."""
    edges = [0, *(found.start() for found in _BREAK.finditer(text)), len(text)]
    spans = []
    for begin, finish in pairwise(edges):
        piece = text[begin:finish]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((begin + lead, begin + len(piece.rstrip())))
    return spans


def sentences(text: str) -> list[Sentence]:
    """Every sentence of the text in order, with the heading it stands under."""
    found: list[Sentence] = []
    heading = ""
    for begin, finish in paragraphs(text):
        piece = text[begin:finish]
        if _is_heading(piece):
            heading = plain(_NUMBER.sub("", piece))
            found.append(Sentence(begin, finish, piece, plain(piece), heading, True))
            continue
        run_in = _RUN_IN.match(piece)
        if run_in and not _capitalised(run_in[1]):
            run_in = None
        above = plain(run_in[1]) if run_in else heading
        for start, end in _split(piece):
            title = run_in is not None and end <= run_in.end()
            found.append(Sentence(begin + start, begin + end, piece[start:end], plain(piece[start:end]), above, title))
    return found


def plain(text: str) -> str:
    """Lower case, single spaces, straight quotes, nothing invisible: what patterns are matched against."""
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return re.sub(r"\s+", " ", seen.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})).strip().lower()


def looks_english(text: str) -> bool:
    """Whether a short text can be English: Latin letters, and no other language's small words where English has none."""
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum(letter.isascii() for letter in letters) < 0.7 * len(letters):
        return False
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    english = sum(word in _ENGLISH for word in words)
    other = max((sum(word in small for word in words) for small in _OTHER.values()), default=0)
    return not (other >= 2 and other > 2 * english)


def oddities(text: str) -> list[str]:
    """Warnings about letters that a reader does not see or takes for others."""
    warnings = []
    unseen = len(_UNSEEN.findall(text))
    if unseen:
        warnings.append(
            f"The text holds {unseen} invisible marks (zero width, soft hyphen or direction); what a reader sees may "
            "differ from what is written. Ask for a clean copy."
        )
    mixed = list(dict.fromkeys(found[0] for found in _TWO_SCRIPTS.finditer(text)))[:5]
    if mixed:
        shown = ", ".join(repr(word[:40]) for word in mixed)
        warnings.append(
            f"Words mix Latin with Greek or Cyrillic letters that look alike ({shown}); the rules cannot read them."
        )
    return warnings


def printable(text: str) -> str:
    """`text` with every character that a Word file cannot hold replaced; the length stays."""
    return _NOT_XML.sub("\ufffd", text)


def clause_number(piece: str) -> str:
    """The number at the start of a paragraph ("4.2", "IV"), or nothing."""
    found = _NUMBER.match(piece)
    return found[1].upper() if found else ""


def _split(piece: str) -> list[tuple[int, int]]:
    spans, begin = [], 0
    for stop in _STOP.finditer(piece):
        # An abbreviation or a clause number ends in a point, too.
        before = piece[max(begin, stop.start() - 20) : stop.start()]
        if _ABBREVIATED.search(before) and piece[stop.start()] == ".":
            continue
        spans.append((begin, stop.start(1)))
        begin = stop.end(1)
    spans.append((begin, len(piece)))
    return spans


def _is_heading(piece: str) -> bool:
    return (
        len(piece) <= 90
        and "\n" not in piece
        and not piece.rstrip().endswith((".", ";", ",", '"', "?"))
        and _titled(piece)
    )


def _capitalised(piece: str) -> bool:
    words = re.findall(r"[A-Za-z]+", piece)
    long = [word for word in words if len(word) > 3]
    return len(words) <= 3 or (len(words) <= 8 and all(word[0].isupper() for word in long))


def _titled(piece: str) -> bool:
    words = re.findall(r"[A-Za-z]+", piece)
    return 0 < len(words) <= 9
