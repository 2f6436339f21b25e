"""Where the words of the experts' `[routing]` sections occur in a request, and how much each occurrence says."""

import re
from functools import cache
from typing import NamedTuple

from experts.core.contract import Model
from experts.personal_assistant.tools import _words

DELICATE = ("finance-accountant", "hr-people-ops", "legal-consultant")
CLEAR, TOPIC, WEAK, NONE = 3, 2, 1, 0
_POINTS = {CLEAR: 4.0, TOPIC: 2.0, WEAK: 1.0, NONE: 0.0}
_GAP = 4
# What a request calls its purpose or object: "a Gantt chart for the audit" is no audit.
_OBJECT = frozenset([
    "about", "called", "concerning", "for", "named", "regarding", "titled",
])  # fmt: skip
_VERBS = frozenset([
    "add", "advise", "analyze", "answer", "are", "arrange", "ask", "assess", "book", "brainstorm", "break",
    "build", "calculate", "can", "categorize", "check", "clean", "collect", "come", "compare", "compile",
    "compose", "compute", "convert", "could", "cover", "create", "decide", "define", "describe", "design",
    "determine", "do", "does", "draft", "draw", "estimate", "evaluate", "explain", "export", "figure", "file",
    "fill", "find", "fix", "forecast", "gather", "generate", "get", "give", "group", "help", "how", "improve",
    "is", "judge", "know", "list", "look", "make", "map", "may", "measure", "model", "move", "must", "need",
    "note", "optimize", "organize", "outline", "plan", "please", "pls", "position", "post", "predict", "prepare",
    "price", "prioritize", "process", "produce", "project", "propose", "put", "rank", "recommend", "reconcile",
    "record", "remind", "reply", "reschedule", "review", "rewrite", "run", "say", "schedule", "score", "segment",
    "send", "set", "settle", "should", "show", "size", "sketch", "sort", "split", "start", "suggest", "sum",
    "summarize", "tell", "test", "track", "translate", "turn", "update", "use", "value", "verify", "want", "weigh",
    "what", "when", "where", "which", "who", "why", "will", "work", "would", "write",
])  # fmt: skip
_ASKS = re.compile(
    r"\?|\b(please|pls|plz|need|needs|want|wants|help|could you|can you|would like|i'd like|we'd like|should|let me know|"
    r"looking for|wonder|wondering|tell me|show me|give me)\b",
    re.IGNORECASE,
)
# Sentences end at . ! ? ; or a line; inside one, parts end at a comma, colon, dash, "and", "then" and the like.
_SENTENCE = re.compile(r"[.!?;](?=\s|$)|\n")
_PART = re.compile(
    r"[,:](?=\s)|\s[-–—](?=\s)|\b(?:and|then|also|plus|but|while|because|so|as well as)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\b(?:not about|not asking (?:for|about)|no need for|(?:don't|do not|doesn't) need|leave out|leave aside|nothing to do with)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty", re.IGNORECASE)
# Short forms whose full stop ends no sentence.
_ABBREVIATED = re.compile(r"\b(e\.g|i\.e|etc|vs|mr|mrs|ms|dr|inc|ltd|no|approx|a\.m|p\.m)\.$", re.IGNORECASE)


class Hit(Model):
    """One listed phrase in the request; `start` and `end` count words; a phrase with a gap is not `whole`."""

    start: int
    end: int
    tier: int
    points: float
    words: str
    sentence: int
    part: int
    whole: bool


class Word(NamedTuple):
    text: str
    normal: str
    sentence: int
    part: int
    aside: bool


class Lists(NamedTuple):
    """Phrases to (listed phrase, expert to tier), in capitals as well, and every word of them."""

    phrases: dict[tuple[str, ...], dict[str, int]]
    capitals: dict[str, dict[str, int]]
    gaps: list[tuple[tuple[str, ...], tuple[str, ...], str, int]]
    vocabulary: frozenset[str]
    longest: int


@cache
def lists() -> Lists:
    """The routing sections of all installed experts, read once and only when a request is routed."""
    from experts.core.discovery import profiles
    from experts.core.profile import load_profile

    phrases: dict[tuple[str, ...], dict[str, int]] = {}
    capitals: dict[str, dict[str, int]] = {}
    gaps: list[tuple[tuple[str, ...], tuple[str, ...], str, int]] = []
    for expert, folder in profiles().items():
        routing = load_profile(folder / "expert.toml").routing
        for listed, strong in ((routing.weak, False), (routing.strong, True)):
            for entry in listed:
                tier = WEAK if not strong else TOPIC if entry.endswith("?") else CLEAR
                phrase = entry.removesuffix("?")
                if phrase.rstrip("s").isupper() and phrase.isalpha():
                    capitals.setdefault(phrase, {})[expert] = tier
                    continue
                for key in _words.keys(phrase):
                    if "…" in key:
                        at = key.index("…")
                        gaps.append((key[:at], key[at + 1 :], expert, tier))
                    elif key:
                        phrases.setdefault(key, {})[expert] = max(tier, phrases.get(key, {}).get(expert, NONE))
    vocabulary = frozenset(word for key in phrases for word in key)
    return Lists(phrases, capitals, gaps, vocabulary, max(map(len, phrases), default=0))


def words_of(request: str) -> list[Word]:
    """The words of the request with their sentence and part, slips near a listed word mended."""
    known = lists().vocabulary
    ends = [
        found.end()
        for found in _SENTENCE.finditer(request)
        if not _ABBREVIATED.search(request[: found.start() + 1][-8:])
    ]
    parts = sorted({*ends, *(found.end() for found in _PART.finditer(request))})
    asides = [(found.end(), found.end() + 40) for found in _ASIDE.finditer(request)]
    made = []
    sentence = part = 0
    for text, start, _ in _words.split(request):
        while sentence < len(ends) and ends[sentence] <= start:
            sentence += 1
        while part < len(parts) and parts[part] <= start:
            part += 1
        one = _words.normal(text)
        aside = any(begin <= start < stop and not any(begin <= cut <= start for cut in parts) for begin, stop in asides)
        made.append(Word(text, one if one in known else _words.near(one, known) or one, sentence, part, aside))
    return made


def hits(request: str) -> dict[str, list[Hit]]:
    """Per expert the phrases that occur, each once, the longest first; words inside another's phrase do not count."""
    words = words_of(request)
    found = _listed(words, shouting=request.isupper())
    # A word inside a longer phrase of one expert says nothing for the others.
    kept = {
        expert: sorted((hit for hit in mine if not _inside(hit, expert, found)), key=lambda hit: hit.start)
        for expert, mine in found.items()
    }
    return _judged(request, words, {expert: mine for expert, mine in kept.items() if mine})


def _listed(words: list[Word], shouting: bool) -> dict[str, list[Hit]]:
    known = lists()
    spans: list[tuple[int, int, str, int, object]] = []
    for start, word in enumerate(words):
        for length in range(1, known.longest + 1):
            key = tuple(one.normal for one in words[start : start + length])
            if len(key) < length or words[start + length - 1].sentence != word.sentence:
                break
            spans += [(start, start + length, expert, tier, key) for expert, tier in known.phrases.get(key, {}).items()]
        if not shouting:
            spans += [
                (start, start + 1, expert, tier, word.text)
                for expert, tier in known.capitals.get(word.text, {}).items()
            ]
    spans += _with_gaps(words, known)
    found: dict[str, list[Hit]] = {}
    taken: dict[str, set[int]] = {}
    seen: set[tuple[str, object]] = set()
    for start, end, expert, tier, entry in sorted(spans, key=lambda one: (one[0] - one[1], -one[3], one[0], one[2])):
        whole = not (isinstance(entry, tuple) and "…" in entry)
        place = set(range(start, end)) if whole else {start, end - 1}
        if (expert, entry) in seen or place & taken.setdefault(expert, set()) or any(words[at].aside for at in place):
            continue
        seen.add((expert, entry))
        taken[expert] |= place
        text = " ".join(word.text for word in words[start:end])
        first = words[start]
        points = _worth(tier, len(entry) - (not whole) if isinstance(entry, tuple) else 1)
        found.setdefault(expert, []).append(
            Hit(
                start=start,
                end=end,
                tier=tier,
                points=points,
                words=text,
                sentence=first.sentence,
                part=first.part,
                whole=whole,
            )
        )
    return found


def _with_gaps(words: list[Word], known: Lists) -> list[tuple[int, int, str, int, object]]:
    """Phrases such as "let … go", whose halves may stand up to four words apart."""
    normal = tuple(word.normal for word in words)
    made: list[tuple[int, int, str, int, object]] = []
    for before, after, expert, tier in known.gaps:
        for start in range(len(normal)):
            if normal[start : start + len(before)] != before:
                continue
            for at in range(start + len(before) + 1, start + len(before) + _GAP + 1):
                end = at + len(after)
                if normal[at:end] == after and words[end - 1].sentence == words[start].sentence:
                    made.append((start, end, expert, tier, (*before, "…", *after)))
                    break
    return made


def _worth(tier: int, length: int) -> float:
    return _POINTS[tier] + (length - 1) * (1.0 if tier >= TOPIC else 0.5) if tier else 0.0


def _inside(hit: Hit, expert: str, found: dict[str, list[Hit]]) -> bool:
    return any(
        other != expert
        and one.whole
        and one.end - one.start > hit.end - hit.start
        and one.start <= hit.start
        and hit.end <= one.end
        for other, mine in found.items()
        for one in mine
    )


def _judged(request: str, words: list[Word], found: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Lower what is only the object of another's task, background of a longer request, or a head count."""
    heads: dict[int, list[tuple[int, str]]] = {}
    for expert, mine in found.items():
        for hit in mine:
            if hit.tier >= TOPIC:
                heads.setdefault(hit.part, []).append((hit.start, expert))
    asking = asking_sentences(request, words)
    clear = {hit.sentence for mine in found.values() for hit in mine if hit.tier == CLEAR}
    background = {word.sentence for word in words} - asking if clear & asking else set()
    return {
        expert: [_lowered(hit, expert, words, heads.get(hit.part, []), background) for hit in mine]
        for expert, mine in found.items()
    }


def _lowered(hit: Hit, expert: str, words: list[Word], heads: list[tuple[int, str]], background: set[int]) -> Hit:
    tier = hit.tier
    cut = next(
        (at for at in range(hit.start - 1, -1, -1) if words[at].part != hit.part or words[at].normal in _OBJECT), -1
    )
    if cut >= 0 and words[cut].part == hit.part:
        before = {other for start, other in heads if start < cut}
        if before and expert not in before and not (expert in DELICATE and before & set(DELICATE)):
            tier -= 1
    if hit.sentence in background and not (expert in DELICATE and tier == CLEAR):
        tier -= 1
    counted = hit.start and _COUNT.fullmatch(words[hit.start - 1].text) and re.fullmatch(r"\w+s|hr", hit.words.lower())
    if tier == TOPIC and counted:
        tier -= 1
    if tier == hit.tier:
        return hit
    tier = max(tier, NONE)
    further = hit.points - _POINTS[hit.tier]
    points = _POINTS[tier] + (further if tier >= TOPIC else further / 2) if tier else 0.0
    return hit.model_copy(update={"tier": tier, "points": points})


def asking_sentences(request: str, words: list[Word]) -> set[int]:
    """Sentences that ask for something: a question mark, a word of wish, or a verb or question word at the start."""
    asking = set()
    ends = [
        found.end()
        for found in _SENTENCE.finditer(request)
        if not _ABBREVIATED.search(request[: found.start() + 1][-8:])
    ]
    begin = 0
    for number, end in enumerate([*ends, len(request)]):
        if _ASKS.search(request[begin:end]):
            asking.add(number)
        begin = end
    first: dict[int, str] = {}
    for word in words:
        first.setdefault(word.sentence, word.normal)
    return asking | {sentence for sentence, word in first.items() if word in _VERBS}


def working_parts(words: list[Word]) -> set[int]:
    """Parts of sentences with a verb of work or a question word; every part of a request that has none at all."""
    return {word.part for word in words if word.normal in _VERBS} or {word.part for word in words}
