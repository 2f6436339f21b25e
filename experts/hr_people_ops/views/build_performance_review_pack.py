"""The review pack: per person goals and evidence, then calibration by team as counts."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Callout, Heading, Picture
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.build_performance_review_pack import ReviewPack
from experts.hr_people_ops.views._look import number, percent, words


def view(result: ReviewPack, arguments: Mapping[str, Any]) -> View:
    """A section for each person in the order given; the distribution first."""
    bare = sum(bool(pack.goals_without_evidence) for pack in result.people.values())
    title = f"Review pack for {len(result.people)} people" + (
        f"; {bare} still need evidence for a goal" if bare else ""
    )
    bodies: list[Model] = []
    pictures = {}
    if result.ratings:
        said = "How often each rating is given"
        pictures["ratings"] = _chart(result, said)
        bodies.append(Picture(picture="ratings", title=said, alt=f"{said}, all teams."))
        columns = {
            "team": ("Team", "text"),
            "people": ("People", "count"),
            **{name: (words(name), "count") for name in result.ratings},
        }
        rows = [
            {
                "team": words(key),
                "people": "suppressed" if row.people is None else f"{row.people}",
                **{name: f"{row.counts[name]}" if row.counts else "" for name in result.ratings},
            }
            for key, row in result.teams.items()
        ]
        note = (
            f"p that teams rate alike: {number(result.p_teams_differ, 4)}" if result.p_teams_differ is not None else ""
        )
        bodies.append(grid("Ratings by team", columns, rows, note=note))
    for key, pack in result.people.items():
        review = arguments["reviews"][key]
        bodies.append(Heading(text=f"{key}: goals met {percent(pack.goal_achievement, 0)}", level=2))
        columns = {
            "goal": ("Goal", "text"),
            "weight": ("Weight", "rate"),
            "result": ("Result", "rate"),
            "evidence": ("Evidence", "text"),
        }
        rows = [
            {
                "goal": goal.goal,
                "weight": percent(goal.weight, 0),
                "result": percent(goal.result, 0),
                "evidence": goal.evidence or "missing: ask for it",
            }
            for goal in review.goals
        ]
        bodies.append(grid("Goals", columns, rows))
        bodies += [Callout(tone="note", text=f"“{flag.word}”: {flag.advice}.") for flag in pack.flags]
    return View(title=title, blocks=document(*bodies, *closing(result)), pictures=pictures)


def _chart(result: ReviewPack, title: str) -> str:
    from matplotlib.ticker import MaxNLocator

    from experts.core.charts import ACCENT, figure, shorten, svg

    names = list(result.ratings)
    with figure(7.5, 3.6, title) as (made, axes):
        counts = [result.ratings[name] for name in names]
        axes.bar(range(len(names)), counts, color=ACCENT, width=0.6)
        for at, count in enumerate(counts):
            axes.text(at, count, f"{count}", ha="center", va="bottom", fontsize=10)
        axes.set_xticks(range(len(names)), [shorten(words(name), 16) for name in names])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylim(0, max(counts) * 1.15 or 1)
        axes.set_ylabel("People")
        axes.set_xlabel("Rating, lowest first")
        return svg(made)
