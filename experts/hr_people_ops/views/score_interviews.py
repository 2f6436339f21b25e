"""The scorecard in the order given, what to talk about first, and the agreement of the panel."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList
from experts.core.contract import Model
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.score_interviews import InterviewScores
from experts.hr_people_ops.views._look import number, percent, words


def view(result: InterviewScores, arguments: Mapping[str, Any]) -> View:
    """Evidence by candidate; nothing is sorted or summed over candidates."""
    open_points = sum(len(row.discuss) for row in result.candidates.values())
    title = f"The panel differs by two points or more on {open_points} rating{'' if open_points == 1 else 's'}"
    if result.icc_single is not None:
        title += f"; agreement ICC(2,1) {number(result.icc_single)}"
    criteria = list(arguments["weights"])
    columns = {
        "candidate": ("Candidate", "text"),
        **{f"c{at}": (words(key), "ratio") for at, key in enumerate(criteria)},
        "range": ("Weighted, lowest to highest", "text"),
    }
    rows = [
        {
            "candidate": words(key),
            **{f"c{at}": number(row.criterion_means[name]) for at, name in enumerate(criteria)},
            "range": f"{number(row.lowest)} to {number(row.highest)}",
        }
        for key, row in result.candidates.items()
    ]
    talk = [
        f"{words(key)}: {', '.join(words(name) for name in row.discuss)}"
        for key, row in result.candidates.items()
        if row.discuss
    ]
    bodies: list[Model] = []
    if talk:
        bodies.append(ItemList(title="Talk about these first", items=talk))
    bodies.append(grid("Scorecard, in the order given", columns, rows, note="Evidence for a panel, not a ranking."))
    if result.pairs:
        heads = {
            "pair": ("Interviewers", "text"),
            "ratings": ("Ratings", "count"),
            "exact": ("Same rating", "rate"),
            "kappa": ("Kappa", "ratio"),
            "weighted": ("Weighted kappa", "ratio"),
        }
        pairs = [
            {
                "pair": " and ".join(words(name) for name in pair.interviewers),
                "ratings": f"{pair.ratings}",
                "exact": percent(pair.exact_agreement, 0),
                "kappa": number(pair.kappa),
                "weighted": number(pair.weighted_kappa),
            }
            for pair in result.pairs
        ]
        bodies.append(grid("Agreement", heads, pairs))
    return View(title=title, blocks=document(*bodies, *closing(result)))
