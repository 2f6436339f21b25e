"""The sampling plan with its selection, and what to prepare for the auditor."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, ItemList
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.plan_audit_sample import AuditSample
from experts.finance_accountant.views._look import number, percent, words

_SHOWN = 200
PREPARE = [
    "The ledger balance agrees with the list sampled; differences are explained before items are drawn.",
    "For each item selected: invoice or contract, proof of delivery or service, approval, payment.",
    "For each item examined in full: the same, and the reason for its size.",
    "Credit notes and corrections after the period end, with dates.",
    "Names of those who booked and approved, and who answers questions.",
    "The random start and who drew it, kept with the working paper.",
    "Misstatements found: amount, cause, whether others are alike, and whether they are corrected.",
]


def view(result: AuditSample, arguments: Mapping[str, Any]) -> View:
    """Plan, items to examine, evaluation, and the checklist of what to have ready."""
    title = f"{result.sample_size} items at an interval of {number(result.interval)}"
    judged: list[Model] = []
    if result.evaluation is not None:
        found = result.evaluation
        verdict = "within" if found.acceptable else "above"
        title = f"The upper limit of misstatement, {number(found.upper_limit)}, is {verdict} the tolerable {number(arguments['tolerable'])}"
        pairs = [
            ("Projected misstatement", found.projected),
            ("Basic precision", found.basic_precision),
            ("Incremental allowance", found.incremental_allowance),
            ("Known, in items examined in full", found.known_in_large_items),
            ("Upper limit", found.upper_limit),
        ]
        judged = [
            grid(
                "Evaluation",
                {"name": ("Part", "text"), "value": ("Amount", "money")},
                [{"name": n, "value": number(v)} for n, v in pairs],
            ),
            Callout(
                tone="good" if found.acceptable else "warning",
                text="The sample supports that misstatement is not above the tolerable amount at the risk chosen."
                if found.acceptable
                else "The sample does not support the balance: extend the work, or have it corrected and tested again.",
            ),
        ]
    plan = [
        ("Population", number(result.population)),
        ("Tolerable misstatement", number(arguments["tolerable"])),
        ("Expected misstatement", number(arguments.get("expected"))),
        ("Risk of incorrect acceptance", percent(arguments.get("risk"))),
        ("Confidence factor", number(result.confidence_factor, 4)),
        ("Sample size", str(result.sample_size)),
        ("Sampling interval", number(result.interval)),
    ]
    items = arguments.get("items") or {}
    chosen = [
        {
            "item": words(key),
            "amount": number(items[key]),
            "full": "in full" if key in result.large_items else "",
            "done": "\u2610",
        }
        for key in result.selected[:_SHOWN]
    ]
    columns = {
        "item": ("Item", "text"),
        "amount": ("Book value", "money"),
        "full": ("Examine", "text"),
        "done": ("Done", "text"),
    }
    tables: list[Model] = [
        grid(
            "Sampling plan",
            {"name": ("Figure", "text"), "value": ("Value", "ratio")},
            [{"name": n, "value": v} for n, v in plan if v],
        )
    ]
    if chosen:
        more = len(result.selected) - len(chosen)
        tables.append(grid("Items to examine", columns, chosen, note=f"and {more} more" if more else ""))
    checklist = ItemList(title="Have ready for the auditor", items=[f"\u2610 {item}" for item in PREPARE])
    return View(title=title, blocks=document(*judged, *tables, checklist, *closing(result)))
