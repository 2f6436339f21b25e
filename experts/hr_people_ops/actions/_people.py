"""People of a plan from rows of positions: facts, cost of a role, hiring plan, organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import Field

from experts.core.contract import Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day, NonNegativeMoney, Rate, Share
from experts.core.worksheet import Worksheet
from experts.hr_people_ops.tools.draw_org_chart import OrgChart, Post, draw_org_chart
from experts.hr_people_ops.tools.price_payroll import PaidRole, price_payroll
from experts.hr_people_ops.tools.price_roles import PricedRole, price_roles

MOST_PEOPLE = 1500


class PersonFacts(Model):
    """A position to fill: its role, any day of its start month, and the position it reports to.

    `moves`: later if the opening is later; `deferrable`: may start later if money is short.
    """

    role: Text
    start: Day
    reports_to: Text | None = None
    moves: bool = True
    deferrable: bool = False


class RoleFacts(Model):
    """What a position of this role costs. `on_cost_rate` is the employer's charges over salary."""

    label: Text | None = None
    salary: NonNegativeMoney
    on_cost_rate: Rate | None = None
    benefits: NonNegativeMoney | None = None
    hiring_cost: NonNegativeMoney | None = None


class PayrollFacts(Model):
    """Where payroll is run: US or US-OH brings federal payroll taxes of `year`; others give on_cost_rate by role."""

    jurisdiction: Text | None = None
    year: int | None = None
    state_unemployment_rate: Share | None = None
    state_unemployment_base: NonNegativeMoney | None = None
    other_rates: dict[Key, Share] = Field({}, max_length=20)


@dataclass(frozen=True)
class RolePriced:
    """A role's cost a year, where it comes from, and whether the workbook can follow it."""

    annual_cost: Decimal
    ref: str
    by_rate: bool


def price(
    sheet: Worksheet, roles: Mapping[str, RoleFacts], payroll: PayrollFacts, currency: str
) -> tuple[dict[str, RolePriced], list[str]]:
    """Cost a year of every role, with the warnings of payroll; records `prices` and `payroll`."""
    rated = {key: role for key, role in roles.items() if role.on_cost_rate is not None}
    found: dict[str, RolePriced] = {}
    warnings: list[str] = []
    if rated:
        prices = sheet.run(
            "prices",
            {f"roles.*.{name}": f"fact:roles.*.{name}" for name in ("salary", "on_cost_rate", "benefits")},
            price_roles,
            roles={
                key: PricedRole.model_validate(
                    {
                        name: value
                        for name in ("salary", "on_cost_rate", "benefits")
                        if (value := getattr(role, name)) is not None
                    }
                )
                for key, role in rated.items()
            },
            currency=currency,
        )
        for key in rated:
            ref = f"working:prices#roles.{key}.annual_cost"
            found[key] = RolePriced(prices.roles[key].annual_cost, ref, True)
    taxed = {key: role for key, role in roles.items() if key not in rated}
    for key in taxed:
        _payroll_known(key, payroll, currency)
    if taxed and payroll.jurisdiction is not None and payroll.year is not None:
        try:
            paid = sheet.run(
                "payroll",
                {
                    "roles.*.salary": "fact:roles.*.salary",
                    "roles.*.benefits": "fact:roles.*.benefits",
                    "other_rates.*": "fact:payroll.other_rates.*",
                    "state_unemployment_rate": "fact:payroll.state_unemployment_rate",
                    "state_unemployment_base": "fact:payroll.state_unemployment_base",
                },
                price_payroll,
                roles={key: PaidRole(salary=role.salary, benefits=role.benefits) for key, role in taxed.items()},
                year=payroll.year,
                jurisdiction=payroll.jurisdiction,
                state_unemployment_rate=payroll.state_unemployment_rate,
                state_unemployment_base=payroll.state_unemployment_base,
                other_rates=dict(payroll.other_rates) or None,
            )
        except InvalidInput as error:
            if not error.field.startswith("roles."):
                error.field = f"payroll.{error.field}"
            raise
        for key in taxed:
            found[key] = RolePriced(paid.roles[key].annual_cost, f"working:payroll#roles.{key}.annual_cost", False)
        warnings += paid.warnings
    return found, warnings


def _payroll_known(key: str, payroll: PayrollFacts, currency: str) -> None:
    where = (payroll.jurisdiction or "").upper()
    if not where.startswith("US") or payroll.year is None:
        raise InvalidInput(
            f"role {key!r} has no on_cost_rate, and payroll names no United States jurisdiction and year from which it "
            f"could be worked out; give roles.{key}.on_cost_rate, for example 0.22",
            field=f"roles.{key}.on_cost_rate",
        )
    if currency != "USD":
        raise InvalidInput(
            f"role {key!r} has no on_cost_rate, and United States payroll taxes are in USD while the plan is in "
            f"{currency}; give roles.{key}.on_cost_rate",
            field=f"roles.{key}.on_cost_rate",
        )


def check_people(people: Mapping[str, PersonFacts], roles: Mapping[str, RoleFacts]) -> None:
    """Refuse positions of unknown roles or that report to nobody known."""
    for key, person in people.items():
        if person.role not in roles:
            raise InvalidInput(
                f"people.{key} has the role {person.role!r}, which has no row in roles{did_you_mean(person.role, roles)}",
                field=f"people.{key}.role",
                seen=person.role,
            )
        if person.reports_to is not None and person.reports_to not in people:
            raise InvalidInput(
                f"people.{key} reports to {person.reports_to!r}, which is no position{did_you_mean(person.reports_to, people)}",
                field=f"people.{key}.reports_to",
                seen=person.reports_to,
            )


def role_label(roles: Mapping[str, RoleFacts], key: str) -> str:
    """A role's name as people read it."""
    return title_of(key, roles[key].label)


def posts_of(
    people: Mapping[str, PersonFacts], roles: Mapping[str, RoleFacts], priced: Mapping[str, RolePriced]
) -> dict[str, Post]:
    """The positions as an organisation."""
    return {
        key: Post(
            title=role_label(roles, person.role)[:120],
            reports_to=person.reports_to,
            cost=priced[person.role].annual_cost,
        )
        for key, person in people.items()
    }


def organisation(
    sheet: Worksheet,
    people: Mapping[str, PersonFacts],
    roles: Mapping[str, RoleFacts],
    priced: Mapping[str, RolePriced],
    currency: str,
) -> tuple[OrgChart | None, str]:
    """Layers and spans, or why there are none: more than one position reports to nobody. Refuses a circle."""
    heads = [key for key, person in people.items() if person.reports_to is None]
    if len(heads) > 1:
        return None, (
            "The brief does not say who reports to whom, so there is no org chart."
            if len(heads) == len(people)
            else "More than one position reports to nobody, so there is no single org chart."
        )
    try:
        return sheet.run(
            "organisation",
            {f"positions.{key}.cost": priced[person.role].ref for key, person in people.items()},
            draw_org_chart,
            positions=posts_of(people, roles, priced),
            currency=currency,
        ), ""
    except InvalidInput as error:
        error.field = error.field.replace("positions.", "people.", 1)
        raise


def grouped_posts(people: Mapping[str, PersonFacts], roles: Mapping[str, RoleFacts]) -> dict[str, Post]:
    """The organisation with people of one role under one manager drawn as one box ("Technician × 12")."""
    managers = {person.reports_to for person in people.values()}
    posts: dict[str, Post] = {}
    groups: dict[tuple[str, str], list[str]] = {}
    for key, person in people.items():
        if key in managers or person.reports_to is None:
            posts[key] = Post(title=role_label(roles, person.role)[:120], reports_to=person.reports_to)
        else:
            groups.setdefault((person.reports_to, person.role), []).append(key)
    for (boss, role), members in groups.items():
        label = role_label(roles, role)[:100]
        posts[members[0]] = Post(title=label if len(members) == 1 else f"{label} × {len(members)}", reports_to=boss)
    return posts


def month_of(day: date) -> str:
    """ "2028-03"."""
    return f"{day.year:04d}-{day.month:02d}"
