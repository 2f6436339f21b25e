"""Who owns the company after SAFEs, option pool and rounds, and whether the money agrees with the financial plan."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._startup_cap import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.tools.add_up_investments import Investment, Investments, add_up_investments
from experts.digital_business_think_tank.tools.model_cap_table import CapTable, Round, Safe, model_cap_table

KIND = "CapTable"
VERSION = 1
NEEDS = {"plan": "FinancialPlan"}


class Founder(Model):
    name: Text
    shares: Count


class Stock(Model):
    options: Count = Field(0, json_schema_extra={"reason": "no options were granted or promised"})
    pool: Count = Field(0, json_schema_extra={"reason": "no shares are reserved for a pool"})


class SafeFacts(Model):
    """A SAFE or note: amount, cap (post- or pre-money, as its paper says), discount, interest so far, side letter, day.

    `mfn`: it takes the best terms of those listed after it. `pro_rata`: it may buy its share of the first round.
    """

    label: Text | None = None
    amount: NonNegativeMoney
    cap: NonNegativeMoney | None = None
    discount: Share = Field(Decimal(0), json_schema_extra={"reason": "no discount is named in the SAFE's terms"})
    kind: Literal["post", "pre"] | None = None
    note_interest: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "a SAFE bears no interest; a note's must be given"}
    )
    mfn: bool = False
    pro_rata: bool = False
    received: Day


class RoundFacts(Model):
    """A priced round: valuation before the money, the money, the pool as a share of everything after it."""

    label: Text | None = None
    pre_money: NonNegativeMoney
    amount: NonNegativeMoney
    pool_after: Share = Field(Decimal(0), json_schema_extra={"reason": "no pool is asked for after the round"})
    received: Day


class Brief(Model):
    currency: str
    founders: dict[Key, Founder] = Field(max_length=20)
    stock: Stock
    safes: dict[Key, SafeFacts] = Field({}, max_length=30)
    rounds: dict[Key, RoundFacts] = Field({}, max_length=8)


class PlanView(Model):
    funding_need: NonNegativeMoney


class Inputs(Model):
    plan: PlanView


class Judgement(Model):
    """Nothing is left open here."""


class Holding(Model):
    """One holder after a stage."""

    holder: str
    kind: str
    shares: Count
    share: Share


class Stage(Model):
    """Ownership after one event."""

    label: str
    price: Ratio | None = None
    pre_money: Money | None = None
    raised: Money | None = None
    post_money: Money | None = None
    total_shares: Count
    founders_share: Share
    holdings: dict[Key, Holding]


class Conversion(Model):
    label: str
    basis: str
    price: Ratio
    shares: Count
    share_before_new_money: Share


class Output(Model):
    """The cap table. `unconverted`: what post-money SAFEs are promised while no round is planned."""

    stages: dict[Key, Stage]
    conversions: dict[Key, Conversion] = {}
    unconverted: dict[Key, Share] = {}
    founders_before: Share
    founders_after: Share
    safes_total: NonNegativeMoney
    rounds_total: NonNegativeMoney
    investor_money: Annotated[NonNegativeMoney, Field(json_schema_extra={"x-metric": "investor_money"})]
    funding_need: NonNegativeMoney


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Work out the cap table through SAFEs and rounds in the order in which their money comes.

    Conversion as in YC's Post-Money Safe User Guide. Raises InvalidInput for a SAFE whose paper does not say whether its
    cap is post- or pre-money, and for one that comes after the round in which SAFEs convert.
    """
    sheet = Worksheet()
    money = _money(sheet, brief)
    table = _table(sheet, brief, money)
    output, grounds = _output(brief, inputs, money, table)
    warnings = list(table.warnings)
    if not brief.safes and not brief.rounds:
        warnings.append("No SAFE and no round is planned, so ownership stays as it is.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(brief, output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, table),
        warnings=warnings,
    )


def _money(sheet: Worksheet, brief: Brief) -> Investments:
    return sheet.run(
        "money",
        {
            f"{table}.*.{name}": f"fact:{table}.*.{name}"
            for table in ("safes", "rounds")
            for name in ("amount", "received")
        },
        add_up_investments,
        safes={key: Investment(amount=each.amount, received=each.received) for key, each in brief.safes.items()},
        rounds={key: Investment(amount=each.amount, received=each.received) for key, each in brief.rounds.items()},
    )


def _table(sheet: Worksheet, brief: Brief, money: Investments) -> CapTable:
    names = [brief.founders[key].name for key in brief.founders]
    if len(set(names)) < len(names):
        raise InvalidInput("two founders have one name; tell them apart in `founders`", field="founders")
    return sheet.run(
        "table",
        {
            "founders.*": "fact:founders.*.shares",
            "options": "fact:stock.options",
            "pool": "fact:stock.pool",
            **{f"safes.*.{name}": f"fact:safes.*.{name}" for name in ("amount", "cap", "discount", "note_interest")},
            **{
                f"rounds.{n}.{name}": f"fact:rounds.{key}.{fact}"
                for n, key in enumerate(money.order)
                for name, fact in (("pre_money", "pre_money"), ("raised", "amount"), ("pool_after", "pool_after"))
            },
            **{f"rounds.{n}.pool_added": "working:money#no_shares" for n, _ in enumerate(money.order)},
        },
        model_cap_table,
        founders={key: each.shares for key, each in brief.founders.items()},
        currency=brief.currency,
        options=brief.stock.options,
        pool=brief.stock.pool,
        safes={
            key: Safe(
                amount=each.amount,
                cap=each.cap,
                discount=each.discount,
                kind=each.kind,
                note_interest=each.note_interest,
                mfn=each.mfn,
                pro_rata=each.pro_rata,
            )
            for key, each in brief.safes.items()
        },
        rounds=[
            Round(
                name=title_of(key, brief.rounds[key].label),
                pre_money=brief.rounds[key].pre_money,
                raised=brief.rounds[key].amount,
                pool_after=brief.rounds[key].pool_after,
            )
            for key in money.order
        ],
    )


def _output(brief: Brief, inputs: Inputs, money: Investments, table: CapTable) -> tuple[Output, dict[str, str]]:
    grounds = {
        "founders_before": "working:table#stages.0.founders_share",
        "founders_after": f"working:table#stages.{len(table.stages) - 1}.founders_share",
        "safes_total": "working:money#safes",
        "rounds_total": "working:money#rounds",
        "investor_money": "working:money#total",
        "funding_need": "plan#funding_need",
        "unconverted.*": "working:table#unconverted.*",
    }
    keys = ["start", *money.order]
    stages = {}
    for n, (key, stage) in enumerate(zip(keys, table.stages, strict=True)):
        at = f"working:table#stages.{n}"
        grounds |= {
            f"stages.{key}.{name}": f"{at}.{name}"
            for name in ("price", "pre_money", "raised", "post_money", "total_shares", "founders_share")
        }
        holdings = {}
        for h, holding in enumerate(stage.holdings):
            name, label = _holder(brief, money, holding.holder, holding.kind)
            holdings[name] = Holding(holder=label, kind=holding.kind, shares=holding.shares, share=holding.share)
            grounds |= {f"stages.{key}.holdings.{name}.{f}": f"{at}.holdings.{h}.{f}" for f in ("shares", "share")}
        stages[key] = Stage(
            label="Before financing" if key == "start" else title_of(key, brief.rounds[key].label),
            holdings=holdings,
            **stage.model_dump(include=set(Stage.model_fields) - {"holdings"}),
        )
    for n, one in enumerate(table.conversions):
        grounds |= {
            f"conversions.{one.safe}.{f}": f"working:table#conversions.{n}.{f}"
            for f in ("price", "shares", "share_before_new_money")
        }
    output = Output(
        stages=stages,
        conversions={
            one.safe: Conversion(
                label=title_of(one.safe, brief.safes[one.safe].label),
                **one.model_dump(include=set(Conversion.model_fields)),
            )
            for one in table.conversions
        },
        unconverted=table.unconverted,
        founders_before=table.stages[0].founders_share,
        founders_after=table.stages[-1].founders_share,
        safes_total=money.safes,
        rounds_total=money.rounds,
        investor_money=money.total,
        funding_need=inputs.plan.funding_need,
    )
    return output, grounds


def _holder(brief: Brief, money: Investments, holder: str, kind: str) -> tuple[str, str]:
    """A holder's key and label."""
    if kind == "founder":
        return holder, brief.founders[holder].name
    if kind == "safe":
        key = holder.removeprefix("SAFE ")
        return f"safe-{key}"[:60], title_of(key, brief.safes[key].label)
    if kind == "investor" and holder.startswith("SAFE "):
        key = holder.removeprefix("SAFE ").removesuffix(", pro rata")
        return f"pro-rata-{key}"[:60], f"{title_of(key, brief.safes[key].label)}, pro rata"
    if kind == "investor":
        key = next(k for k in money.order if holder == f"{title_of(k, brief.rounds[k].label)} investors")
        return f"round-{key}"[:60], f"{title_of(key, brief.rounds[key].label)} investors"
    return kind, holder
