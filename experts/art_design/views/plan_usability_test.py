"""How many problems so many people find."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.art_design.tools.plan_usability_test import UsabilityPlan
from experts.art_design.views._page import counted, digits
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid


def view(result: UsabilityPlan, arguments: Mapping[str, Any]) -> View:
    """The curve for the chance assumed, its half and its double."""
    title = (
        f"{counted(result.people_per_group, 'person', 'people')} a group find {digits(result.share_found * 100, 0)}% "
    )
    title += f"of the problems; {result.people} in all"
    rows = [
        {"n": key.removeprefix("n"), "share": f"{digits(share * 100, 1)}%"}
        for key, share in result.share_by_people.items()
    ]
    return View(
        title=title,
        blocks=document(
            Picture(picture="curve", title=title, alt=f"Share of problems found by number of people. {title}."),
            grid("Share of problems found", {"n": ("People", "count"), "share": ("Share found", "rate")}, rows),
            *closing(result),
        ),
        pictures={"curve": _curve(result, arguments, title)},
    )


def _curve(result: UsabilityPlan, arguments: Mapping[str, Any], title: str) -> str:
    from experts.core.charts import ACCENT, GRID, INK, MUTED, SECOND, figure, svg

    chance = Decimal("0.31") if arguments.get("chance") is None else arguments["chance"]
    p, target = float(chance), float(arguments["target"])
    end = max(10, min(2 * result.people_per_group, 400))
    people = [end * at / 100 for at in range(101)]
    with figure(9, 4.6, title) as (made, axes):
        for value, style, name in ((p / 2, "--", "half"), (p, "-", "as assumed"), (p * 2, ":", "double")):
            if value < 1:
                axes.plot(people, [100 * (1 - (1 - value) ** n) for n in people], color=ACCENT if value == p else MUTED,
                          linestyle=style, linewidth=2.4 if value == p else 1.4,
                          label=f"chance {value * 100:.3g}% ({name})")  # fmt: skip
        axes.axhline(target * 100, color=SECOND, linewidth=1)
        axes.annotate(f"target {target * 100:.3g}%", (end, target * 100), xytext=(0, 4), textcoords="offset points",
                      ha="right", fontsize=9, color=SECOND)  # fmt: skip
        axes.plot([result.people_per_group], [float(result.share_found) * 100], marker="o", color=INK, linestyle="none",
                  markersize=8)  # fmt: skip
        axes.set_xlabel("People tested in one group")
        axes.set_ylabel("Share of problems found, %")
        axes.set_xlim(0, end)
        axes.set_ylim(0, 106)
        axes.grid(color=GRID, linewidth=0.6)
        axes.legend(frameon=False, loc="lower right")
        return svg(made)
