"""The go/no-go page: the decision proposed, each criterion against its limit, conditions, signatures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from experts.core.blocks import Cell, Table
from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    capitalised,
    draft,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    said,
    shown,
    would_change,
)

if TYPE_CHECKING:
    from experts.project_management.actions.launch_readiness_review import Brief, Inputs, Output

_UNITS = ("date", "count", "money", "rate")


@dataclass(frozen=True)
class Review:
    """A review with what it was made from; `left_out` are criteria without a limit or a figure."""

    brief: "Brief"
    inputs: "Inputs"
    output: "Output"
    left_out: list[str]

    @property
    def failing(self) -> list[str]:
        return [key for key, each in self.output.criteria.items() if not each.holds]


def pictures_of(review: Review) -> dict[str, str]:
    """None: the page is a table that people sign."""
    return {}


def narrative_of(review: Review) -> str:
    """The decision proposed, and why."""
    return f"{_decision(review)} {_why(review)}"


def document_of(review: Review) -> list[Block]:
    """Decision, criteria, conditions, scenarios, signatures."""
    tone: Literal["good", "warning", "decision"] = (
        "good"
        if review.output.decision == "go"
        else "decision"
        if review.output.decision == "go with conditions"
        else "warning"
    )
    return draft(
        headline(_decision(review), tone),
        _criteria(review),
        items("Conditions", _conditions(review), ordered=True),
        _scenarios(review),
        items("Not judged", _not_judged(review)),
        _signatures(review),
        would_change(_changes(review)),
        monday(_first(review)),
    )


def _decision(review: Review) -> str:
    name, out = review.brief.product.name, review.output
    if out.decision == "go" and not review.inputs.clearance.items:
        return (
            f"Proposed decision: go, for what was judged. {name} can be launched on {own('launch_date')} if counsel "
            "confirms that nothing has to be cleared: the brief lists nothing."
        )
    if out.decision == "go":
        return f"Proposed decision: go. {name} can be launched on {own('launch_date')}."
    if out.decision == "go with conditions":
        return f"Proposed decision: go with conditions. {name} can be launched on {own('launch_date')} once the conditions are met."
    return f"Proposed decision: no-go. {name} cannot be launched on {own('launch_date')} as planned."


def _why(review: Review) -> str:
    out = review.output
    first = f"Of {own('checked')} criteria {own('holding')} hold."
    if not review.failing:
        return first
    return f"{first} Not met: {joined([_quote(out.criteria[key].label) for key in review.failing])}."


def _quote(label: str) -> str:
    return f"\u201c{label}\u201d"


def _criteria(review: Review) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key, each in review.output.criteria.items():
        unit = next(unit for unit in _UNITS if getattr(each, f"value_{unit}") is not None)
        spare = {"date": "days", "money": "money", "rate": "rate"}.get(unit)
        rows[key] = {
            "criterion": each.label,
            "must": "must hold" if each.must else "should hold",
            "value": shown(True, f"self#criteria.{key}.value_{unit}"),
            "limit": shown(True, f"self#criteria.{key}.limit_{unit}"),
            "spare": shown(True, f"self#criteria.{key}.spare_{spare}") if spare else NONE,
            "verdict": "holds" if each.holds else "does not hold",
        }
    columns = {
        "criterion": ("Criterion", "text"),
        "must": ("Kind", "text"),
        "value": ("Is", "text"),
        "limit": ("Limit", "text"),
        "spare": ("To spare", "text"),
        "verdict": ("Verdict", "text"),
    }
    note = "Days to spare are calendar days. A negative figure says by how much the criterion is missed."
    return figure_table("Launch gate", columns, rows, note)


def _conditions(review: Review) -> list[str]:
    found = []
    out, view = review.output, review.inputs
    for key in review.failing:
        if key == "contrast":
            pairs = [pair.label for pair in view.identity.pairs.values() if not pair.passes]
            found.append(f"Change colours or sizes until they can be read: {joined(pairs)}.")
        elif key == "blockers":
            found += [
                f"{item.label}: {_way_out(item.why)} Owner: {item.owner or 'not named'}."
                for item in view.clearance.items.values()
                if item.blocks_launch
            ]
        elif key in ("ready", "cleared", "deadline"):
            found.append(f"{out.criteria[key].label} (to spare: {own(f'criteria.{key}.spare_days')}): move the date or save time on the path.")  # fmt: skip
        elif key in ("budget", "cash"):
            found.append(f"{out.criteria[key].label} (to spare: {own(f'criteria.{key}.spare_money')}): find the money or plan less.")  # fmt: skip
        else:
            found.append(f"{out.criteria[key].label} (to spare: {own(f'criteria.{key}.spare_rate')}): raise the price, cut costs or sell more.")  # fmt: skip
    return found


def _way_out(why: str) -> str:
    return {
        "refused": "it was refused; change the product or the claim.",
        "no lead time": "nobody has said how long it takes; ask for a date.",
        "no owner": "nobody is named for it; name an owner.",
        "after the launch": "it is in hand only after the launch; start earlier, expedite it or move the launch.",
    }.get(why, "it is open.")


def _scenarios(review: Review) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {}
    for key, scenario in review.inputs.economics.scenarios.items():
        ref = f"economics#scenarios.{key}"
        rows[key] = {
            "scenario": f"{scenario.label} (planned on)" if key == review.inputs.economics.base else scenario.label,
            "profit": shown(scenario.profit, f"{ref}.profit"),
            "safety": shown(scenario.margin_of_safety, f"{ref}.margin_of_safety"),
            "lowest": shown(scenario.lowest, f"{ref}.lowest"),
            "left": shown(scenario.lowest_balance, f"{ref}.lowest_balance"),
            "back": shown(scenario.payback_month, f"{ref}.payback_month"),
        }
    columns = {
        "scenario": ("Scenario", "text"),
        "profit": ("Profit", "money"),
        "safety": ("Margin of safety", "rate"),
        "lowest": ("Lowest point of cash", "money"),
        "left": ("Left of the cash set aside", "money"),
        "back": ("Cash is back from", "date"),
    }
    return figure_table("What is at stake", columns, rows)


def _not_judged(review: Review) -> list[str]:
    words = {
        "cleared": "Clearance date: no blocking clearance has a lead time.",
        "deadline": "Deadline: the brief sets none.",
        "contrast": "Contrast: the brief does not say where colours meet.",
        "budget": "Budget: the brief sets none.",
        "cash": "Cash: the brief does not say how much is set aside.",
        "safety": "Margin of safety: the brief asks for none, or the base scenario has none.",
    }
    return [words[key] for key in review.left_out if key in words]


def _signatures(review: Review) -> Table | None:
    rows: dict[str, dict[str, Cell]] = {
        f"line-{letter}": {"name": " ", "decision": " ", "date": " "} for letter in ("a", "b", "c")
    }
    columns = {
        "name": ("Name", "text"),
        "decision": ("Go, conditions or no-go", "text"),
        "date": ("Day and signature", "text"),
    }
    return figure_table("Decided by", columns, rows)


def _changes(review: Review) -> list[str]:
    found = []
    criteria = review.output.criteria
    if "ready" in criteria and criteria["ready"].holds:
        found.append(f"A delay of more than {own('criteria.ready.spare_days')} until everything is ready makes this a no-go.")  # fmt: skip
    if "budget" in criteria and criteria["budget"].holds:
        found.append(f"More than {own('criteria.budget.spare_money')} of extra cost breaks the budget.")
    if "safety" in criteria and criteria["safety"].holds:
        found.append(
            f"The margin of safety of the base scenario may fall by {own('criteria.safety.spare_rate')} of units before "
            f"it is below {said('fact:launch.minimum_margin_of_safety')}."
        )
    open_ones = [item.label for item in review.inputs.clearance.items.values() if item.blocking and item.clear]
    if open_ones:
        found.append("A clearance that is refused, or that takes longer than its lead time, reopens the decision.")
    return found


def _first(review: Review) -> list[str]:
    found = [capitalised(condition) for condition in _conditions(review)[:2]]
    return found or [f"Confirm {own('launch_date')} with everybody who was promised a date."]
