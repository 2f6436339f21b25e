"""Holds facts against the tests of US business forms and sets them side by side.

S corporation, IRC 1361(b): a domestic corporation with at most 100 shareholders, who are individuals, estates, certain
trusts or 501(c)(3) organisations, none a non-resident alien, and one class of stock; not an ineligible corporation. The
election is due on the 15th day of the third month of the tax year (IRC 1362(b)(1)(B); Form 2553 counts two months and
15 days from its first day). Delaware's yearly minimum: reference://us_entities.

Limits: federal tax and Delaware only; no recommendation, since the choice turns on more than these facts.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.quantities import Day, NonNegativeMoney
from experts.legal_consultant.tools._legal import Legal, caution, citation, values
from experts.legal_consultant.tools._numbers import add_months

Answer = Literal["yes", "no", "needs_facts"]


class EntityTest(Model):
    """One eligibility test."""

    test: str
    answer: Answer
    source: str


class Entity(Model):
    """One form."""

    name: str
    eligible: Answer
    tests: list[EntityTest]
    liability: str
    tax: str
    formalities: str
    equity: str
    delaware_minimum_usd: NonNegativeMoney | None = None
    source: str


class EntityMatrix(Legal):
    """The forms side by side; `election_due` is for an S election from tax_year_start."""

    entities: dict[str, Entity]
    missing: list[str]
    election_due: Day | None = None


def compare_entity_types(
    owners: Annotated[int, Field(ge=1, le=1_000_000)],
    as_of: Day,
    nonresident_alien_owner: bool | None = None,
    entity_owner: Annotated[bool | None, Field(description="A company or partnership among the owners.")] = None,
    one_class_of_stock: bool | None = None,
    venture_capital: Annotated[bool | None, Field(description="Preferred stock to be sold.")] = None,
    tax_year_start: Annotated[Day | None, Field(description="For an S election.")] = None,
) -> EntityMatrix:
    """Compare US business forms by facts: who may use which, liability, tax, formalities, Delaware cost.

    Use when a company is formed or changed. It does not choose; it covers federal tax and Delaware only.
    """
    law = values("us_entities", as_of)
    several = _said(owners >= 2)
    s_tests = [
        _test("At most 100 shareholders", owners <= 100, "IRC 1361(b)(1)(A)"),
        _test("No company or partnership as shareholder", _not(entity_owner), "IRC 1361(b)(1)(B)"),
        _test("No non-resident alien as shareholder", _not(nonresident_alien_owner), "IRC 1361(b)(1)(C)"),
        _test("One class of stock", False if venture_capital else one_class_of_stock, "IRC 1361(b)(1)(D)"),
    ]
    tests = {
        "sole_proprietorship": [
            EntityTest(test="Exactly one owner", answer=_said(owners == 1), source="by its nature"),
            _test("The owner is a person, not a company", _not(entity_owner), "by its nature"),
        ],
        "general_partnership": [EntityTest(test="Two owners or more", answer=several, source="6 Del. C. 15-202")],
        "s_corporation": s_tests,
    }
    entities = {}
    for key, entry in law.items():
        own = tests.get(key, [])
        entities[key] = Entity(
            name=entry["name"],
            eligible=_all(own),
            tests=own,
            delaware_minimum_usd=Decimal(entry["delaware_annual"]) if "delaware_annual" in entry else None,
            source=entry["cite"],
            **{part: entry[part] for part in ("liability", "tax", "formalities", "equity")},
        )
    facts = {
        "entity_owner": entity_owner,
        "nonresident_alien_owner": nonresident_alien_owner,
        "one_class_of_stock": one_class_of_stock if not venture_capital else False,
    }
    missing = (
        [name for name, fact in facts.items() if fact is None] if entities["s_corporation"].eligible != "no" else []
    )
    due = add_months(tax_year_start, 2) + timedelta(days=14) if tax_year_start else None
    late = bool(due and as_of > due)
    return EntityMatrix(
        jurisdiction="US, US-DE",
        as_of=as_of,
        sources=[citation("us_entities", as_of)],
        escalate=True,
        escalation_reason="The choice needs a lawyer's and a tax adviser's view of the whole case.",
        method="Each form's statutory tests against the facts; S election due = start + 2 months + 14 days.",
        assumptions=["Owners who are people are US citizens or residents unless said otherwise."],
        warnings=(["Venture investors buy preferred stock, which is a second class."] if venture_capital else [])
        + (["The S election for this tax year is late; relief is in Rev. Proc. 2013-30."] if late else [])
        + ["Other states add fees and taxes of their own; they are not included."]
        + caution("us_entities"),
        entities=entities,
        missing=missing,
        election_due=due,
    )


def _test(test: str, fact: bool | None, source: str) -> EntityTest:
    return EntityTest(test=test, answer=_said(fact), source=source)


def _said(fact: bool | None) -> Answer:
    return "needs_facts" if fact is None else "yes" if fact else "no"


def _not(fact: bool | None) -> bool | None:
    return None if fact is None else not fact


def _all(tests: list[EntityTest]) -> Answer:
    answers = [test.answer for test in tests]
    return "no" if "no" in answers else "needs_facts" if "needs_facts" in answers else "yes"
