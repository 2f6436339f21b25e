"""How customers are won: a test of each channel, the best use of a month's money, and what a customer then costs."""

from decimal import Decimal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import few, title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import (
    Count,
    Days,
    Money,
    NonNegativeMoney,
    NonNegativeVolume,
    Rate,
    Ratio,
    Share,
    Volume,
)
from experts.core.worksheet import Worksheet
from experts.marketing_sales.actions._startup_channels import document_of, narrative_of, pictures_of
from experts.marketing_sales.tools.compute_customer_lifetime_value import LifetimeValue, compute_customer_lifetime_value
from experts.marketing_sales.tools.fill_channels import FilledChannel, FilledChannels, fill_channels
from experts.marketing_sales.tools.plan_channel_tests import ChannelTests, ProbedChannel, plan_channel_tests

KIND = "GoToMarket"
VERSION = 1
NEEDS = {"model": "BusinessModel", "plan": "FinancialPlan"}


class ChannelFacts(Model):
    """A channel: what a contact costs, the share that become customers, contacts a day in a test, customers a month at most."""

    label: Text | None = None
    contact: Text = "contact"
    contact_cost: NonNegativeMoney
    expected_rate: Share
    contacts_per_day: NonNegativeVolume
    most_customers: NonNegativeVolume


class Testing(Model):
    """How sure a test must be, and the money there is for all tests."""

    budget: NonNegativeMoney | None = None
    power: Share = Field(
        Decimal("0.8"),
        json_schema_extra={"reason": "four in five tests of a channel that works should show it, the usual choice"},
    )
    significance: Share = Field(
        Decimal("0.05"),
        json_schema_extra={
            "reason": "one in twenty tests of a channel that does not pay may still keep it, the usual choice"
        },
    )


class Brief(Model):
    currency: str
    channels: dict[Key, ChannelFacts] = Field(max_length=40)
    testing: Testing


class ModelView(Model):
    contribution: Money
    retention: Share
    most_to_pay: NonNegativeMoney


class PlanView(Model):
    marketing_per_month: NonNegativeMoney


class Inputs(Model):
    model: ModelView
    plan: PlanView


class Judgement(Model):
    discount_rate: Share = Field(
        Decimal("0.01"),
        json_schema_extra={
            "reason": "one percent a month for money that comes later, since young companies pay dearly for capital"
        },
    )
    only_proven: bool = Field(
        False,
        json_schema_extra={
            "reason": "channels that cannot pay at their expected rate are left out only if somebody asks for it"
        },
    )


class Channel(Model):
    """One channel: its test, and its part of a month's money."""

    label: str
    contact: str
    cost_per_customer: NonNegativeMoney
    needed_rate: Rate
    expected_rate: Share
    worth_it: bool
    affordable: bool
    contacts: Count | None = None
    keep_from: Count | None = None
    power: Rate | None = None
    test_cost: NonNegativeMoney | None = None
    test_days: Days | None = None
    spend: NonNegativeMoney
    customers: Volume
    order: Count
    most_customers: NonNegativeVolume


class Output(Model):
    """Going to market. `acquisition_cost` is the average of a month; `next_cost` what one customer more would cost."""

    channels: dict[Key, Channel]
    budget: NonNegativeMoney
    spend: NonNegativeMoney
    unspent: NonNegativeMoney
    customers: Volume
    most_customers: Volume
    acquisition_cost: Money
    next_cost: Money | None = None
    most_to_pay: NonNegativeMoney
    test_cost: NonNegativeMoney
    test_days: Days
    tested: Count
    lifetime_value: Money
    value_to_cost: Ratio | None = None
    payback_months: Count | None = None


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Size a test of every channel, spread a month's marketing money from the cheapest on, and average a customer's cost.

    Tests: one-sample, one-sided, exact rule. Filling the cheapest channel first wins the most customers. Lifetime value:
    margins at the end of each month, discounted. Raises InvalidInput for a rate of nothing or a free contact.
    """
    sheet = Worksheet()
    if not brief.channels:
        raise InvalidInput("there is no channel; name at least one with what a contact costs", field="channels")
    tests = _tests(sheet, brief, inputs)
    filled = _fill(sheet, brief, inputs, judgement, tests)
    value = _value(sheet, brief, inputs, judgement, filled)
    output = _output(brief, inputs, tests, filled, value)
    dear = [one.label for one in output.channels.values() if one.contacts is not None and not one.affordable]
    warnings = [
        *(
            [f"Too dear to test with the money for tests, so their rates stay a guess: {few(dear, 'others')}."]
            if dear
            else []
        ),
        *(said for said in tests.warnings if not said.startswith("Too dear")),
        *filled.warnings,
        *value.warnings,
    ]
    if filled.acquisition_cost > inputs.model.most_to_pay:
        warnings.append(
            "On average a customer costs more than may be paid for one: leave out the dearest channel or charge more."
        )
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output),
        warnings=warnings,
    )


GROUNDS = {
    **{f"channels.*.{name}": f"working:tests#channels.*.{name}" for name in ("cost_per_customer", "needed_rate")},
    **{f"channels.*.{name}": f"working:tests#channels.*.{name}" for name in ("contacts", "keep_from", "power")},
    "channels.*.test_cost": "working:tests#channels.*.cost",
    "channels.*.test_days": "working:tests#channels.*.days",
    "channels.*.expected_rate": "fact:channels.*.expected_rate",
    "channels.*.most_customers": "fact:channels.*.most_customers",
    **{f"channels.*.{name}": f"working:fill#channels.*.{name}" for name in ("spend", "customers", "order")},
    "budget": "plan#marketing_per_month",
    **{
        name: f"working:fill#{name}"
        for name in ("spend", "unspent", "customers", "most_customers", "acquisition_cost", "next_cost")
    },
    "most_to_pay": "model#most_to_pay",
    "test_cost": "working:tests#cost",
    "test_days": "working:tests#longest_days",
    "tested": "working:tests#tested",
    "lifetime_value": "working:value#value",
    "value_to_cost": "working:value#value_to_cost",
    "payback_months": "working:value#payback_periods",
}


def _tests(sheet: Worksheet, brief: Brief, inputs: Inputs) -> ChannelTests:
    return sheet.run(
        "tests",
        {
            **{
                f"channels.*.{name}": f"fact:channels.*.{name}"
                for name in ("contact_cost", "expected_rate", "contacts_per_day")
            },
            "most_to_pay": "model#most_to_pay",
            "power": "fact:testing.power",
            "significance": "fact:testing.significance",
            "budget": "fact:testing.budget",
        },
        plan_channel_tests,
        channels={
            key: ProbedChannel(**each.model_dump(include=set(ProbedChannel.model_fields)))
            for key, each in brief.channels.items()
        },
        most_to_pay=inputs.model.most_to_pay,
        currency=brief.currency,
        power=brief.testing.power,
        significance=brief.testing.significance,
        budget=brief.testing.budget,
    )


def _fill(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement, tests: ChannelTests) -> FilledChannels:
    kept = [key for key in brief.channels if tests.channels[key].worth_it or not judgement.only_proven]
    if not kept:
        raise InvalidInput(
            "no channel pays at its expected rate; allow more for a customer, or name other channels", field="channels"
        )
    return sheet.run(
        "fill",
        {
            "budget": "plan#marketing_per_month",
            "channels.*.cost_per_customer": "working:tests#channels.*.cost_per_customer",
            "channels.*.most_customers": "fact:channels.*.most_customers",
        },
        fill_channels,
        budget=inputs.plan.marketing_per_month,
        channels={
            key: FilledChannel(
                cost_per_customer=tests.channels[key].cost_per_customer,
                most_customers=brief.channels[key].most_customers,
            )
            for key in kept
        },
        currency=brief.currency,
    )


def _value(
    sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement, filled: FilledChannels
) -> LifetimeValue:
    margin = max(inputs.model.contribution, Decimal(0))
    return sheet.run(
        "value",
        {
            "margin": "model#contribution",
            "discount_rate": "judgement:discount_rate",
            "retention": "model#retention",
            "acquisition_cost": "working:fill#acquisition_cost",
        },
        compute_customer_lifetime_value,
        margin=margin,
        discount_rate=judgement.discount_rate,
        currency=brief.currency,
        retention=inputs.model.retention,
        timing="end",
        acquisition_cost=filled.acquisition_cost,
    )


def _output(brief: Brief, inputs: Inputs, tests: ChannelTests, filled: FilledChannels, value: LifetimeValue) -> Output:
    channels = {}
    for key, fact in brief.channels.items():
        test, share = tests.channels[key], filled.channels.get(key)
        if share is None:
            continue
        channels[key] = Channel(
            label=title_of(key, fact.label),
            contact=fact.contact,
            expected_rate=fact.expected_rate,
            most_customers=fact.most_customers,
            test_cost=test.cost,
            test_days=test.days,
            **test.model_dump(exclude={"cost", "days"}),
            **share.model_dump(),
        )
    return Output(
        channels=channels,
        budget=inputs.plan.marketing_per_month,
        **filled.model_dump(
            include={"spend", "unspent", "customers", "most_customers", "acquisition_cost", "next_cost"}
        ),
        most_to_pay=inputs.model.most_to_pay,
        test_cost=tests.cost,
        test_days=tests.longest_days,
        tested=tests.tested,
        lifetime_value=value.value,
        value_to_cost=value.value_to_cost,
        payback_months=value.payback_periods,
    )
