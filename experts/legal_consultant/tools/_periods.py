"""Periods as contracts word them: terms, notice, and when something is to be paid."""

import re
from dataclasses import dataclass
from datetime import date

from experts.legal_consultant.tools._numbers import NUMBER_WORD, FoundDate, add_period, dates_in, number_of

# Runs of number words are bounded, so that a text of nothing else is read in linear time.
_COUNT = rf"(?:(?:{NUMBER_WORD})[\s\u2010-\u2013-]{{1,3}}){{0,9}}(?:{NUMBER_WORD})|\d{{1,4}}"
_PERIOD = re.compile(
    rf"\b(?P<count>{_COUNT})\s{{0,3}}(?:\((?P<figure>\d{{1,4}})\))?[\s\u2010-\u2013-]{{0,3}}"
    r"(?:calendar |consecutive |full |further )?(?P<working>business |working )?(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
# What ties a period to the length of the agreement, and what ties it to something else.
_LASTS = re.compile(
    r"\b(?:continu\w+|remains?|runs?|running|lasts?|terms?|duration|in force|in effect|commenc\w+|period)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_NOT_A_TERM = re.compile(
    r"^[\s'’]{0,3}(?:(?:prior |advance |written |previous )*notice|before|prior to|in advance|after (?:receipt|notice))",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:effective|commenc\w+|begins?|beginning|starts?|starting|enters? into force|takes? effect)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\b(?:this|the|our|these)\s+(?:\w+\s+){0,2}?(?:agreement|contract|licen[sc]e|lease|engagement|arrangement|addendum)\b|"
    r"\b(?:the|initial|fixed)\s+[\"\u201c']?(?:initial |fixed )?term\b|[\"\u201c]term[\"\u201d]",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:continu\w+|remains?|commenc\w+|begins?|effective|expires?|ends?|terminates?|is|are|be|has|runs?|lasts?|means?|through)\b",
    re.IGNORECASE,
)
# Sentences that name the term or the agreement, but count something else.
_ELSE = re.compile(
    r"\b(?:fail\w*|breach\w*|default\w*|disputes?|remed\w+|cure\w*|unremed\w+|arbitrat\w+|force majeure|renew\w*|additional|"
    r"successive|sell-off|records?|prohibited|disparag\w+|compet\w+|solicit\w*|warrants?|exercisable|notice|invoices?|"
    r"(?:calendar|contract|licen[sc]e) (?:quarter|year)|purchas\w+|"
    r"(?:following|after|upon) (?:the )?(?:termination|expiration|expiry)|during (?:the|each) (?:\w+ )?(?:term|period))\b",
    re.IGNORECASE,
)
_AFTERMATH = re.compile(
    r"^[\s,'\u2019]{0,3}(?:following|after|from)\s+(?:the )?(?:effective date of )?(?:termination|expiration|expiry|end)\b",
    re.IGNORECASE,
)
_ORDINALS = dict(
    zip(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "fifteenth",
            "twentieth",
        ],
        (*range(1, 11), 15, 20),
        strict=True,
    )
)
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})\s{{0,3}}(?:\(\d{{1,2}}(?:st|nd|rd|th)?\))?|(?P<figure>\d{{1,2}})(?:st|nd|rd|th)|"
    r"\w+\s?\((?P<years>\d{1,2})\)[\s-]years?)\s{1,3}anniversary\b(?! of the expiration)",
    re.IGNORECASE,
)
_WHICHEVER = re.compile(r"\b(?:earlier|later|earliest|latest|sooner) (?:of|to occur)\b", re.IGNORECASE)
_MAY_END = re.compile(
    r"\b(?:may|can|could|entitled to|right to)\b[^.;]{0,40}\b(?:end|terminate|cancel|withdraw)\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|through|expir\w+|ends?|ending|terminat\w+|to)\b", re.IGNORECASE)
_PAY = re.compile(r"\b(?:pay|pays|paid|payable|payment|payments|invoices?|invoiced|due|net)\b", re.IGNORECASE)
_NET = re.compile(r"\bnet[\s-]{1,3}(?P<count>\d{1,3}|thirty|sixty|ninety|ten|fifteen|forty-five)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b(?:within|in|no later than|not later than|at the latest|up to|terms of|credit of|by)\s+(?:a period of\s+)?$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"^[\s'’]{0,3}(?:after|of|from|following|upon)\s+"
    r"((?:the |its |an? |each |such |our |your |their )?(?:date of (?:the |each |an? |such )?)?"
    r"(?:receipt|receiving|delivery|invoices?|request|demand|breach|notice|installation|acceptance|completion|signature|"
    r"signing|closing|termination|expiration|expiry|effective date|end|month|shipment|statement|order)\b[\w ’']{0,40})",
    re.IGNORECASE,
)
_EVENT_BEFORE = re.compile(
    r"\b(?:after|upon|on|following)\s+((?:receipt|delivery|acceptance|completion|signature|demand)\b[\w ’']{0,40})",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\b(?:(?:monthly|quarterly|annually|yearly|weekly)(?: in (?:advance|arrears))?|in (?:advance|arrears)|"
    r"(?:on|by) the \w{1,12}(?: (?:business |working )?day)? of (?:each|every) (?:\w{1,10} )?(?:month|quarter|year))\b",
    re.IGNORECASE,
)
_DUE = re.compile(r"\b(?:pay|pays|paid|payable|due|invoiced)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """A length of time: `count` units; `working` where the text says business or working days."""

    count: int
    unit: str
    working: bool

    @property
    def words(self) -> str:
        """As a reader writes it: "30 working days"."""
        return f"{self.count} {'working ' if self.working else ''}{self.unit}{'s' if self.count != 1 else ''}"

    @property
    def months(self) -> float:
        """About how many months it is, to tell a term from a grace period."""
        return self.count * {"day": 1 / 30, "week": 0.23, "month": 1.0, "year": 12.0}[self.unit]

    def after(self, day: date, back: bool = False) -> date:
        """The day this long after `day`, or before it."""
        return add_period(day, -self.count if back else self.count, self.unit)


@dataclass(frozen=True)
class Term:
    """What a sentence says of the agreement's length: `strong` where its subject is the agreement or its term.

    `until` where it speaks of an end; `tied` where its words tie the period to lasting.
    """

    period: Period | None
    until: bool
    strong: bool
    tied: bool


@dataclass(frozen=True)
class Payment:
    """When something is to be paid: a period or a schedule, and the event it waits for, if named."""

    words: str
    period: Period | None
    waits_for: str


def begins(quote: str) -> bool:
    """Whether the quote ties a date to the beginning of something, in an agreement's own words."""
    return bool(re.search(r"\bagreement\b|\bcontract\b|\bterm\b", quote[:2000], re.IGNORECASE)) and any(
        _BEGINS.search(quote[max(0, at.start - 80) : at.start]) for at in dates_in(quote[:2000])
    )


def term_of(quote: str) -> Term | None:
    """What a sentence says of the length or the end of the agreement; None where it speaks of something else."""
    if _MAY_END.search(quote):
        return None
    period, place = None, -1
    for found in _PERIOD.finditer(quote):
        asked = _read(found)
        after = quote[found.end() : found.end() + 60]
        if asked is None or _NOT_A_TERM.search(after) or _AFTERMATH.search(after):
            continue
        tied = bool(_LASTS.search(quote[max(0, found.start() - 120) : found.start()]))
        if period is None or tied:
            period, place = asked, found.start()
        if tied:
            break
    if period is None and (day := _ANNIVERSARY.search(quote)) and not _WHICHEVER.search(quote[: day.start()]):
        years = _ORDINALS[day["word"].lower()] if day["word"] else int(day["figure"] or day["years"])
        period, place = (Period(years, "year", False), day.start()) if years else (None, -1)
    dates = dates_in(quote)
    if place < 0:
        place = dates[-1].start if dates else -1
    if place < 0 or _ELSE.search(quote[max(0, place - 400) : place]):
        return None
    lead = quote[max(0, place - 260) : place]
    named = list(_AGREEMENT.finditer(lead))
    strong = any(_RUNS.search(lead, found.end()) for found in named)
    return Term(period, bool(_UNTIL.search(quote)), strong, bool(_LASTS.search(lead[-120:])))


def notice_period(quote: str) -> Period | None:
    """The period nearest before "before", "prior" or "in advance", else the first."""
    edge = re.search(r"\b(before|prior|in advance|preceding)\b", quote, re.IGNORECASE)
    found = list(_PERIOD.finditer(quote))
    near = [item for item in found if edge is None or item.end() <= edge.start()]
    return _read((near or found)[-1 if near and edge else 0]) if found else None


def payment(quote: str) -> Payment | None:
    """When a sentence says that something is to be paid; None where it does not say."""
    if not _PAY.search(quote):
        return None
    net = _NET.search(quote)
    if net:
        count = int(net["count"]) if net["count"].isdigit() else number_of(net["count"]) or 0
        period = Period(count, "day", False)
        return Payment(period.words, period, _event(quote, net.end()))
    for found in _PERIOD.finditer(quote):
        asked = _read(found)
        if asked is None:
            continue
        event = _EVENT.search(quote[found.end() : found.end() + 120])
        if event or _WITHIN.search(quote[max(0, found.start() - 40) : found.start()]):
            return Payment(asked.words, asked, _event(quote, found.end()))
    schedule = _SCHEDULE.search(quote)
    if schedule and _DUE.search(quote):
        return Payment(" ".join(schedule[0].lower().split()), None, "")
    return None


def chosen(at: FoundDate, reading: str, questions: list[str]) -> date | None:
    """The day a written date means; a question where it is none or reads two ways."""
    if not at.readings:
        questions.append(f"{at.written!r} is no day of the calendar; what is meant?")
        return None
    if len(at.readings) == 1:
        return at.readings[0]
    if reading == "ask":
        first, second = at.readings
        questions.append(f"Is {at.written!r} {first.isoformat()} (day first) or {second.isoformat()} (month first)?")
        return None
    return at.readings[0] if reading == "day_first" else at.readings[1]


def _event(quote: str, end: int) -> str:
    after = _EVENT.search(quote[end : end + 120])
    if after:
        return " ".join(after[1].split())
    before = _EVENT_BEFORE.search(quote)
    return " ".join(before[1].split()) if before else ""


def _read(found: re.Match[str]) -> Period | None:
    written, figure = found["count"], found["figure"]
    count = int(figure) if figure else int(written) if written.isdigit() else number_of(written)
    if not count or count > 1200:
        return None
    return Period(count, found["unit"].lower(), bool(found["working"]))
