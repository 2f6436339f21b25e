"""An investment in stages: NPV by scenario, and what the right to stop after a pilot is worth.

Rows of cash flows (investment, running cost, benefit) by year, each for one scenario or for all, are added up.
The first year is undiscounted, later years are discounted at their ends: NPV = sum of net flow / (1 + rate)^t.
Flows up to and including the gate year are committed; at the end of that year a result is seen and the rest is
either carried out or given up for the stop value less the stop cost. With P(result | scenario) the posterior is
Bayes'; the staged NPV is

    sum over scenarios of P x PV(committed) + sum over results of P(result) x max(E[PV(rest) | result], PV(stop)),

the stop option is its excess over committing to everything now. Without results each scenario is recognised at
the gate. Source: Brealey, Myers & Allen, Principles of Corporate Finance, chapters on NPV and on real options
(decision trees, the option to abandon); Raiffa, Decision Analysis (1968).

Training before the gate falls in the first year, training after it in the first year after the gate.
`training_room` is the largest training cost after the gate at which the staged NPV is not below zero.
Limits: before tax; the decision at the gate is by expected value; the stop value is a judgement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.money import minor_units, round_money
from experts.core.names import did_you_mean
from experts.core.quantities import Money, NonNegativeMoney, NonNegativeVolume, Rate, Share, Volume, plain, round_to

LISTED = False  # evaluate_investment values one row of flows; this needs a whole case
MOST_YEARS = 31
TOLERANCE = Decimal("0.000001")
Kind = Literal["investment", "running_cost", "benefit"]
Year = Annotated[int, Field(ge=0, le=2200)]


class FlowRow(Model):
    """One row; without a scenario it holds in every one."""

    year: Year
    kind: Kind
    amount: NonNegativeMoney
    scenario: Key | None = None


class YearTotals(Model):
    """One year of one scenario."""

    investment: Money
    running_cost: Money
    training: Money
    benefit: Money
    net: Money


class ScenarioValue(Model):
    """One scenario carried out to the end; present values before and after the gate."""

    probability: Share
    years: dict[str, YearTotals]
    investment: Money
    running_cost: Money
    benefit: Money
    npv: Money
    before_gate: Money
    after_gate: Money


class GateResult(Model):
    """One result at the gate: what going on and stopping are then worth, as present values of today."""

    probability: Share
    continue_value: Money
    stop_value: Money
    continues: bool


class Driver(Model):
    """The staged NPV when one driver alone is lower or higher."""

    low: Money
    high: Money


class StagedInvestment(Model):
    """Money in the given currency."""

    scenarios: dict[str, ScenarioValue]
    results: dict[str, GateResult]
    committed_npv: Annotated[Money, Field(description="Expected NPV if everything is carried out.")]
    staged_npv: Annotated[Money, Field(description="Expected NPV if the rest may be given up at the gate.")]
    stop_option_value: Money
    rollout_probability: Share
    chance_of_loss: Annotated[Share, Field(description="Of a negative NPV under the staged plan.")]
    released_if_rolled_out: Volume | None = None
    training: Money
    training_room: Annotated[Money | None, Field(description="Absent: no training cost turns the plan.")] = None
    investment_before: Annotated[Money, Field(description="Highest of the scenarios.")]
    investment_after: Money
    investment: Money
    difference: Annotated[Money | None, Field(description="Committed NPV less the estimate compared with.")] = None
    drivers: dict[str, Driver]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def value_staged_investment(
    rows: Annotated[dict[Key, FlowRow], Field(min_length=1, max_length=2000)],
    probabilities: Annotated[dict[Key, Share], Field(min_length=1, max_length=12)],
    gate_year: Year,
    rate: Rate,
    currency: str,
    chances: Annotated[
        dict[Key, dict[Key, Share]] | None, Field(max_length=12, description="Result, scenario: P(result | scenario).")
    ] = None,
    stop_cost: NonNegativeMoney = Decimal(0),
    stop_value: NonNegativeMoney = Decimal(0),
    training_before: NonNegativeMoney = Decimal(0),
    training_after: NonNegativeMoney = Decimal(0),
    released: Annotated[dict[Key, NonNegativeVolume] | None, Field(description="Posts by scenario.")] = None,
    compared_with: Money | None = None,
    swing: Share = Decimal("0.1"),
) -> StagedInvestment:
    """NPV by scenario from rows of cash flows, and the value of the right to stop after a pilot.

    Use when an investment starts with a pilot. It is before tax.
    """
    minor_units(currency)
    if not 0 <= rate <= 1:
        raise InvalidInput(f"rate {plain(rate)!r} is outside 0 to 1; write a fraction, for example '0.1'", field="rate")
    years = _years(rows, gate_year)
    _check(rows, probabilities, chances or {}, released or {})
    likely = chances or {key: {other: Decimal(key == other) for other in probabilities} for key in probabilities}
    case = _Case(rows, probabilities, likely, years, gate_year, rate, stop_value - stop_cost)
    training = (training_before, training_after)
    found = case.value(training)
    committed = sum((probabilities[key] * sum(found.parts[key]) for key in probabilities), Decimal(0))
    scenarios = {key: case.scenario(key, training, currency) for key in probabilities}
    go = [key for key, result in found.results.items() if result.go]
    rollout = sum((found.results[key].probability for key in go), Decimal(0))
    before = {key: case.invested(key, until=gate_year) for key in probabilities}
    whole = {key: case.invested(key, until=years[-1]) for key in probabilities}
    most = max(whole, key=lambda key: whole[key])
    warnings = []
    if not chances:
        warnings.append(
            "No pilot results are described, so it is assumed that the pilot shows the scenario for certain."
        )
    if not go:
        warnings.append("After no result of the pilot is it worth going on.")
    return StagedInvestment(
        scenarios=scenarios,
        results={
            key: GateResult(
                probability=round_to(each.probability, 6),
                continue_value=round_money(each.going_on, currency),
                stop_value=round_money(found.stop, currency),
                continues=each.go,
            )
            for key, each in found.results.items()
        },
        committed_npv=round_money(committed, currency),
        staged_npv=round_money(found.total, currency),
        stop_option_value=round_money(found.total - committed, currency),
        rollout_probability=min(round_to(rollout, 6), Decimal(1)),
        chance_of_loss=min(round_to(case.loss(found), 6), Decimal(1)),
        released_if_rolled_out=case.released(go, released, rollout),
        training=training_before + training_after,
        training_room=case.room(training_before, currency),
        investment_before=before[most],
        investment_after=whole[most] - before[most],
        investment=whole[most],
        difference=None if compared_with is None else round_money(committed - compared_with, currency),
        drivers=case.drivers(training, swing, currency),
        method=f"First year undiscounted, later years at their ends, at {plain(rate)}; gate at the end of {gate_year}; the rest is "
        "carried out after a result if its expected present value is above that of stopping.",
        assumptions=[
            "Before tax; the decision at the gate is by expected value.",
            "Training before the gate is paid in the first year, the rest in the first year after the gate.",
        ],
        warnings=warnings,
    )


def _years(rows: Mapping[str, FlowRow], gate: int) -> list[int]:
    first, last = min(row.year for row in rows.values()), max(row.year for row in rows.values())
    if last - first >= MOST_YEARS:
        raise InvalidInput(f"the rows span {first} to {last}; at most {MOST_YEARS} years are valued", field="rows")
    if not first <= gate < last:
        raise InvalidInput(
            f"gate_year {gate} must be one of {first} to {last - 1}: there must be flows before and after the gate",
            field="gate_year",
        )
    return list(range(first, last + 1))


def _check(
    rows: Mapping[str, FlowRow],
    probabilities: Mapping[str, Decimal],
    chances: Mapping[str, Mapping[str, Decimal]],
    released: Mapping[str, Decimal],
) -> None:
    total = sum(probabilities.values(), Decimal(0))
    if abs(total - 1) > TOLERANCE:
        raise InvalidInput(f"the probabilities add up to {plain(total)}, not 1; correct them", field="probabilities")
    for key, row in rows.items():
        if row.scenario is not None and row.scenario not in probabilities:
            raise InvalidInput(
                f"row {key!r} is for scenario {row.scenario!r}, which has no probability"
                f"{did_you_mean(row.scenario, probabilities)}",
                field=f"rows.{key}.scenario",
            )
    for name, given in chances.items():
        odd = sorted(given.keys() ^ probabilities.keys())
        if odd:
            raise InvalidInput(
                f"result {name!r} and the scenarios differ in {odd[0]!r}; give its chance in each scenario",
                field=f"chances.{name}",
            )
    for scenario in probabilities if chances else ():
        share = sum((given[scenario] for given in chances.values()), Decimal(0))
        if abs(share - 1) > TOLERANCE:
            raise InvalidInput(
                f"the chances of all results in {scenario!r} add up to {plain(share)}, not 1; correct them",
                field="chances",
            )
    strange = sorted(released.keys() - probabilities.keys())
    if strange:
        raise InvalidInput(f"released names {strange[0]!r}, which is no scenario", field=f"released.{strange[0]}")


@dataclass(frozen=True)
class _Result:
    probability: Decimal
    going_on: Decimal
    go: bool


@dataclass(frozen=True)
class _Value:
    parts: dict[str, tuple[Decimal, Decimal]]
    results: dict[str, _Result]
    stop: Decimal
    total: Decimal


@dataclass(frozen=True)
class _Case:
    """The facts of one case; `value` works it out with training and with drivers scaled."""

    rows: Mapping[str, FlowRow]
    probabilities: Mapping[str, Decimal]
    chances: Mapping[str, Mapping[str, Decimal]]
    years: list[int]
    gate: int
    rate: Decimal
    stopping: Decimal

    def value(
        self, training: tuple[Decimal, Decimal], scale: Mapping[str, Decimal] | None = None, rate: Decimal | None = None
    ) -> _Value:
        factor = scale or {}
        discount = 1 + (self.rate if rate is None else rate)
        parts: dict[str, list[Decimal]] = {key: [Decimal(0), Decimal(0)] for key in self.probabilities}
        for row in self.rows.values():
            amount = row.amount * factor.get(row.kind, Decimal(1)) * (1 if row.kind == "benefit" else -1)
            worth = amount / discount ** (row.year - self.years[0])
            for key in self.probabilities if row.scenario is None else (row.scenario,):
                parts[key][row.year > self.gate] += worth
        times = factor.get("training", Decimal(1))
        for pair in parts.values():
            pair[0] -= training[0] * times
            pair[1] -= training[1] * times / discount ** (self.gate + 1 - self.years[0])
        stop = self.stopping / discount ** (self.gate - self.years[0])
        results, total = {}, Decimal(0)
        for name, given in self.chances.items():
            share = sum((self.probabilities[key] * given[key] for key in parts), Decimal(0))
            if not share:
                continue
            worth = sum((self.probabilities[key] * given[key] * parts[key][1] for key in parts), Decimal(0))
            go = worth > share * stop
            results[name] = _Result(share, worth / share, go)
            total += worth if go else share * stop
        total += sum((self.probabilities[key] * pair[0] for key, pair in parts.items()), Decimal(0))
        return _Value({key: (pair[0], pair[1]) for key, pair in parts.items()}, results, stop, total)

    def scenario(self, key: str, training: tuple[Decimal, Decimal], currency: str) -> ScenarioValue:
        sums = {year: dict.fromkeys(("investment", "running_cost", "benefit"), Decimal(0)) for year in self.years}
        for row in self.rows.values():
            if row.scenario in (None, key):
                sums[row.year][row.kind] += row.amount
        learned = {self.years[0]: training[0], self.gate + 1: training[1]}
        years = {}
        for year, each in sums.items():
            taught = learned.get(year, Decimal(0))
            net = each["benefit"] - each["investment"] - each["running_cost"] - taught
            years[str(year)] = YearTotals(**each, training=taught, net=net)
        before, after = self.value(training).parts[key]
        return ScenarioValue(
            probability=self.probabilities[key],
            years=years,
            **{kind: sum((each[kind] for each in sums.values()), Decimal(0)) for kind in sums[self.years[0]]},
            npv=round_money(before + after, currency),
            before_gate=round_money(before, currency),
            after_gate=round_money(after, currency),
        )

    def invested(self, scenario: str, until: int) -> Decimal:
        amounts = (
            row.amount
            for row in self.rows.values()
            if row.kind == "investment" and row.year <= until and row.scenario in (None, scenario)
        )
        return sum(amounts, Decimal(0))

    def loss(self, found: _Value) -> Decimal:
        """Probability that the plan ends below zero, over scenarios and results."""
        total = Decimal(0)
        for name, result in found.results.items():
            for key, (before, after) in found.parts.items():
                if before + (after if result.go else found.stop) < 0:
                    total += self.probabilities[key] * self.chances[name][key]
        return total

    def released(self, go: list[str], posts: Mapping[str, Decimal] | None, rollout: Decimal) -> Decimal | None:
        """Expected posts released, given that the plan is rolled out."""
        if not posts:
            return None
        if not rollout:
            return Decimal(0)
        total = sum(
            (
                self.probabilities[key] * self.chances[name][key] * posts.get(key, Decimal(0))
                for name in go
                for key in self.probabilities
            ),
            Decimal(0),
        )
        return round_to(total / rollout, 2)

    def room(self, before: Decimal, currency: str) -> Decimal | None:
        """The staged NPV falls in straight pieces as training after the gate grows; where it meets zero."""
        zero = Decimal(0)
        discount = (1 + self.rate) ** (self.gate + 1 - self.years[0])
        free = self.value((before, zero))
        if free.total < 0:
            return zero
        turns = sorted((each.going_on - free.stop) * discount for each in free.results.values() if each.go)
        low, high_value = zero, free.total
        for turn in turns:
            worth = self.value((before, turn)).total
            if worth < 0:
                exact = low + (turn - low) * high_value / (high_value - worth)
                return exact.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=ROUND_FLOOR)
            low, high_value = turn, worth
        return None

    def drivers(self, training: tuple[Decimal, Decimal], swing: Decimal, currency: str) -> dict[str, Driver]:
        low, high = 1 - swing, 1 + swing
        names = ["benefit", "investment", "running_cost", *(["training"] if any(training) else [])]
        found = {
            name: Driver(
                low=round_money(self.value(training, {name: low}).total, currency),
                high=round_money(self.value(training, {name: high}).total, currency),
            )
            for name in names
        }
        found["rate"] = Driver(
            low=round_money(self.value(training, rate=self.rate * low).total, currency),
            high=round_money(self.value(training, rate=self.rate * high).total, currency),
        )
        return found
