"""Takes dates, periods and sums out of a contract and turns them into a calendar.

Conventions: a term of N months or years that begins on day D ends on the day before D's anniversary; notice of
N days against renewal is given at the latest N days before the last day of the term; both are the earlier, safer
readings. Periods that run from an event ("30 days after receipt of invoice") are listed with the event they wait
for. A numeric date that can be read day first or month first is asked, not guessed.

Limits: found by pattern in English text; a sentence worded otherwise is missed, so absence is not clearance.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day
from experts.legal_consultant.tools._clauses import spot
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._numbers import NUMBER_WORD, FoundDate, add_period, dates_in, number_of
from experts.legal_consultant.tools._text import LONGEST, Sentence, readable, sentences

Kind = Literal["effective", "term_end", "renewal_notice", "renewal", "payment", "notice", "cap", "other_date"]
_PERIOD = re.compile(
    rf"\b((?:(?:{NUMBER_WORD})[\s-]+)*(?:{NUMBER_WORD})|\d{{1,4}})\s*(?:\((\d+)\))?[\s-]*(?:calendar |consecutive |full |further )?"
    r"(business |working )?(day|week|month|year)s?\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:[$£€]|USD|EUR|GBP|CHF)\s?\d[\d,.]*(?:\s?(?:million|m|k|thousand))?|\d[\d,.]*\s?(?:dollars|euros?|pounds)", re.I
)
_PAY = re.compile(r"\b(pay|pays|paid|payable|payment|invoices?|due)\b")
_EVENT = re.compile(
    r"(?:after|of|from|following)\s+((?:the\s+)?(?:date of\s+)?(?:receipt|delivery|invoice|the invoice|request|breach|notice|installation|acceptance)[\w ]{0,40})"
)


class Obligation(Model):
    """One duty or date: text[start:end] is the quote; `date` is missing where an event must come first."""

    kind: Kind
    date: Day | None = None
    period: str = ""
    waits_for: str = ""
    amount: str = ""
    basis: str
    quote: str
    start: int
    end: int


class ContractDates(Legal):
    """Obligations by date, and questions that must be answered before a date can be set."""

    obligations: list[Obligation]
    questions: list[str]


def extract_contract_dates(
    text: Annotated[str, Field(max_length=LONGEST)],
    as_of: Day,
    effective: Annotated[Day | None, Field(description="If the text leaves it open.")] = None,
    numeric_dates: Annotated[
        Literal["ask", "day_first", "month_first"], Field(description="How 03/04/2026 reads.")
    ] = "ask",
) -> ContractDates:
    """Turn a contract's dates, terms, notice and payment periods and caps into dated obligations.

    Use when deadlines of a contract go into a calendar (make_document gives .ics). It does not guess ambiguous dates.
    """
    readable(text)
    found = [item for item in spot(text) if not item.negated]
    by_label: dict[str, list[Sentence]] = {}
    for item in found:
        by_label.setdefault(item.label, []).append(item.sentence)
    questions: list[str] = []
    obligations: list[Obligation] = []
    used: set[tuple[int, int]] = set()

    def dated(kind: Kind, sentence: Sentence, day: date, basis: str, period: str = "") -> None:
        obligations.append(_made(kind, sentence, basis, day=day, period=period))

    def resolved(sentence: Sentence) -> list[date]:
        days = []
        for at in dates_in(sentence.quote):
            used.add((sentence.start + at.start, sentence.start + at.end))
            day = _chosen(at, numeric_dates, questions)
            if day:
                days.append(day)
        return days

    start = effective
    for sentence in by_label.get("effective_date", []) + by_label.get("agreement_date", []):
        days = resolved(sentence)
        if days and start is None:
            start = days[0]
        if days and sentence in by_label.get("effective_date", []):
            dated("effective", sentence, days[0], "date in the text")
    end = None
    for sentence in by_label.get("expiration_date", []):
        days, period = resolved(sentence), _period(sentence)
        later = [day for day in days if start is None or day > start]
        if later:
            end = later[-1]
            dated("term_end", sentence, end, "date in the text")
        elif period and start:
            count, unit, words, _ = period
            end = add_period(start, count, unit) - timedelta(days=1)
            dated("term_end", sentence, end, f"{words} from {start}; the day before the anniversary", words)
        elif period:
            questions.append(f"From which day does the term of {period[2]} run? No effective date was found.")
    for sentence in by_label.get("notice_period_to_terminate_renewal", []):
        period = _notice_period(sentence)
        if not period:
            questions.append(f"How long is the notice against renewal in {_short(sentence)!r}?")
        elif end:
            count, unit, words, working = period
            dated("renewal_notice", sentence, add_period(end, -count, unit), f"{words} before {end}", words)
            if working:
                questions.append(
                    f"{words} before the end counts working days of which place? Calendar days were taken."
                )
        else:
            questions.append(f"When does the term end? Notice against renewal is due {period[2]} before.")
    for sentence in by_label.get("renewal_term", []):
        if end:
            dated("renewal", sentence, end + timedelta(days=1), "the day after the term ends")
    obligations += _running(text, by_label)
    obligations += _other_dates(text, used, numeric_dates, questions)
    for sentence in by_label.get("cap_on_liability", []):
        sums = _SUM.findall(sentence.quote)
        obligations.append(_made("cap", sentence, "as written", amount=", ".join(sums)))
    past = [item for item in obligations if item.date and item.date < as_of and item.kind == "renewal_notice"]
    return ContractDates(
        jurisdiction="as the contract says; days are counted by the stated convention",
        as_of=as_of,
        sources=["The contract's text", "reference://clause_patterns"],
        escalate=bool(past),
        escalation_reason="The last day for notice against renewal has passed." if past else "",
        method="Dates by pattern; term end = start + term - 1 day; notice = term end - notice period.",
        assumptions=["Calendar days; months by the calendar, a shorter month ends on its last day."],
        warnings=["Dates in wording the patterns do not know are missed; read the contract beside this list."],
        obligations=sorted(obligations, key=lambda item: (item.date or date.max, item.start))[:200],
        questions=list(dict.fromkeys(questions)),
    )


def _running(text: str, by_label: dict[str, list[Sentence]]) -> list[Obligation]:
    """Payment periods and notice periods that wait for an event."""
    made = []
    convenience = {item.start for item in by_label.get("termination_for_convenience", [])}
    for sentence in sentences(text):
        period = _period(sentence)
        if not period:
            continue
        event = _EVENT.search(sentence.plain)
        if _PAY.search(sentence.plain) and event:
            waits = event[1].strip()
            amount = ", ".join(_SUM.findall(sentence.quote))
            made.append(_made("payment", sentence, "runs from an event", period=period[2], waits=waits, amount=amount))
        elif sentence.start in convenience:
            made.append(_made("notice", sentence, "runs from notice", period=period[2], waits="notice of termination"))
    return made


def _other_dates(text: str, used: set[tuple[int, int]], reading: str, questions: list[str]) -> list[Obligation]:
    made = []
    for sentence in sentences(text):
        for at in dates_in(sentence.quote):
            if (sentence.start + at.start, sentence.start + at.end) not in used:
                day = _chosen(at, reading, questions)
                if day:
                    made.append(_made("other_date", sentence, "date in the text", day=day))
    return made


def _chosen(at: FoundDate, reading: str, questions: list[str]) -> date | None:
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


def _period(sentence: Sentence) -> tuple[int, str, str, bool] | None:
    found = _PERIOD.search(sentence.quote)
    return _read(found) if found else None


def _notice_period(sentence: Sentence) -> tuple[int, str, str, bool] | None:
    """The period nearest before "before", "prior" or "in advance", else the first."""
    edge = re.search(r"\b(before|prior|in advance|preceding)\b", sentence.quote, re.IGNORECASE)
    periods = [found for found in _PERIOD.finditer(sentence.quote) if edge is None or found.end() <= edge.start()]
    return _read(periods[-1]) if periods else _period(sentence)


def _read(found: re.Match[str]) -> tuple[int, str, str, bool] | None:
    count = int(found[2]) if found[2] else int(found[1]) if found[1].isdigit() else number_of(found[1])
    if not count or count > 1200:
        return None
    unit = found[4].lower()
    working = bool(found[3])
    words = f"{count} {'working ' if working else ''}{unit}{'s' if count != 1 else ''}"
    return count, unit, words, working


def _made(
    kind: Kind,
    sentence: Sentence,
    basis: str,
    *,
    day: date | None = None,
    period: str = "",
    waits: str = "",
    amount: str = "",
) -> Obligation:
    return Obligation(
        kind=kind,
        date=day,
        period=period,
        waits_for=waits,
        amount=amount,
        basis=basis,
        quote=sentence.quote,
        start=sentence.start,
        end=sentence.end,
    )


def _short(sentence: Sentence) -> str:
    line = " ".join(sentence.quote.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
