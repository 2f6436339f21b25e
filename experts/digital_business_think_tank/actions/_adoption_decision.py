"""The text, tables, pictures and sheet of a decision about adopting a technology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    figure_sheet,
    figure_table,
    headline,
    helper,
    monday,
    own,
    picture,
    shown,
    text,
    would_change,
)
from experts.core.money import minor_units

if TYPE_CHECKING:
    from experts.core.blocks import Cell, SheetCell
    from experts.digital_business_think_tank.actions.competitive_advantage_analysis import Brief, Inputs, Output
    from experts.digital_business_think_tank.tools.evaluate_decision_tree import DecisionAnalysis
    from experts.digital_business_think_tank.tools.value_real_option import RealOption

Cells = dict[str, "Cell"]
SheetRow = dict[str, "str | SheetCell"]
_ACTS = {"defer": "wait", "expand": "extend it later", "abandon": "end it and sell what is left"}
_CASES = {
    "value_down": "Present value a quarter lower",
    "value_up": "Present value a quarter higher",
    "volatility_down": "Volatility a quarter lower",
    "volatility_up": "Volatility a quarter higher",
}


def narrative_of(output: Output, inputs: Inputs) -> str:
    """The best policy, what knowing more is worth, the real option."""
    return " ".join(part for part in (_policy(output), _information(output), _real(output)) if part)


def _policy(output: Output) -> str:
    first = f"Without more information, {_quote(output.best_label)} is best, worth {own('best_emv')} on average."
    if output.pilot_first:
        return f"Run the pilot first: that policy is worth {own('emv')} on average. {first}"
    return first


def _information(output: Output) -> str:
    said = f"Knowing the outcome in advance would be worth {own('evpi')} at most"
    if output.evsi is None:
        return f"{said}."
    verdict = "more than" if output.pilot_first else "no more than"
    return f"{said}; the pilot's results are worth {own('evsi')}, {verdict} the {own('pilot_cost')} it costs."


def _real(output: Output) -> str:
    real = output.real_option
    if real is None:
        return ""
    said = f"The right to {_ACTS[real.kind]} is worth {own('real_option.option_value')}"
    if real.exercise_now:
        return f"{said}, no more than acting today."
    return f"{said}, {own('real_option.value_of_flexibility')} more than acting today or never."


def _quote(label: str) -> str:
    return f"“{label}”"


def document_of(brief: Brief, output: Output, inputs: Inputs) -> list[Block]:
    """Headline, tree, options, pilot results, real option, rivals, sheet."""
    real = output.real_option
    parts = [
        headline(_policy(output), "good" if output.best_emv > 0 else "warning"),
        picture(
            "adopt_tree",
            "Decision tree",
            "Decision tree with the expected value of every branch; the path of the best policy is dark.",
        ),
        _options(brief, output),
        _signals(output),
        picture("adopt_risk", "Outcomes of the best policy", "Every outcome of the best policy with its probability."),
        text(
            f"The best policy ends in a loss with a probability of {own('chance_of_loss')}. An expected value suits a "
            "company that can bear the worst outcome; the payoffs are estimates made before the business case, which "
            "works them out year by year."
        ),
        *(
            [
                picture(
                    "adopt_real_option",
                    "Real option",
                    "The first steps of the binomial tree: project value above, option value below; dark where it is used.",
                ),
                _real_table(output),
                text(
                    "The real option is a second view of the same flexibility and is not added to the expected value. "
                    "Its volatility is a judgement: the table shows how much hangs on it."
                ),
            ]
            if real is not None
            else []
        ),
        _rivals(output),
        would_change(_changes(brief, output)),
        monday(_first(output)),
        _sheet(brief, output),
    ]
    return draft(*parts)


def _options(brief: Brief, output: Output) -> Any:
    columns = {"name": ("Option", "text")}
    columns |= {f"s-{key}": (state.label, "money") for key, state in output.states.items()}
    columns["emv"] = ("Expected", "money")
    chances: Cells = {"name": "Probability"}
    chances |= {f"s-{key}": shown(True, f"self#states.{key}.probability") for key in output.states}
    chances["emv"] = NONE
    rows: dict[str, Cells] = {"probability": chances}
    for key, option in output.options.items():
        row: Cells = {"name": f"{option.label} (best)" if key == output.best else option.label}
        row |= {f"s-{state}": shown(True, f"fact:options.{key}.payoffs.{state}") for state in output.states}
        row["emv"] = shown(True, f"self#options.{key}.emv")
        rows[f"option-{key}"] = row
    return figure_table("Options by state, net present value", columns, rows, "Payoffs are those of the brief.")


def _signals(output: Output) -> Any:
    rows: dict[str, Cells] = {}
    for key, signal in output.signals.items():
        row: Cells = {"name": signal.label, "chance": shown(True, f"self#signals.{key}.probability")}
        row |= {f"s-{state}": shown(True, f"self#signals.{key}.posterior.{state}") for state in signal.posterior}
        row |= {"best": signal.best_label, "emv": shown(True, f"self#signals.{key}.emv")}
        rows[key] = row
    columns = {"name": ("Pilot result", "text"), "chance": ("Chance", "rate")}
    columns |= {f"s-{key}": (f"Then {state.label.lower()}", "rate") for key, state in output.states.items()}
    columns |= {"best": ("Then best", "text"), "emv": ("Then worth", "money")}
    return figure_table("What each pilot result would change", columns, rows, "Probabilities by Bayes' rule.")


def _real_table(output: Output) -> Any:
    real = output.real_option
    if real is None:
        return None
    rows: dict[str, Cells] = {
        "value": {"what": "Option value (binomial tree)", "value": shown(True, "self#real_option.option_value")},
        "bs": {
            "what": "The same if it can be used at its end only (Black-Scholes)",
            "value": shown(real.black_scholes, "self#real_option.black_scholes"),
        },
        "now": {"what": "Acting today", "value": shown(True, "self#real_option.exercise_now_value")},
        "more": {
            "what": "Worth of being able to choose",
            "value": shown(True, "self#real_option.value_of_flexibility"),
        },
    }
    rows |= {
        key: {"what": _CASES[key], "value": shown(True, f"self#real_option.what_if.{key}")} for key in real.what_if
    }
    return figure_table(
        f"The right to {_ACTS[real.kind]}", {"what": ("Figure", "text"), "value": ("Value", "money")}, rows
    )


def _rivals(output: Output) -> Any:
    rows: dict[str, Cells] = {
        key: {
            "who": each.competitor,
            "topic": each.topic,
            "claim": each.claim,
            "grade": each.grade or NONE,
            "source": each.source or NONE,
            "day": shown(each.day, f"self#rivals.{key}.day"),
        }
        for key, each in output.rivals.items()
    }
    return figure_table(
        "What rivals do, by source",
        {
            "who": ("Rival", "text"),
            "topic": ("Topic", "text"),
            "claim": ("Claim", "text"),
            "grade": ("Grade", "text"),
            "source": ("Source", "text"),
            "day": ("Day", "date"),
        },
        rows,
        "Grades after NATO AJP-2.1: a letter for the source, a digit for the claim. Nothing was looked up; what has no "
        "source is unknown.",
    )


def _changes(brief: Brief, output: Output) -> list[str]:
    found = []
    if output.switches_at is not None:
        first = next(iter(output.states))
        found.append(
            f"If the probability of {_quote(output.states[first].label)} were {own('switches_at')} instead of "
            f"{own(f'states.{first}.probability')}, another option would be best without information."
        )
    turned = [
        signal for signal in output.signals.values() if signal.best != output.best
    ]  # results after which the decision is another one are what the pilot is for
    found += [
        f"A pilot result “{signal.label}” would turn the decision to {_quote(signal.best_label)}."
        for signal in turned[:2]
    ]
    if output.evsi is not None and not turned:
        found.append("No result of the pilot would change the decision, which is why its information is worth nothing.")
    real = output.real_option
    if real is not None and not real.exercise_now and real.exercise_now_value > 0:
        found.append("Waiting is worth more than acting today as long as no rival uses the time.")
    return found


def _first(output: Output) -> list[str]:
    found = ["Let those who gave the payoffs and probabilities sign them: they carry the result."]
    unknown = [f"{each.competitor} on {each.topic.lower()}" for each in output.rivals.values() if not each.source]
    if unknown:
        found.append(f"Find a source for what is unknown: {unknown[0]}.")
    return found


def _sheet(brief: Brief, output: Output) -> Any:
    """Probabilities, payoffs and pilot chances to be changed in place; every expected value follows."""
    digits = minor_units(output.currency)
    states = list(output.states)
    columns: dict[str, tuple[str, str]] = {"name": ("", "text")}
    columns |= {f"s-{key}": (state.label, "money") for key, state in output.states.items()}
    columns["emv"] = ("Expected", "money")
    chances = "[[fact:states.*.probability]]"
    chance: SheetRow = {"name": "Probability"}
    chance |= {f"s-{key}": at(f"fact:states.{key}.probability", "rate") for key in states}
    chance["emv"] = helper("rate", f"SUM({chances})")
    rows: dict[str, SheetRow] = {"probability": chance}
    for key, option in output.options.items():
        payoffs = f"[[fact:options.{key}.payoffs.*]]"
        row: SheetRow = {"name": option.label}
        row |= {f"s-{state}": at(f"fact:options.{key}.payoffs.{state}", "money") for state in states}
        row["emv"] = at(f"self#options.{key}.emv", "money", f"ROUND(SUMPRODUCT({chances},{payoffs}),{digits})")
        rows[f"o-{key}"] = row
    best: SheetRow = {"name": "Best in each state"}
    best |= {f"s-{state}": helper("money", f"MAX([[fact:options.*.payoffs.{state}]])") for state in states}
    best["emv"] = helper("money", f"SUMPRODUCT({chances},[[cell:adoption-decision/best/s-*]])")
    rows["best"] = best
    rows["now"] = {
        "name": "Best option without information",
        "emv": at("self#best_emv", "money", "MAX([[self#options.*.emv]])"),
    }
    raw = ",".join(f"SUMPRODUCT({chances},[[fact:options.{key}.payoffs.*]])" for key in output.options)
    rows["evpi"] = {
        "name": "Value of perfect information",
        "emv": at("self#evpi", "money", f"ROUND([[cell:adoption-decision/best/emv]]-MAX({raw}),{digits})"),
    }
    if output.evsi is not None:
        rows |= _signal_rows(output, states, chances, raw, digits)
    return figure_sheet(
        "Adoption decision",
        "Decision by expected value",
        columns,
        rows,
        "Change a probability, a payoff or a chance of a pilot result: the expected values follow.",
    )


def _signal_rows(output: Output, states: list[str], chances: str, raw: str, digits: int) -> dict[str, SheetRow]:
    rows: dict[str, SheetRow] = {}
    for key, signal in output.signals.items():
        likely = f"[[fact:pilot.signals.{key}.chances.*]]"
        row: SheetRow = {"name": f"Chance of “{signal.label}” in each state"}
        row |= {f"s-{state}": at(f"fact:pilot.signals.{key}.chances.{state}", "rate") for state in states}
        row["emv"] = at(f"self#signals.{key}.probability", "rate", f"ROUND(SUMPRODUCT({chances},{likely}),6)")
        rows[f"c-{key}"] = row
    for key, signal in output.signals.items():
        likely = f"[[fact:pilot.signals.{key}.chances.*]]"
        each = ",".join(f"SUMPRODUCT({chances},{likely},[[fact:options.{name}.payoffs.*]])" for name in output.options)
        rows[f"v-{key}"] = {
            "name": f"Best after “{signal.label}”, times its chance",
            "emv": helper("money", f"MAX({each})"),
        }
    rows["evsi"] = {
        "name": "Value of the pilot's results",
        "emv": at("self#evsi", "money", f"ROUND(SUM([[cell:adoption-decision/v-*/emv]])-MAX({raw}),{digits})"),
    }
    rows["cost"] = {"name": "Cost of the pilot", "emv": at("fact:pilot.cost", "money")}
    rows["net"] = {
        "name": "Value of the pilot's results less its cost",
        "emv": at(
            "self#evsi_net",
            "money",
            f"ROUND(SUM([[cell:adoption-decision/v-*/emv]])-MAX({raw})-[[fact:pilot.cost]],{digits})",
        ),
    }
    return rows


def pictures_of(brief: Brief, decision: DecisionAnalysis, real: RealOption | None) -> dict[str, str]:
    """The decision tree, the outcomes of the best policy, and the lattice of the real option."""
    from experts.digital_business_think_tank.views.evaluate_decision_tree import view as tree
    from experts.digital_business_think_tank.views.value_real_option import view as lattice

    chances = {key: state.probability for key, state in brief.states.items()}
    drawn = tree(decision, {"currency": brief.currency, "probabilities": chances}).pictures
    found = {"adopt_tree": drawn["tree"], "adopt_risk": drawn["risk"]}
    if real is not None and brief.real_option is not None:
        shown_as = {"currency": brief.currency, "kind": brief.real_option.kind}
        found["adopt_real_option"] = lattice(real, shown_as).pictures["lattice"]
    return found
