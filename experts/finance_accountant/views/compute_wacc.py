"""The cost of capital with what it is made of."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.compute_wacc import Wacc
from experts.finance_accountant.views._look import number, percent


def view(result: Wacc, arguments: Mapping[str, Any]) -> View:
    """Rates and weights, and the inputs they rest on."""
    title = (
        f"WACC is {percent(result.wacc, 2)}, between {percent(result.wacc_low, 2)} and {percent(result.wacc_high, 2)}"
    )
    parts = [
        ("Equity", result.equity_weight, result.cost_of_equity),
        ("Debt, after tax", result.debt_weight, result.after_tax_cost_of_debt),
    ]
    rows = [{"part": n, "weight": percent(w, 2), "cost": percent(c, 2), "adds": percent(w * c, 2)} for n, w, c in parts]
    rows.append({"part": "WACC", "weight": "100%", "cost": "", "adds": percent(result.wacc, 2)})
    columns = {
        "part": ("Capital", "text"),
        "weight": ("Weight", "rate"),
        "cost": ("Cost", "rate"),
        "adds": ("Adds", "rate"),
    }
    names = {
        "risk_free_rate": "Risk-free rate",
        "equity_premium": "Equity premium",
        "extra_premium": "Extra premium",
        "cost_of_debt": "Cost of debt before tax",
        "tax_rate": "Tax rate",
    }
    inputs = [
        {"name": name, "value": percent(arguments.get(key), 2)} for key, name in names.items() if arguments.get(key)
    ]
    inputs.insert(0, {"name": "Beta", "value": number(arguments["beta"])})
    return View(
        title=title,
        blocks=document(
            grid("What it is made of", columns, rows),
            grid("What it rests on", {"name": ("Input", "text"), "value": ("Value", "rate")}, inputs),
            *closing(result),
        ),
    )
