"""Whether a technology pays: NPV by scenario, expected NPV, and what the right to stop after the pilot is worth."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_sources
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Rate, Share, Volume
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._adoption_case import document_of, narrative_of
from experts.finance_accountant.actions._adoption_pictures import pictures_of
from experts.finance_accountant.tools.evaluate_investment import Investment, evaluate_investment
from experts.finance_accountant.tools.value_staged_investment import (
    FlowRow,
    StagedInvestment,
    value_staged_investment,
)

KIND = "TechBusinessCase"
VERSION = 1
NEEDS = {"adoption": "AdoptionOption", "change": "ChangeImpact"}

Year = Annotated[int, Field(ge=0, le=2200)]


class CaseFacts(Model):
    """How the flows are valued. Flows up to the end of `gate_year` are committed before the pilot's result is known."""

    discount_rate: Rate
    gate_year: Year
    option: Key | None = None
    stop_cost: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "no cost of winding the pilot down was named"}
    )
    stop_value: NonNegativeMoney = Field(
        Decimal(0), json_schema_extra={"reason": "nothing is assumed to be sold if the project is stopped"}
    )


class CashFlowRow(Model):
    """One amount of one year; without a scenario it holds in every scenario. Costs are positive amounts too."""

    scenario: Key | None = None
    year: Year
    kind: Literal["investment", "running_cost", "benefit"]
    item: Text | None = None
    amount: NonNegativeMoney


class StateFacts(Model):
    """Posts that a state releases once everything is rolled out."""

    released_posts: NonNegativeVolume | None = None


class Brief(Model):
    """What the case is worked out from."""

    currency: str
    case: CaseFacts
    cash_flows: dict[Key, CashFlowRow] = Field(max_length=2000)
    states: dict[Key, StateFacts] = {}


class StateView(Model):
    label: str
    probability: Share


class SignalView(Model):
    label: str
    chances: dict[Key, Share]


class OptionView(Model):
    label: str
    emv: Money


class AdoptionView(Model):
    currency: str
    states: dict[Key, StateView]
    signals: dict[Key, SignalView] = {}
    options: dict[Key, OptionView]


class ChangeView(Model):
    """What training costs, fed back by the people's plan."""

    training_before_gate: NonNegativeMoney
    training_after_gate: NonNegativeMoney


class Inputs(Model):
    adoption: AdoptionView
    change: ChangeView | None = None


class Judgement(Model):
    swing: Share = Field(
        Decimal("0.10"),
        json_schema_extra={"reason": "a tenth down and up shows which driver moves the case most"},
    )


class YearCase(Model):
    """One year of one scenario; `net` = benefit - investment - running cost - training."""

    investment: Money
    running_cost: Money
    training: Money
    benefit: Money
    net: Money


class ScenarioCase(Model):
    """One scenario carried out to the end; present values before and after the gate add up to the NPV."""

    label: str
    probability: Share
    years: dict[Key, YearCase]
    npv: Money
    before_gate: Money
    after_gate: Money
    irr: Rate | None = None
    payback_years: Volume | None = None


class GateCase(Model):
    """One result of the pilot: what going on and stopping are then worth, in money of today."""

    label: str
    probability: Share
    continue_value: Money
    stop_value: Money
    continues: bool


class DriverCase(Model):
    """The staged NPV with one driver lower and higher."""

    label: str
    low: Money
    high: Money


class Output(Model):
    """The business case.

    `committed_npv` is expected if everything is carried out whatever the pilot shows, `staged_npv` if the rest may be
    given up at the gate; the difference is the value of the right to stop. `investment` is the highest of the scenarios.
    """

    currency: str
    worth_starting: bool
    committed_npv: Money
    staged_npv: Annotated[Money, Field(json_schema_extra={"x-metric": "expected_value"})]
    stop_option_value: Money
    rollout_probability: Share
    chance_of_loss: Share
    released_if_rolled_out: Volume | None = None
    investment_before: NonNegativeMoney
    investment_after: NonNegativeMoney
    investment: NonNegativeMoney
    training: Annotated[NonNegativeMoney | None, Field(json_schema_extra={"x-metric": "training_cost"})] = None
    training_before: NonNegativeMoney | None = None
    training_after: NonNegativeMoney | None = None
    training_room: NonNegativeMoney | None = None
    estimate: Money | None = None
    difference: Money | None = None
    scenarios: dict[Key, ScenarioCase]
    results: dict[Key, GateCase]
    drivers: dict[Key, DriverCase]


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Value a technology by scenario and with the right to stop after the pilot.

    NPV = sum of net flow / (1 + rate)^t, the first year undiscounted; the probabilities are those of the adoption
    decision; training, once the people's plan is known, is a cost of the case (Brealey, Myers & Allen, Principles of
    Corporate Finance). Before tax. Raises InvalidInput naming the fact that does not fit.
    """
    sheet = Worksheet()
    case = _case(sheet, brief, inputs, judgement)
    returns = {key: _return(sheet, brief, key, at, case) for at, key in enumerate(case.scenarios)}
    output = _output(inputs, brief, case, returns)
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=_grounds(list(case.scenarios), brief),
        narrative=narrative_of(output, inputs),
        document=document_of(brief, inputs, output),
        pictures=pictures_of(brief, inputs, output),
        warnings=[*case.warnings, *_warnings(brief, inputs, output)],
    )


_FACTS = {
    "rows": "cash_flows",
    "probabilities": "states",
    "gate_year": "case.gate_year",
    "rate": "case.discount_rate",
    "released": "states",
    "currency": "currency",
}


def _case(sheet: Worksheet, brief: Brief, inputs: Inputs, judgement: Judgement) -> StagedInvestment:
    facts, adoption, change = brief.case, inputs.adoption, inputs.change
    if facts.option is not None and facts.option not in adoption.options:
        raise InvalidInput(
            f"case.option {facts.option!r} is not among the options{did_you_mean(facts.option, adoption.options)}",
            field="case.option",
        )
    bare = [] if any(row.scenario is None for row in brief.cash_flows.values()) else list(adoption.states)
    for key in bare:
        if not any(row.scenario == key for row in brief.cash_flows.values()):
            raise InvalidInput(
                f"there are no cash flows for the state {key!r}; give some, or rows without a scenario for all states",
                field="cash_flows",
            )
    released = {
        key: state.released_posts
        for key, state in brief.states.items()
        if state.released_posts is not None and key in adoption.states
    }
    try:
        return sheet.run(
            "case",
            {
                "rows.*.amount": "fact:cash_flows.*.amount",
                "probabilities.*": "adoption#states.*.probability",
                "chances.*.*": "adoption#signals.*.chances.*",
                "rate": "fact:case.discount_rate",
                "stop_cost": "fact:case.stop_cost",
                "stop_value": "fact:case.stop_value",
                "training_before": "change#training_before_gate",
                "training_after": "change#training_after_gate",
                "released.*": "fact:states.*.released_posts",
                **({} if facts.option is None else {"compared_with": f"adoption#options.{facts.option}.emv"}),
                "swing": "judgement:swing",
            },
            value_staged_investment,
            rows={
                key: FlowRow(year=row.year, kind=row.kind, amount=row.amount, scenario=row.scenario)
                for key, row in brief.cash_flows.items()
            },
            probabilities={key: state.probability for key, state in adoption.states.items()},
            gate_year=facts.gate_year,
            rate=facts.discount_rate,
            currency=brief.currency,
            chances={key: dict(signal.chances) for key, signal in adoption.signals.items()} or None,
            stop_cost=facts.stop_cost,
            stop_value=facts.stop_value,
            **(
                {}
                if change is None
                else {"training_before": change.training_before_gate, "training_after": change.training_after_gate}
            ),
            released=released or None,
            compared_with=None if facts.option is None else adoption.options[facts.option].emv,
            swing=judgement.swing,
        )
    except InvalidInput as error:
        head, _, rest = error.field.partition(".")
        named = _FACTS.get(head, head)
        error.field = f"{named}.{rest}" if rest else named
        raise


def _return(sheet: Worksheet, brief: Brief, key: str, at: int, case: StagedInvestment) -> Investment | None:
    """IRR and payback of one scenario; none where its flows have one sign only."""
    years = case.scenarios[key].years
    flows = [year.net for year in years.values()]
    if not (any(flow > 0 for flow in flows) and any(flow < 0 for flow in flows)):
        return None
    return sheet.run(
        f"return_{at}",
        {
            "rate": "fact:case.discount_rate",
            **row_sources("flows.{}", f"working:case#scenarios.{key}.years.{{}}.net", years),
        },
        evaluate_investment,
        flows=flows,
        rate=brief.case.discount_rate,
        currency=brief.currency,
    )


_DRIVERS = {
    "benefit": "Benefits",
    "investment": "Investment",
    "running_cost": "Running costs",
    "training": "Training",
    "rate": "Discount rate",
}


def _output(inputs: Inputs, brief: Brief, case: StagedInvestment, returns: dict[str, Investment | None]) -> Output:
    adoption, change = inputs.adoption, inputs.change
    signals = adoption.signals or adoption.states
    scenarios = {}
    for key, each in case.scenarios.items():
        found = returns[key]
        scenarios[key] = ScenarioCase(
            label=adoption.states[key].label,
            probability=each.probability,
            years={year: YearCase(**dict(totals)) for year, totals in each.years.items()},
            npv=each.npv,
            before_gate=each.before_gate,
            after_gate=each.after_gate,
            irr=None if found is None else found.irr,
            payback_years=None if found is None else found.payback_periods,
        )
    return Output(
        currency=brief.currency,
        worth_starting=case.staged_npv > 0,
        **case.model_dump(
            include={
                *("committed_npv", "staged_npv", "stop_option_value", "rollout_probability", "chance_of_loss"),
                *("released_if_rolled_out", "investment_before", "investment_after", "investment", "training_room"),
                "difference",
            }
        ),
        training=None if change is None else case.training,
        training_before=None if change is None else change.training_before_gate,
        training_after=None if change is None else change.training_after_gate,
        estimate=None if brief.case.option is None else adoption.options[brief.case.option].emv,
        scenarios=scenarios,
        results={key: GateCase(label=signals[key].label, **dict(each)) for key, each in case.results.items()},
        drivers={
            key: DriverCase(label=_DRIVERS[key], low=each.low, high=each.high) for key, each in case.drivers.items()
        },
    )


def _grounds(scenarios: list[str], brief: Brief) -> dict[str, str]:
    found = {
        **{
            name: f"working:case#{name}"
            for name in (
                *("committed_npv", "staged_npv", "stop_option_value", "rollout_probability", "chance_of_loss"),
                *("released_if_rolled_out", "investment_before", "investment_after", "investment", "training"),
                *("training_room", "difference"),
            )
        },
        "training_before": "change#training_before_gate",
        "training_after": "change#training_after_gate",
        "scenarios.*.probability": "adoption#states.*.probability",
        **{f"scenarios.*.{name}": f"working:case#scenarios.*.{name}" for name in ("npv", "before_gate", "after_gate")},
        "scenarios.*.years.*.*": "working:case#scenarios.*.years.*.*",
        **{
            f"results.*.{name}": f"working:case#results.*.{name}"
            for name in ("probability", "continue_value", "stop_value")
        },
        "drivers.*.*": "working:case#drivers.*.*",
        **({} if brief.case.option is None else {"estimate": f"adoption#options.{brief.case.option}.emv"}),
    }
    for at, key in enumerate(scenarios):
        found[f"scenarios.{key}.irr"] = f"working:return_{at}#irr"
        found[f"scenarios.{key}.payback_years"] = f"working:return_{at}#payback_periods"
    return found


def _warnings(brief: Brief, inputs: Inputs, output: Output) -> list[str]:
    found = ["The case is before tax."]
    if inputs.change is None:
        found.append("Training is not in this case yet.")
    if output.staged_npv <= 0:
        found.append("On average the plan loses money even with the right to stop after the pilot.")
    many = [each.label for key, each in output.scenarios.items() if each.irr is None]
    if many:
        found.append(f"There is no single internal rate of return for {', '.join(many)}; decide by NPV.")
    return found
