"""What a decision about a technology is worth: decision tree, value of information, real option, rivals' claims."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_grounds, title_of
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Count, Day, Money, NonNegativeMoney, Rate, Ratio, Share
from experts.core.worksheet import Worksheet
from experts.digital_business_think_tank.actions._adoption_decision import document_of, narrative_of, pictures_of
from experts.digital_business_think_tank.actions._adoption_views import real_option_of, rivals_of
from experts.digital_business_think_tank.tools.collect_competitive_intel import IntelMatrix
from experts.digital_business_think_tank.tools.evaluate_decision_tree import DecisionAnalysis, evaluate_decision_tree
from experts.digital_business_think_tank.tools.value_real_option import RealOption

KIND = "AdoptionOption"
VERSION = 1
NEEDS = {"assessment": "TechAssessment"}

INFORMATION = "get_information"


class State(Model):
    """One way the world may turn out; the probabilities of all states add up to one."""

    label: Text | None = None
    probability: Share


class OptionFacts(Model):
    """One thing that can be decided, and its net present value in each state."""

    label: Text | None = None
    payoffs: dict[Key, Money]


class Signal(Model):
    """One result the pilot may show, and the chance of it in each state."""

    label: Text | None = None
    chances: dict[Key, Share]


class Pilot(Model):
    """What a pilot costs and how well its results tell the states apart."""

    cost: NonNegativeMoney
    signals: dict[Key, Signal] = Field(max_length=8)


class RealOptionFacts(Model):
    """The right to wait with, extend or end the project: present value, price, time and volatility."""

    kind: Literal["defer", "expand", "abandon"] = Field(
        "defer", json_schema_extra={"reason": "the option that every project has is to wait"}
    )
    value: NonNegativeMoney
    cost: NonNegativeMoney
    years: Ratio
    risk_free_rate: Rate
    volatility: Rate
    lost_by_waiting: Rate = Field(
        Decimal(0),
        json_schema_extra={"reason": "no yearly loss from waiting was named; a rival that moves first would be one"},
    )


class ClaimFacts(Model):
    """One claim about a rival, with its source, day and Admiralty grade (A1 best, F6 cannot be judged)."""

    competitor: Text
    topic: Text
    claim: Text
    source: Text
    day: Day
    grade: Text


class Brief(Model):
    """What the decision is worked out from."""

    as_of: Day
    currency: str
    states: dict[Key, State] = Field(max_length=12)
    options: dict[Key, OptionFacts] = Field(max_length=12)
    pilot: Pilot | None = None
    real_option: RealOptionFacts | None = None
    claims: dict[Key, ClaimFacts] = Field({}, max_length=300)


class AssessmentView(Model):
    candidate_label: str
    mature_enough: bool
    trl: Count
    minimum_trl: Count


class Inputs(Model):
    assessment: AssessmentView


class Judgement(Model):
    """Nothing is left open here."""


class StateView(Model):
    label: str
    probability: Share


class OptionView(Model):
    """One option: expected, worst and best net present value."""

    label: str
    emv: Money
    worst: Money
    best: Money


class SignalView(Model):
    """One pilot result: how likely it is, what it then says about the states, and what is then best."""

    label: str
    probability: Share
    chances: dict[Key, Share]
    posterior: dict[Key, Share]
    best: str
    best_label: str
    emv: Money


class RealOptionView(Model):
    """The option's value beside acting today; `black_scholes` is the value if it can be used at its end only."""

    kind: str
    option_value: Money
    exercise_now_value: Money
    value_of_flexibility: Money
    exercise_now: bool
    black_scholes: Money | None = None
    what_if: dict[Key, Money] = {}


class RivalView(Model):
    """What is known of one rival on one topic; a claim of "unknown" is a question."""

    competitor: str
    topic: str
    claim: str
    grade: str | None = None
    source: str | None = None
    day: Day | None = None


class Output(Model):
    """The decision. `emv` is the expected value of the best policy, the pilot included where it is worth its cost.

    `pilot_first`: the information of the pilot is worth more than it costs. `evpi` is what knowing the state in
    advance would be worth, `evsi` what the pilot's results are worth before its cost.
    """

    currency: str
    states: dict[Key, StateView]
    options: dict[Key, OptionView]
    best: str
    best_label: str
    best_emv: Money
    emv: Money
    pilot_first: bool
    evpi: Money
    evsi: Money | None = None
    evsi_net: Money | None = None
    pilot_cost: Money | None = None
    switches_at: Share | None = None
    chance_of_loss: Share
    signals: dict[Key, SignalView] = {}
    real_option: RealOptionView | None = None
    rivals: dict[Key, RivalView] = {}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Work out what adopting, waiting and piloting are worth, and what knowing more would be worth.

    Expected values are rolled back over the states (Raiffa, Decision Analysis, 1968); EVPI and, for the pilot,
    EVSI by Bayes. The right to wait, extend or end is valued by a Cox-Ross-Rubinstein tree. Claims about rivals
    need a source, a day and a grade. Raises InvalidInput naming the fact that does not fit.
    """
    sheet = Worksheet()
    decision = _decision(sheet, brief)
    real = real_option_of(sheet, brief)
    rivals = rivals_of(sheet, brief)
    output, grounds = _output(brief, decision, real, rivals)
    warnings = [*decision.warnings, *(real.warnings if real else []), *(rivals.warnings if rivals else [])]
    if not inputs.assessment.mature_enough:
        warnings.append(
            f"The evidence for {inputs.assessment.candidate_label} carries TRL {inputs.assessment.trl} and the plan asks "
            f"for {inputs.assessment.minimum_trl}: the payoffs assume a maturity that is not shown yet."
        )
    if brief.pilot is None:
        warnings.append("The brief describes no pilot, so it cannot be said what a pilot's results would be worth.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=grounds,
        narrative=narrative_of(output, inputs),
        document=document_of(brief, output, inputs),
        pictures=pictures_of(brief, decision, real),
        warnings=warnings,
    )


def _decision(sheet: Worksheet, brief: Brief) -> DecisionAnalysis:
    if len(brief.options) < 2:
        raise InvalidInput(
            "a decision has at least two options; give for example one to adopt and one to stay as you are",
            field="options",
        )
    for key, option in brief.options.items():
        for state in option.payoffs:
            if state not in brief.states:
                raise InvalidInput(
                    f"options.{key}.payoffs names the state {state!r}, which is not among the states"
                    f"{did_you_mean(state, brief.states)}",
                    field=f"options.{key}.payoffs.{state}",
                )
    pilot = brief.pilot
    sources = {
        "payoffs.*.*": "fact:options.*.payoffs.*",
        "probabilities.*": "fact:states.*.probability",
        "signals.*.*": "fact:pilot.signals.*.chances.*",
        "signal_cost": "fact:pilot.cost",
    }
    arguments: dict[str, Any] = {}
    if pilot is not None:
        arguments = {
            "signals": {key: dict(signal.chances) for key, signal in pilot.signals.items()},
            "signal_cost": pilot.cost,
        }
    try:
        return sheet.run(
            "decision",
            sources,
            evaluate_decision_tree,
            currency=brief.currency,
            payoffs={key: dict(option.payoffs) for key, option in brief.options.items()},
            probabilities={key: state.probability for key, state in brief.states.items()},
            **arguments,
        )
    except InvalidInput as error:
        head, _, rest = error.field.partition(".")
        named = {"payoffs": "options", "probabilities": "states", "signals": "pilot.signals"}.get(head, head)
        error.field = f"{named}.{rest}" if rest else named
        raise


_CASES = {
    "value -25 %": "value_down",
    "value +25 %": "value_up",
    "volatility -25 %": "volatility_down",
    "volatility +25 %": "volatility_up",
}


def _output(
    brief: Brief, decision: DecisionAnalysis, real: RealOption | None, rivals: IntelMatrix | None
) -> tuple[Output, dict[str, str]]:
    labels = {key: title_of(key, option.label) for key, option in brief.options.items()}
    labels[INFORMATION] = "Run the pilot first"
    now = max(decision.options, key=lambda row: row.emv)
    grounds = {
        "states.*.probability": "fact:states.*.probability",
        "best_emv": f"working:decision#options.{decision.options.index(now)}.emv",
        "pilot_cost": "fact:pilot.cost",
        "signals.*.chances.*": "fact:pilot.signals.*.chances.*",
        **{
            name: f"working:decision#{name}"
            for name in ("emv", "evpi", "evsi", "evsi_net", "switches_at", "chance_of_loss")
        },
        **{
            f"real_option.{name}": f"working:real_option#{name}"
            for name in ("option_value", "exercise_now_value", "value_of_flexibility", "black_scholes")
        },
    }
    for name in ("emv", "worst", "best"):
        grounds |= row_grounds(
            f"options.{{}}.{name}", f"working:decision#options.{{}}.{name}", [row.option for row in decision.options]
        )
    signals = {}
    for at, row in enumerate(decision.posteriors):
        facts = brief.pilot.signals[row.signal] if brief.pilot else Signal(chances={})
        signals[row.signal] = SignalView(
            label=title_of(row.signal, facts.label),
            probability=row.probability,
            chances=facts.chances,
            posterior=row.states,
            best=row.best,
            best_label=labels[row.best],
            emv=row.emv,
        )
        grounds |= {
            f"signals.{row.signal}.probability": f"working:decision#posteriors.{at}.probability",
            f"signals.{row.signal}.emv": f"working:decision#posteriors.{at}.emv",
            f"signals.{row.signal}.posterior.*": f"working:decision#posteriors.{at}.states.*",
        }
    if real is not None:
        cases = [_CASES[case.change] for case in real.what_if]
        grounds |= row_grounds("real_option.what_if.{}", "working:real_option#what_if.{}.option_value", cases)
    known = {} if rivals is None else {f"claim-{at}": cell for at, cell in enumerate(rivals.cells)}
    grounds |= row_grounds("rivals.{}.day", "working:rivals#cells.{}.day", known)
    output = Output(
        currency=brief.currency,
        states={
            key: StateView(label=title_of(key, state.label), probability=state.probability)
            for key, state in brief.states.items()
        },
        options={
            row.option: OptionView(label=labels[row.option], emv=row.emv, worst=row.worst, best=row.best)
            for row in decision.options
        },
        best=now.option,
        best_label=labels[now.option],
        best_emv=now.emv,
        emv=decision.emv,
        pilot_first=decision.best == INFORMATION,
        evpi=decision.evpi or Decimal(0),
        evsi=decision.evsi,
        evsi_net=decision.evsi_net,
        pilot_cost=brief.pilot.cost if brief.pilot else None,
        switches_at=decision.switches_at,
        chance_of_loss=decision.chance_of_loss,
        signals=signals,
        real_option=None
        if real is None
        else RealOptionView(
            kind=brief.real_option.kind if brief.real_option else "defer",
            **real.model_dump(
                include={"option_value", "exercise_now_value", "value_of_flexibility", "exercise_now", "black_scholes"}
            ),
            what_if={_CASES[case.change]: case.option_value for case in real.what_if},
        ),
        rivals={
            key: RivalView(
                competitor=cell.competitor,
                topic=cell.topic,
                claim=cell.claim,
                grade=cell.grade or None,
                source=cell.source or None,
                day=cell.day,
            )
            for key, cell in known.items()
        },
    )
    return output, grounds
