"""The decision tree with its best path, and the risk profile."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.core.view import View
from experts.digital_business_think_tank.tools.evaluate_decision_tree import DecisionAnalysis, TreeNode
from experts.digital_business_think_tank.views import _svg as svg
from experts.digital_business_think_tank.views._page import amount, figure, grid, page, percent, words

ROW, STEP, MOST = 30.0, 214.0, 60


def view(result: DecisionAnalysis, arguments: Mapping[str, Any]) -> View:
    """Title, tree (its first levels if it is large), risk profile, options and posteriors."""
    currency = str(arguments["currency"])
    first = "Getting the information first" if result.best == "get_information" else words(result.best)
    title = (
        f"{first} is worth {amount(result.emv, currency)} on average; {percent(result.chance_of_loss)} chance of a loss"
    )
    if result.evsi is not None and result.evsi_net is not None:
        title += f"; the information is worth {amount(result.evsi, currency)} before its cost, perfect information {amount(result.evpi or Decimal(0), currency)}"
    elif result.evpi is not None:
        title += f"; knowing the outcome would be worth {amount(result.evpi, currency)}"
    bodies = []
    if result.options:
        rows = [
            {"o": words(r.option), "emv": figure(r.emv), "worst": figure(r.worst), "best": figure(r.best)}
            for r in result.options
        ]
        bodies.append(
            grid(
                "Options without information",
                {
                    "o": ("Option", "text"),
                    "emv": (f"EMV, {currency}", "money"),
                    "worst": ("Worst", "money"),
                    "best": ("Best", "money"),
                },
                rows,
            )
        )
    if result.posteriors:
        rows = [
            {
                "s": words(r.signal),
                "p": percent(r.probability),
                "states": "; ".join(f"{words(k)} {percent(v)}" for k, v in r.states.items()),
                "best": words(r.best),
                "emv": figure(r.emv),
            }
            for r in result.posteriors
        ]
        heads = {
            "s": ("Signal", "text"),
            "p": ("Chance", "rate"),
            "states": ("States, given it", "text"),
            "best": ("Then best", "text"),
            "emv": ("EMV", "money"),
        }
        bodies.append(grid("What each signal would change", heads, rows))
    rows = [{"v": figure(r.value), "p": percent(r.probability, 2)} for r in result.risk_profile[:60]]
    bodies.append(
        grid(
            "Outcomes of the best policy", {"v": (f"Outcome, {currency}", "money"), "p": ("Probability", "rate")}, rows
        )
    )
    if result.switches_at is not None:
        first = next(iter(arguments["probabilities"]))
        bodies.append(
            grid(
                "Where the choice changes",
                {"a": ("State", "text"), "b": ("Probability", "rate")},
                [{"a": words(first), "b": percent(result.switches_at, 2)}],
            )
        )
    pictures = {"tree": (_tree(result, title), title), "risk": (_risk(result, currency), "Outcomes of the best policy")}
    return page(title, result, *bodies, pictures=pictures)


def _tree(result: DecisionAnalysis, title: str) -> str:
    nodes = {node.id: node for node in result.tree}
    children: dict[str, list[TreeNode]] = {}
    for node in result.tree:
        children.setdefault(node.parent, []).append(node)
    root = children[""][0]
    depth, cut = _depth(children, root)
    place: dict[str, tuple[float, float]] = {}
    row = [0.0]

    def put(node: TreeNode, level: int) -> float:
        below = children.get(node.id, []) if level < depth else []
        if not below:
            y = row[0]
            row[0] += 1
        else:
            ys = [put(child, level + 1) for child in below]
            y = (ys[0] + ys[-1]) / 2
        place[node.id] = (level, y)
        return y

    put(root, 0)
    levels = max(int(x) for x, _ in place.values())
    drawing = svg.Drawing(max(760.0, 110 + levels * STEP + 190), 100 + row[0] * ROW + 44, title)
    note = "Square: decision. Circle: chance. Triangle: end. Figures: expected value from there; the dark path is the best policy"
    top = drawing.heading(title, note + ("; deeper branches are in the table" if cut else "")) + 16

    def at(name: str) -> tuple[float, float]:
        x, y = place[name]
        return 44 + x * STEP, top + 12 + y * ROW

    best = _best_path(nodes)
    parents = {nodes[name].parent for name in place}
    for name in place:
        node = nodes[name]
        if node.parent in place and node.parent:
            (x1, y1), (x2, y2) = at(node.parent), at(name)
            strong = name in best
            colour, thick = (svg.NAVY, 2.6) if strong else (svg.LINE, 1.4)
            elbow = x1 + 30
            drawing.path(
                f"M{svg.number(x1)} {svg.number(y1)}L{svg.number(elbow)} {svg.number(y2)}L{svg.number(x2)} {svg.number(y2)}",
                stroke=colour,
                thick=thick,
            )
            said = words(node.label.split("/")[-1])
            if node.probability is not None:
                said = f"{said}, {percent(node.probability)}"
            drawing.text(
                elbow + 6, y2 - 5, svg.shorten(said, 10, STEP - 62), 10, svg.INK if strong else svg.MUTED, bold=strong
            )
    for name in place:
        node, (x, y) = nodes[name], at(name)
        fill = svg.NAVY if name in best or node is root else svg.PAPER
        if node.kind == "decision":
            drawing.rect(x - 9, y - 9, 18, 18, fill, svg.NAVY, thick=1.6)
        elif node.kind == "chance":
            drawing.circle(x, y, 9.5, fill, svg.NAVY, 1.6)
        else:
            drawing.polygon([(x - 8, y), (x + 6, y - 8), (x + 6, y + 8)], fill, svg.NAVY, 1.4)
        said, strong = amount(node.expected), name in best
        if name in parents:
            room = svg.width_of(said, 10, strong) + 6
            drawing.rect(x - room / 2, y + 13, room, 14, svg.PAPER, radius=2)
            drawing.text(x, y + 24, said, 10, svg.INK, "middle", bold=strong)
        else:
            drawing.text(x + 14, y + 4, said, 10, svg.INK, bold=strong)
    return drawing.svg()


def _depth(children: dict[str, list[TreeNode]], root: TreeNode) -> tuple[int, bool]:
    """How many levels can be shown with at most `MOST` rows, and whether that cuts the tree."""
    level, here = 0, [root]
    while True:
        following = [child for node in here for child in children.get(node.id, [])]
        ends = sum(1 for node in here if not children.get(node.id))
        if not following:
            return level, False
        if len(following) + ends > MOST and level > 0:
            return level, True
        level, here = level + 1, following


def _best_path(nodes: dict[str, TreeNode]) -> set[str]:
    """Nodes that the best policy can reach."""
    reached: set[str] = set()
    for node in nodes.values():
        parent = nodes.get(node.parent)
        if parent is None or (parent.id in reached and (parent.kind != "decision" or node.chosen)):
            reached.add(node.id)
    return reached


def _risk(result: DecisionAnalysis, currency: str) -> str:
    from experts.core import charts
    from experts.digital_business_think_tank.views._plots import thousands

    chance = percent(result.chance_of_loss)
    title = (
        f"The best policy loses money with a chance of {chance}"
        if result.chance_of_loss
        else "The best policy never loses money"
    )
    with charts.figure(8.4, 3.8, title) as (made, axes):
        values = [float(row.value) for row in result.risk_profile]
        shares = [float(row.probability) for row in result.risk_profile]
        colours = [charts.SECOND if value < 0 else charts.ACCENT for value in values]
        axes.vlines(values, 0, shares, colors=colours, linewidth=5)
        axes.scatter(values, shares, c=colours, s=44, zorder=3)
        if len(values) <= 8:
            for value, share in zip(values, shares, strict=True):
                axes.annotate(
                    f"{share:.0%}", (value, share), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9
                )
        axes.axvline(float(result.emv), color=charts.MUTED, linestyle=(0, (4, 3)), linewidth=1)
        axes.annotate(
            "expected",
            (float(result.emv), 1),
            xycoords=("data", "axes fraction"),
            xytext=(4, -2),
            textcoords="offset points",
            va="top",
            fontsize=9,
            color=charts.MUTED,
        )
        axes.set_ylim(0, max(shares) * 1.25)
        axes.margins(x=0.08)
        axes.set_xlabel(f"Outcome, {currency}")
        axes.set_ylabel("Probability")
        thousands(axes, "x")
        return charts.svg(made)
