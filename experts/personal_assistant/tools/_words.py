"""Words of a request as the routing lists compare them: spelling and plural evened out, slips forgiven.

There is no stemming: "market" and "marketing", "credit" and "credits" stay different words. Other forms of a verb
count only where a list asks for them with "~".
"""

import re
from functools import cache
from itertools import product

# A token; "p&l", "1,200" and "a/b" stay whole, hyphens part words except in "e-mail", "on-boarding" and the like.
_JOINED = r"(?:e|on|off|re|co)-(?=mail|board|site|hire|commerce|sign|founder|worker)"
_TOKEN = re.compile(
    rf"series [a-e]\b|#(?:[0-9a-f]{{6}}|[0-9a-f]{{3}})\b|#hex\b|(?:\b{_JOINED})?[^\W_](?:[^\W_]|[&/%+](?=[^\W_])|[,.](?=\d))*(?:['’][^\W\d_]+)?|…",
    re.IGNORECASE,
)
# Of a listed phrase: a word with its other forms, or what stands between such words.
_ENTRY = re.compile(r"[^\s~]+~|[^~]+?(?=\s[^\s~]+~|$)")
_CLOCK = re.compile(r"\d{1,2}(am|pm)")
# What parts nothing: "size the market" is "size our market".
STOP = frozenset([
    "a", "an", "his", "its", "my", "our", "that", "the", "their", "these", "this", "those", "your",
])  # fmt: skip
# Words in -s that are no plurals, or that mean something else than their singular.
_KEEP = frozenset([
    "access", "accounts", "address", "always", "analysis", "arms", "as", "awareness", "basis", "benefits",
    "besides", "bias", "books", "boss", "bus", "business", "calories", "campus", "canvas", "christmas", "class",
    "clothes", "cogs", "contacts", "conversions", "cookies", "credits", "cross", "css", "customs", "damages",
    "dependencies", "diabetes", "dies", "does", "dress", "economics", "ethics", "financials", "fitness", "gas",
    "gdpr", "glasses", "goods", "graphics", "has", "headquarters", "holdings", "hris", "ifrs", "illness",
    "impressions", "is", "its", "kudos", "leads", "lens", "less", "liabilities", "lies", "logistics", "loss",
    "macrs", "manners", "mathematics", "maths", "means", "mess", "minutes", "miss", "movies", "news", "papers",
    "paris", "pass", "perhaps", "physics", "plus", "premises", "press", "proceeds", "process", "rights", "roas",
    "saas", "sales", "savings", "scissors", "series", "shares", "sms", "species", "status", "terms", "texas",
    "thesis", "this", "ties", "tls", "us", "virus", "visuals", "was", "wellness", "whereas", "yes",
])  # fmt: skip
_USES = frozenset([
    "biases", "bonuses", "buses", "campuses", "canvases", "focuses", "gases", "lenses", "statuses", "viruses",
])  # fmt: skip
_BRITISH = (
    (re.compile(r"^(col|fav|lab|hon|behavi|neighb|harb|rum|hum|endeav)our"), r"\1or"),
    (re.compile(r"is(e|es|ed|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"lys(e|ed|ing)$"), r"lyz\1"),
    (re.compile(r"^(program|catalog|dialog)(?:me|ue)(s?)$"), r"\1\2"),
    (re.compile(r"^(cent|met|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(cancel|label|model|travel|level|fulfil|enrol|signal)l(ed|ing|er|ers)$"), r"\1\2"),
    (re.compile(r"^licence"), "license"),
    (re.compile(r"^cheque"), "check"),
    (re.compile(r"^judgement"), "judgment"),
)
# Words in -ise and -ising that are not the British spelling of -ize.
_ISE = re.compile(r"^(rise|raise|wise|noise|praise|otherwise|precise|concise|exercise|expertise|franchise|advise|revise|"
                  r"supervise|surprise|promise|enterprise|merchandise|premise|compromise|disguise|devise|improvise|likewise|"
                  r"advertise|raising|rising|advertis|advis|revis|supervis|surpris|promis|exercis|compromis|prais|rais|"
                  r"poise|poison|cruise|bruise|tortoise|treatise|demise|despise|excise|incise|arise|arising)")  # fmt: skip
_FORGIVEN, _LONG = 6, 8
# Ordinary words one slip from a listed one: they are written as meant.
_MEANT = frozenset([
    "auction", "beached", "coasting", "contact", "contacts", "costume", "county", "deprecate", "deprecated",
    "deprecating", "deprecation", "diners", "fights", "founding", "manger", "marked", "metals", "noting",
    "patient", "patients", "planing", "playable", "revolution", "singed", "singing", "spring", "statue", "statues",
    "stature", "string", "though", "trail",
])  # fmt: skip


@cache
def normal(word: str) -> str:
    """A word in lower case, American spelling, without possessive and plural; any hex colour is "#hex", 3pm is "pm"."""
    word = word.lower().replace("’", "'").replace("-", "")
    word = word.removesuffix("'s").removesuffix("'")
    if word.startswith("#"):
        return "#hex"
    if clock := _CLOCK.fullmatch(word):
        return clock[1]
    if not _ISE.match(word):
        for pattern, instead in _BRITISH:
            word = pattern.sub(instead, word)
    return _singular(word)


def _singular(word: str) -> str:
    if word in _KEEP or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("alyses", "theses")):
        return word[:-2] + "is"
    if word in _USES:
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]


def forms(word: str) -> list[str]:
    """A listed word; with "~" also its -s, -ed and -ing forms, the final consonant doubled or not."""
    if not word.endswith("~"):
        return [normal(word)]
    base = word[:-1].lower()
    if base.endswith("e"):
        made = [base, base + "d", base[:-1] + "ing"]
    elif re.search(r"[^aeiou]y$", base):
        made = [base, base[:-1] + "ied", base[:-1] + "ies", base + "ing"]
    else:
        ends = [base, base + base[-1]] if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", base) else [base]
        made = [base, *(end + suffix for end in ends for suffix in ("ed", "ing"))]
    return list(dict.fromkeys(normal(one) for one in made))


def split(text: str) -> list[tuple[str, int, int]]:
    """(word as written, start, end) in order, without the words that part nothing."""
    return [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text) if found[0].lower() not in STOP]


def keys(phrase: str) -> list[tuple[str, ...]]:
    """Every sequence of normal words that a listed phrase stands for."""
    parts: list[list[str]] = []
    for found in _ENTRY.finditer(phrase):
        if found[0].endswith("~"):
            parts.append(forms(found[0]))
        else:
            parts.extend([normal(one)] for one, _, _ in split(found[0]))
    return list(product(*parts))


def near(word: str, known: frozenset[str]) -> str | None:
    """The one known word that a misspelt long word is a single slip away from."""
    raw = word.lower()
    if len(raw) < _FORGIVEN or normal(raw) in known or _MEANT & {raw, normal(raw)} or not raw.isalpha():
        return None
    from rapidfuzz.distance import OSA

    found = set()
    for word in {raw, normal(raw)}:
        close = [one for one in known if abs(len(one) - len(word)) < 2 and one[:1] == word[0] and len(one) >= _FORGIVEN]
        slips = [one for one in close if OSA.distance(one, word, score_cutoff=1) <= 1]
        # In shorter words one letter for another mostly makes a different word (marked, market), and a different
        # ending is a different form of the word (trainer, trained).
        found |= {
            one
            for one in slips
            if (len(one) != len(word) or len(word) > _LONG or sorted(one) == sorted(word))
            and word[:-1] not in (one, one[:-1])
            and one[:-1] != word
        }
    return found.pop() if len(found) == 1 else None
