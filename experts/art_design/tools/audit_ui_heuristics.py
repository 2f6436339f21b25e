"""Heuristic evaluation of an interface, ranked by severity.

Heuristics: Nielsen's ten (1994, https://www.nngroup.com/articles/ten-usability-heuristics/), numbered 1 to 10.
Severity (Nielsen 1994): 0 no problem, 1 cosmetic, 2 minor, 3 major, 4 catastrophe. A problem's severity is the mean
of the evaluators' ratings; Nielsen advises at least three, because one person's ratings are unreliable. Rank: by
mean, then by the worst rating, then by how many rated it, then by id.

Limits: ranks what evaluators found; it does not look at the interface, and a heuristic without findings is not
one that is met. Means of so few ratings are a guide for order, not a measurement.
"""

from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from experts.art_design.tools._color import EXACT
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, round_to

MOST_PROBLEMS = 500
MOST_RATINGS = 30
ADVISED_EVALUATORS = 3

HEURISTICS = {
    1: "Visibility of system status",
    2: "Match between the system and the real world",
    3: "User control and freedom",
    4: "Consistency and standards",
    5: "Error prevention",
    6: "Recognition rather than recall",
    7: "Flexibility and efficiency of use",
    8: "Aesthetic and minimalist design",
    9: "Help users recognize, diagnose, and recover from errors",
    10: "Help and documentation",
}


class Problem(Model):
    """A problem, the heuristic it breaks (1-10), and each evaluator's severity (0-4)."""

    heuristic: Count
    severities: list[Count]


class RankedProblem(Model):
    """A problem with its mean severity to 2 places; `disputed` if ratings lie 2 or more apart."""

    id: str
    heuristic: str
    severity: Ratio
    worst: Count
    ratings: Count
    disputed: bool


class HeuristicAudit(Model):
    """Problems from the most to the least severe; `by_heuristic` counts them."""

    ranked: list[RankedProblem]
    by_heuristic: dict[str, Count]
    without_findings: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def audit_ui_heuristics(
    problems: Annotated[
        dict[Key, Problem],
        Field(description="by id: Nielsen heuristic 1-10, severities 0-4 one per evaluator"),
    ],
) -> HeuristicAudit:
    """Rank the problems of a heuristic evaluation by severity, by Nielsen's ten heuristics.

    Use when evaluators have walked through an interface and rated what they found.
    It does not look at the interface itself or replace a test with users.
    """
    if not 1 <= len(problems) <= MOST_PROBLEMS:
        raise InvalidInput(f"problems has {len(problems)} entries; give from 1 to {MOST_PROBLEMS}", field="problems")
    ranked = [_ranked(key, problem) for key, problem in problems.items()]
    ranked.sort(key=lambda found: (-found.severity, -found.worst, -found.ratings, found.id))
    counts = {
        name: sum(problem.heuristic == number for problem in problems.values()) for number, name in HEURISTICS.items()
    }
    warnings = []
    if few := [found.id for found in ranked if found.ratings < ADVISED_EVALUATORS]:
        warnings.append(f"fewer than three evaluators rated {', '.join(few[:10])}; Nielsen advises three or more")
    if disputed := [found.id for found in ranked if found.disputed]:
        warnings.append(f"evaluators disagree by two steps or more on {', '.join(disputed[:10])}; discuss these first")
    return HeuristicAudit(
        ranked=ranked,
        by_heuristic=counts,
        without_findings=[name for name, count in counts.items() if count == 0],
        method="Nielsen's ten heuristics and severity 0 to 4 (1994); rank by mean severity, then by the worst rating",
        assumptions=["evaluators rated independently, before they talked"],
        warnings=warnings,
    )


def _ranked(key: str, problem: Problem) -> RankedProblem:
    where = f"problems.{key}"
    if problem.heuristic not in HEURISTICS:
        raise InvalidInput(
            f"{where}.heuristic {problem.heuristic!r} is not between 1 and 10; give the number of Nielsen's heuristic",
            field=f"{where}.heuristic",
        )
    if not 1 <= len(problem.severities) <= MOST_RATINGS:
        raise InvalidInput(
            f"{where}.severities has {len(problem.severities)} ratings; give from 1 to {MOST_RATINGS}",
            field=f"{where}.severities",
        )
    for severity in problem.severities:
        if severity > 4:
            raise InvalidInput(
                f"{where}.severities has {severity!r}; severity runs from 0 (none) to 4 (catastrophe)",
                field=f"{where}.severities",
            )
    with localcontext(EXACT):
        mean = round_to(Decimal(sum(problem.severities)) / len(problem.severities), 2)
    return RankedProblem(
        id=key,
        heuristic=HEURISTICS[problem.heuristic],
        severity=mean,
        worst=max(problem.severities),
        ratings=len(problem.severities),
        disputed=max(problem.severities) - min(problem.severities) >= 2,
    )
