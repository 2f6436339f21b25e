"""Takes dates, periods and sums out of a contract and turns them into a calendar.

Conventions: a term of N months or years that begins on day D ends on the day before D's anniversary; notice of
N days against renewal is given at the latest N days before the last day of the term; both are the earlier, safer
readings. Where the text gives two ends, the earlier one counts and the other is asked about. Periods that run from an
event ("30 days after receipt of invoice") are listed with the event they wait for; where the text names no event, it
is asked. A numeric date that can be read day first or month first is asked, not guessed.

Limits: found by pattern in English text; a sentence worded otherwise is missed, so absence is not clearance. Of 68 real
contracts (CUAD v1, not read when the rules were written) whose last day the data set gives, it found 46 within a day and
3 wrongly; for 4 it asked which of several days holds, for 15 it found none (tests/experts/legal_consultant/measure_cuad.py).
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day
from experts.legal_consultant.tools._clauses import spot
from experts.legal_consultant.tools._legal import Legal
from experts.legal_consultant.tools._numbers import dates_in
from experts.legal_consultant.tools._periods import (
    Period,
    Term,
    begins,
    chosen,
    notice_period,
    payment,
    term_of,
)
from experts.legal_consultant.tools._text import LONGEST, Sentence, oddities, readable, sentences

Kind = Literal["effective", "term_end", "renewal_notice", "renewal", "payment", "notice", "cap", "other_date"]
_MOST = 200
_SHORTEST_TERM = 3
"""Months: a shorter period that no sentence ties to the agreement is more likely one of grace or notice."""
_LONGEST_QUOTE = 1000
_SUM = re.compile(
    r"(?:[$£€]|USD|EUR|GBP|CHF)\s?\d[\d,.]{0,20}(?:\s?(?:million|m|k|thousand))?|\d[\d,.]{0,20}\s?(?:dollars|euros?|pounds)",
    re.I,
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


@dataclass
class _Reading:
    """What has been found so far; `start` and `end` are the term's first and last day.

    `signed` where the only first day is that of the agreement itself.
    """

    reading: str
    start: date | None
    end: date | None = None
    signed: bool = False
    obligations: list[Obligation] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)

    def add(self, kind: Kind, sentence: Sentence, basis: str, day: date | None = None, **more: str) -> None:
        start, end = sentence.start, sentence.end
        quote = sentence.quote
        if len(quote) > _LONGEST_QUOTE:
            quote, end = quote[:_LONGEST_QUOTE], start + _LONGEST_QUOTE
        self.obligations.append(Obligation(kind=kind, date=day, basis=basis, quote=quote, start=start, end=end, **more))

    def days(self, sentence: Sentence) -> list[date]:
        found = []
        for at in dates_in(sentence.quote):
            self.used.add((sentence.start + at.start, sentence.start + at.end))
            day = chosen(at, self.reading, self.questions)
            if day:
                found.append(day)
        return found


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
    by_label: dict[str, list[Sentence]] = {}
    for item in spot(text):
        if not item.negated:
            by_label.setdefault(item.label, []).append(item.sentence)
    found = _Reading(numeric_dates, effective)
    _start(found, text, by_label, effective)
    _term(found, by_label)
    _renewal(found, by_label)
    _running(found, text, by_label)
    _other_dates(found, text)
    for sentence in by_label.get("cap_on_liability", []):
        found.add("cap", sentence, "as written", amount=", ".join(_SUM.findall(sentence.quote)[:20]))
    past = [item for item in found.obligations if item.date and item.date < as_of and item.kind == "renewal_notice"]
    listed = sorted(found.obligations, key=lambda item: (item.date or date.max, item.start))
    questions = list(dict.fromkeys(found.questions))
    warnings = ["Dates in wording the patterns do not know are missed; read the contract beside this list."]
    if found.end is None:
        warnings.append("No end of the agreement was found or chosen; look for it in the text.")
    if len(listed) > _MOST or len(questions) > _MOST:
        warnings.append(f"Only the first {_MOST} of {len(listed)} dates and of {len(questions)} questions are listed.")
    return ContractDates(
        jurisdiction="as the contract says; days are counted by the stated convention",
        as_of=as_of,
        sources=["The contract's text", "reference://clause_patterns"],
        escalate=bool(past),
        escalation_reason="The last day for notice against renewal has passed." if past else "",
        method="Dates by pattern; term end = start + term - 1 day; notice = term end - notice period.",
        assumptions=["Calendar days; months by the calendar, a shorter month ends on its last day."],
        warnings=[*warnings, *oddities(text)],
        obligations=listed[:_MOST],
        questions=questions[:_MOST],
    )


def _start(found: _Reading, text: str, by_label: dict[str, list[Sentence]], given: date | None) -> None:
    if not by_label.get("effective_date"):
        # The label's patterns want "effective as of" and the like; "is effective 1 March" says it, too.
        plainly = [s for s in sentences(text) if begins(s.quote)][:5]
        by_label["effective_date"] = plainly
    effective = {sentence.start for sentence in by_label.get("effective_date", [])}
    for sentence in _each(by_label, "effective_date", "agreement_date"):
        days = found.days(sentence)
        if not days:
            continue
        if given is not None and days[0] != given and sentence.start in effective:
            found.questions.append(f"The text says {days[0]} and the argument effective {given}; which one holds?")
        if found.start is None:
            found.start, found.signed = days[0], sentence.start not in effective
        if sentence.start in effective:
            found.add("effective", sentence, "date in the text", days[0])


def _term(found: _Reading, by_label: dict[str, list[Sentence]]) -> None:
    """The end of the term; the sentence that gives the first day often gives the term, too.

    Sentences whose subject is the agreement or its term go first; the patterns' label alone is often wrong.
    """
    initial = [s for s in by_label.get("renewal_term", []) if "initial" in s.plain]
    labelled = [(s, t) for s in _each(by_label, "expiration_date") if (t := term_of(s.quote))]
    others = [
        (s, t) for s in [*_each(by_label, "effective_date", "agreement_date"), *initial] if (t := term_of(s.quote))
    ]
    told = [(s, t) for s, t in labelled if t.strong]
    told = told or [(s, t) for s, t in others if (t.tied and t.period) or t.until]
    plain = not told
    told = told or [(s, t) for s, t in labelled if t.period is None or t.period.months >= _SHORTEST_TERM]
    ends = [(s, end) for s, t in told if (end := _end(found, s, t))]
    days = sorted({end for _, end in ends})
    if len(days) > 1:
        shown = " and ".join(str(day) for day in days[:5])
        counted = "None was counted." if plain else "The earliest was counted."
        found.questions.append(f"The text gives several ends, {shown}: which is the term's? {counted}")
    found.end = None if not days or (plain and len(days) > 1) else days[0]


def _end(found: _Reading, sentence: Sentence, term: Term) -> date | None:
    later = [day for day in found.days(sentence) if found.start is None or day > found.start]
    if later and (term.until or term.period is None):
        found.add("term_end", sentence, "date in the text", later[-1])
        return later[-1]
    period = term.period
    if period is None:
        return None
    if found.start is None:
        found.questions.append(f"From which day does the term of {period.words} run? No effective date was found.")
        return None
    end = _moved(found, found.start, period, -1)
    if end:
        basis = f"{period.words} from {found.start}; the day before the anniversary"
        found.add("term_end", sentence, basis, end, period=period.words)
        if found.signed:
            found.questions.append(
                f"The term was counted from the agreement's own date, {found.start}: is it the first?"
            )
    return end


def _renewal(found: _Reading, by_label: dict[str, list[Sentence]]) -> None:
    for sentence in _each(by_label, "notice_period_to_terminate_renewal"):
        period = notice_period(sentence.quote)
        if period is None:
            found.questions.append(f"How long is the notice against renewal in {_short(sentence)!r}?")
        elif found.end is None:
            found.questions.append(f"When does the term end? Notice against renewal is due {period.words} before.")
        else:
            day = _moved(found, found.end, period, 0, back=True)
            if day:
                basis = f"{period.words} before {found.end}"
                found.add("renewal_notice", sentence, basis, day, period=period.words)
            if period.working:
                found.questions.append(
                    f"{period.words} before the end counts working days of which place? Calendar days were taken."
                )
    for sentence in _each(by_label, "renewal_term"):
        if found.end and found.end < date.max:
            found.add("renewal", sentence, "the day after the term ends", found.end + timedelta(days=1))


def _running(found: _Reading, text: str, by_label: dict[str, list[Sentence]]) -> None:
    """Payment periods, and notice periods that wait for an event."""
    convenience = {item.start for item in by_label.get("termination_for_convenience", [])}
    for sentence in sentences(text):
        if sentence.start in convenience and (period := notice_period(sentence.quote)):
            found.add("notice", sentence, "runs from notice", period=period.words, waits_for="notice of termination")
            continue
        due = payment(sentence.quote)
        if due is None:
            continue
        amount = ", ".join(_SUM.findall(sentence.quote)[:20])
        if due.period and found.start and "effective date" in due.waits_for.lower():
            day = _moved(found, found.start, due.period, 0)
            found.add("payment", sentence, f"{due.words} from {found.start}", day, period=due.words, amount=amount)
            continue
        basis = "runs from an event" if due.waits_for else "as written" if due.period is None else "event not named"
        found.add("payment", sentence, basis, period=due.words, waits_for=due.waits_for, amount=amount)
        if due.period and not due.waits_for:
            found.questions.append(f"From which event do the {due.words} run in {_short(sentence)!r}?")


def _other_dates(found: _Reading, text: str) -> None:
    for sentence in sentences(text):
        for at in dates_in(sentence.quote):
            if (sentence.start + at.start, sentence.start + at.end) not in found.used:
                day = chosen(at, found.reading, found.questions)
                if day and len(found.obligations) <= 50 * _MOST:
                    # The date's own words when it stands deep inside a long sentence.
                    begin = 0 if at.end <= _LONGEST_QUOTE else at.start
                    place = sentence.start + begin
                    cut = sentence.quote[begin : begin + _LONGEST_QUOTE]
                    part = Sentence(place, place + len(cut), cut, sentence.plain, sentence.heading, sentence.title)
                    found.add("other_date", part, "date in the text", day)


def _each(by_label: dict[str, list[Sentence]], *labels: str) -> list[Sentence]:
    """The sentences of the labels, each once."""
    return list({item.start: item for label in labels for item in by_label.get(label, [])}.values())


def _moved(found: _Reading, day: date, period: Period, days: int, back: bool = False) -> date | None:
    try:
        return period.after(day, back) + timedelta(days=days)
    except (InvalidInput, OverflowError):
        found.questions.append(f"{period.words} from {day} leave the calendar; is the date right?")
        return None


def _short(sentence: Sentence) -> str:
    line = " ".join(sentence.quote[:400].split())
    return line if len(line) <= 120 else f"{line[:119]}…"
