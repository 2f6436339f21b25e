"""The workbook's formulas, worked by a small spreadsheet engine of the tests, equal the plan's figures.

Changing an input cell must give the figures of a plan made with that fact, to the cent.
"""

import copy
import graphlib
import math
import random
import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from experts.core.contract import ActionResult
from experts.core.errors import Infeasible
from experts.core.worksheet import to_json
from experts.finance_accountant.actions import budget_analysis_and_optimization as action

Facts = dict[str, Any]
Run = Callable[..., ActionResult]
_TOKEN = re.compile(r'\s*(\[\[[^\]]+\]\]|"[^"]*"|[0-9.]+(?:[eE][+-]?[0-9]+)?|[A-Z]+(?=\()|>=|<=|<>|[-+*/^(),<>=])')


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes most of the time and has no part in a workbook."""
    monkeypatch.setattr(action, "pictures_of", lambda *_: {})


class _Formula:
    """Spreadsheet text as a Python expression; IF works only the arm it takes."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(text)
        assert "".join(self.tokens) == text.replace(" ", ""), text
        self.at = 0
        self.python = self.compare()
        assert self.at == len(self.tokens), text

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def compare(self) -> str:
        left = self.chain(("+", "-"), lambda: self.chain(("*", "/"), self.power))
        if self.peek() in (">", "<", ">=", "<=", "=", "<>"):
            sign = {"=": "==", "<>": "!="}.get(self.peek(), self.peek())
            self.take()
            return f"({left}{sign}{self.chain(('+', '-'), lambda: self.chain(('*', '/'), self.power))})"
        return left

    def chain(self, signs: tuple[str, ...], part: Callable[[], str]) -> str:
        text = part()
        while self.peek() in signs:
            text = f"({text}{self.take()}{part()})"
        return text

    def power(self) -> str:
        base = self.atom()
        while self.peek() == "^":
            self.take()
            base = f"({base}**{self.atom()})"
        return base

    def atom(self) -> str:
        token = self.take()
        if token == "-":
            return f"(-{self.atom()})"
        if token == "(":
            inner = self.compare()
            assert self.take() == ")"
            return f"({inner})"
        if token.startswith("[["):
            return f"V[{token[2:-2]!r}]" if "*" not in token else f"ALL({token[2:-2]!r})"
        if token.isalpha():
            assert self.take() == "("
            arguments = [self.compare()]
            while self.peek() == ",":
                self.take()
                arguments.append(self.compare())
            assert self.take() == ")"
            if token == "IF":
                return f"({arguments[1]} if {arguments[0]} else {arguments[2]})"
            return f"{token}({','.join(arguments)})"
        return token if token.startswith('"') else f"{float(token)!r}"


def _flat(items: tuple[Any, ...]) -> list[float]:
    return [number for item in items for number in (item if isinstance(item, list) else [item])]


def _rounded(number: float, places: float, how: str) -> float:
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(places)), rounding=how))


def recalculate(result: ActionResult, inputs: dict[str, float]) -> dict[str, Any]:
    """Every cell's value by ref (`self#…`) and by address (`cell:…`), worked from the input cells."""
    formulas: dict[str, str] = {}
    values: dict[str, Any] = {}
    for block in (block for block in result.document if block.kind == "sheet"):
        assert block.id == block.body["name"].lower()
        for row, cells in block.body["rows"].items():
            for column, cell in cells.items():
                if isinstance(cell, str):
                    continue
                name = f"cell:{block.id}/{row}/{column}"
                ref = cell.get("ref", name)
                assert ref not in formulas and ref not in values, f"{ref} has two homes"
                if "formula" in cell:
                    formulas[ref] = _Formula(cell["formula"]).python
                else:
                    values[ref] = inputs[ref]

    def matching(pattern: str) -> list[str]:
        shape = re.compile("[^.]+".join(map(re.escape, pattern.split("*"))))
        return [ref for ref in formulas if shape.fullmatch(ref)]

    needs: dict[str, set[str]] = {}
    for ref, text in formulas.items():
        named = re.findall(r"V\['([^']+)'\]", text)
        for pattern in re.findall(r"ALL\('([^']+)'\)", text):
            named += matching(pattern)
        needs[ref] = set(named)
    scope: dict[str, Any] = {
        "V": values,
        "ALL": lambda pattern: [values[ref] for ref in matching(pattern)],
        "SUM": lambda *xs: sum(_flat(xs)),
        "MIN": lambda *xs: min(_flat(xs)),
        "MAX": lambda *xs: max(_flat(xs)),
        "AND": lambda *xs: all(xs),
        "INT": math.floor,
        "EXP": math.exp,
        "LN": math.log,
        "ROUND": lambda x, n: _rounded(x, n, ROUND_HALF_UP),
        "ROUNDDOWN": lambda x, n: _rounded(x, n, ROUND_DOWN),
    }
    for ref in graphlib.TopologicalSorter(needs).static_order():
        if ref in formulas:
            values[ref] = eval(formulas[ref], scope)
        assert ref in values, f"{ref} is used by a formula and shown nowhere"
    return values


def inputs_of(brief: Facts, channels: Facts) -> dict[str, float]:
    """Input cells by ref, from facts and the channel plan."""

    def leaves(tree: Any, path: str) -> dict[str, float]:
        if isinstance(tree, dict):
            return {ref: number for key, item in tree.items() for ref, number in leaves(item, f"{path}.{key}").items()}
        try:
            return {path: float(tree)}
        except ValueError:
            return {}

    found = {f"fact:{path[1:]}": number for path, number in leaves(brief, "").items()}
    for path, number in leaves({"channels": channels}, "").items():
        found[f"channel_plan#{path[1:]}"] = found[f"fact:{path[1:]}"] = number
    return found


def assert_equals_plan(values: dict[str, Any], plan: ActionResult) -> None:
    """Every figure of the sheets equals the plan's; where the plan has none the cell says so in a word."""
    shown = [ref for ref in values if ref.startswith("self#")]
    assert "self#lines.paid_search.spend" in shown or len(shown) > 5
    for ref in shown:
        node: Any = plan.data
        for key in ref.removeprefix("self#").split("."):
            node = node.get(key) if node is not None else None
        if node is None:
            assert isinstance(values[ref], str), ref
        else:
            assert values[ref] == pytest.approx(float(node), abs=1e-7), ref
    assert values["cell:budget/check/amount"] == 0
    assert values["cell:budget/shortfall/amount"] == 0


def _set(tree: Facts, path: str, value: str) -> Facts:
    changed = copy.deepcopy(tree)
    *parents, last = path.split(".")
    node = changed
    for key in parents:
        node = node[key]
    node[last] = value
    return changed


def test_unchanged_inputs_give_the_figures_of_the_plan(run: Run, brief: Facts, channels: Facts) -> None:
    plan = run(brief, channels)

    values = recalculate(plan, inputs_of(brief, channels))

    assert_equals_plan(values, plan)
    assert values["self#lines.paid_search.spend"] == 40297.41
    assert values["self#expected_results"] == 11442.25


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("budget.total", "200000"),
        ("budget.total", "250000"),  # the podcast becomes worth its minimum
        ("budget.total", "1000000"),
        ("budget.total", "26111.11"),
        ("budget.reserve_rate", "0.173"),
        ("budget.production", "20000.37"),
        ("economics.order_value", "10"),
        ("economics.monthly_retention", "1"),
        ("economics.gross_margin", "0.01"),
        ("channels.sampling.minimum", "9000"),
        ("channels.sampling.maximum", "5500"),
        ("channels.podcast.minimum", "100"),
        ("channels.podcast.curve.a", "900"),
        ("channels.podcast.curve.scale", "2500"),
        ("channels.paid_search.curve.a", "3.5"),
        ("channels.paid_social.curve.b", "0.61"),
    ],
)
def test_a_changed_input_cell_gives_the_re_planned_budget(
    run: Run, brief: Facts, channels: Facts, path: str, value: str
) -> None:
    workbook = run(brief, channels)
    changed = _set({**brief, "channels": channels}, path, value)
    re_planned = run({key: item for key, item in changed.items() if key != "channels"}, changed["channels"])

    values = recalculate(workbook, inputs_of(*_parts(changed)))

    assert_equals_plan(values, re_planned)


def _parts(changed: Facts) -> tuple[Facts, Facts]:
    return {key: item for key, item in changed.items() if key != "channels"}, changed["channels"]


def _random_plan(seed: int) -> Facts:
    draw = random.Random(seed)
    currency, places = draw.choice([("USD", 2), ("JPY", 0), ("KWD", 3)])

    def money(low: float, high: float) -> str:
        return f"{draw.uniform(low, high):.{places}f}"

    channels: Facts = {}
    optional = 0
    for n in range(draw.randint(1, 6)):
        applies = draw.choice(["required", "if_used"]) if optional < 3 else "required"
        optional += applies == "if_used"
        channel: Facts = {
            "label": f"Channel {n}",
            "minimum": draw.choice(["0", money(100, 5000)]),
            "minimum_applies": applies,
            "evidence": "given",
        }
        if draw.random() < 0.5:
            channel["maximum"] = money(9000, 30000)
        kind = draw.random()
        if kind < 0.45:
            channel["curve"] = {"form": "power", "a": money(5, 60), "b": f"{draw.uniform(0.2, 0.85):.2f}"}
        elif kind < 0.8:
            channel["curve"] = {"form": "log", "a": money(100, 900), "scale": money(300, 9000)}
        channels[f"k{draw.randint(0, 9)}-{n}"] = channel
    budget = {"total": money(40000, 90000), "production": money(0, 4000)}
    budget |= {"reserve_amount": money(0, 5000)} if draw.random() < 0.5 else {"reserve_rate": "0.087"}
    economics = {"order_value": money(20, 90), "gross_margin": "0.4", "monthly_retention": "0.71"}
    return {
        "campaign": {"result_name": "results"},
        "currency": currency,
        "budget": budget,
        "economics": economics,
        "channels": channels,
    }


def _varied(plan: Facts, seed: int) -> Facts:
    draw = random.Random(seed)
    places = {"USD": 2, "JPY": 0, "KWD": 3}[plan["currency"]]
    changed = copy.deepcopy(plan)

    def vary(node: Facts, *keys: str) -> None:
        for key in keys:
            if key in node and node[key] != "0":
                node[key] = f"{float(node[key]) * draw.uniform(0.75, 1.3):.{places}f}"

    vary(changed["budget"], "total", "production", "reserve_amount")
    for channel in changed["channels"].values():
        vary(channel, "minimum", "maximum")
        vary(channel.get("curve", {}), "a", "scale")
    return changed


@pytest.mark.parametrize("seed", range(24))
def test_random_plans_follow_random_changes(run: Run, seed: int) -> None:
    """Several optional channels, channels without a curve, money left over, three currencies."""
    first = _random_plan(seed)
    second = _varied(first, seed)
    try:
        workbook, re_planned = run(*_parts(first)), run(*_parts(second))
    except Infeasible:
        return

    assert_equals_plan(recalculate(workbook, inputs_of(*_parts(first))), workbook)
    assert_equals_plan(recalculate(workbook, inputs_of(*_parts(second))), re_planned)


def test_with_many_optional_channels_the_workbook_keeps_the_choice_and_says_so(run: Run, brief: Facts) -> None:
    channels: Facts = {
        f"c{n}": {
            "label": f"Channel {n}",
            "minimum": "6000",
            "minimum_applies": "if_used",
            "evidence": "given",
            "curve": {"form": "power", "a": str(20 + 5 * n), "b": "0.5"},
        }
        for n in range(5)
    }
    plan = run({**brief, "budget": {"total": "30000"}}, channels)

    values = recalculate(
        plan, inputs_of({**brief, "budget": {"total": "30000", "production": "0", "reserve_rate": "0.1"}}, channels)
    )

    assert_equals_plan(values, plan)
    budget = next(block for block in plan.document if block.id == "budget")
    assert "Plan anew to have that choice made again" in budget.body["note"]


def test_a_plan_of_a_hundred_channels_keeps_its_spends_and_says_so(run: Run, brief: Facts) -> None:
    channels: Facts = {
        f"c{n}": {"label": f"Channel {n}", "minimum": "0", "minimum_applies": "required", "evidence": "none"}
        for n in range(100)
    }
    plan = run(brief, channels)

    sheets = [block for block in plan.document if block.kind == "sheet"]
    assert [block.id for block in sheets] == ["inputs", "budget"]
    assert "too many channels" in sheets[1].body["note"]
    assert sheets[1].body["rows"]["line-c7"]["amount"] == {"ref": "self#lines.c7.spend", "unit": "ratio"}


def test_formulas_use_only_functions_that_every_spreadsheet_knows(run: Run, brief: Facts, channels: Facts) -> None:
    plan = run(brief, {**channels, "mail": {**channels["podcast"], "label": "Mail", "curve": None}})

    text = str(to_json([block.body for block in plan.document if block.kind == "sheet"]))
    used = set(re.findall(r"\b([A-Z]{2,})\(", text))
    assert used <= {"IF", "MIN", "MAX", "SUM", "ROUND", "ROUNDDOWN", "LN", "EXP", "AND", "INT"}
