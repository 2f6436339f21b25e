"""A pack for a review round: goals with their evidence, wording to look at again, ratings by team as counts.

Goal achievement = weighted mean of results (0 none, 1 met; up to 1.5), shown per person in the order given. A goal
without evidence is listed for follow-up. Wording flags come from a list of personality labels, absolutes and protected
matters (for example Snyder 2014 on personality criticism in reviews). Calibration: how often each rating is given in
each team of at least `minimum_group` people, and Fisher's exact or chi-square test of whether teams differ, as a
prompt for a conversation.

Limits: no forced distribution, no ranking, no rating proposed; a manager rates and answers for it. Teams below the
minimum are suppressed, with as many of the next smallest as protect them.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Rate, Share, plain, round_to
from experts.hr_people_ops.tools._groups import hidden_groups
from experts.hr_people_ops.tools._language import Flag, review_flags


class Goal(Model):
    """A goal; `result` 1 is met."""

    goal: Annotated[str, Field(min_length=3, max_length=300)]
    weight: Annotated[Share, Field(gt=0)]
    result: Annotated[Rate, Field(ge=0, le=Decimal("1.5"))]
    evidence: Annotated[str, Field(max_length=600)] = ""


class Review(Model):
    """A manager's review of a person by id."""

    team: Key
    goals: Annotated[list[Goal], Field(min_length=1, max_length=12)]
    comment: Annotated[str, Field(max_length=4000)] = ""
    rating: Key | None = None


class PersonPack(Model):
    """One person's material."""

    goal_achievement: Rate
    goals_without_evidence: list[str]
    flags: list[Flag]


class TeamRatings(Model):
    """Counts by rating; empty where suppressed."""

    people: int | None = None
    counts: dict[str, int] = {}


class ReviewPack(Model):
    """People in the order given."""

    people: dict[str, PersonPack]
    ratings: dict[str, int]
    teams: dict[str, TeamRatings]
    p_teams_differ: Share | None = None
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_performance_review_pack(
    reviews: Annotated[dict[Key, Review], Field(min_length=1, max_length=500)],
    ratings: Annotated[list[Key], Field(min_length=2, max_length=7, description="scale, lowest first")],
    minimum_group: Annotated[int, Field(ge=5, le=50)] = 5,
) -> ReviewPack:
    """Review pack: goal evidence, wording flags, rating counts by team.

    Use when reviews are prepared or calibrated; rates and ranks nobody.
    """
    for key, review in reviews.items():
        total = sum((goal.weight for goal in review.goals), Decimal(0))
        if total != 1:
            raise InvalidInput(
                f"goal weights of {key!r} add up to {plain(total)}, not to 1", field=f"reviews.{key}.goals"
            )
        if review.rating is not None and review.rating not in ratings:
            raise InvalidInput(
                f"rating {review.rating!r} of {key!r} is not on the scale {', '.join(ratings)}",
                field=f"reviews.{key}.rating",
            )
    people = {key: _person(review) for key, review in reviews.items()}
    rated = [review for review in reviews.values() if review.rating is not None]
    sizes: dict[str, int] = {}
    for review in rated:
        sizes[review.team] = sizes.get(review.team, 0) + 1
    hidden = hidden_groups(sizes, minimum_group)
    teams = {
        team: TeamRatings()
        if team in hidden
        else TeamRatings(
            people=size,
            counts={name: sum(r.team == team and r.rating == name for r in rated) for name in ratings},
        )
        for team, size in sorted(sizes.items())
    }
    shown = [list(team.counts.values()) for team in teams.values() if team.people]
    warnings = []
    bare = sum(bool(pack.goals_without_evidence) for pack in people.values())
    if bare:
        warnings.append(f"{bare} people have goals without evidence; ask before calibrating.")
    if hidden:
        warnings.append(f"Teams suppressed as small, or to protect one: {', '.join(sorted(hidden))}.")
    if len(rated) < len(reviews):
        warnings.append(f"{len(reviews) - len(rated)} people have no rating yet.")
    enough = len(rated) >= minimum_group
    if not enough and rated:
        warnings.append(f"Fewer than {minimum_group} ratings: the distribution is suppressed.")
    return ReviewPack(
        people=people,
        ratings={name: sum(r.rating == name for r in rated) for name in ratings} if enough else {},
        teams=teams if enough else {team: TeamRatings() for team in teams},
        p_teams_differ=_differ(shown) if enough else None,
        method="Weighted mean of goal results; wording by list; rating counts by team with a chi-square test of "
        "independence (Fisher's exact for two teams by two ratings).",
        assumptions=[
            "Differences between teams open a conversation; no distribution is forced and nobody is ranked.",
            "A wording flag is a prompt to add an event and its effect, not a fault.",
        ],
        warnings=warnings,
    )


def _person(review: Review) -> PersonPack:
    return PersonPack(
        goal_achievement=round_to(sum((goal.weight * goal.result for goal in review.goals), Decimal(0)), 4),
        goals_without_evidence=[goal.goal for goal in review.goals if not goal.evidence.strip()],
        flags=list(review_flags(review.comment)),
    )


def _differ(rows: list[list[int]]) -> Decimal | None:
    """The p-value of teams rating alike; none with fewer than two teams or ratings in use."""
    used = [column for column in zip(*rows, strict=True) if any(column)]
    if len(rows) < 2 or len(used) < 2:
        return None
    from numpy import array
    from scipy.stats import chi2_contingency, fisher_exact

    table = array([list(row) for row in zip(*used, strict=True)])
    exact = len(table) == 2 and len(used) == 2
    found = float(fisher_exact(table).pvalue) if exact else float(chi2_contingency(table, correction=False).pvalue)
    return min(round_to(Decimal(repr(found)), 4), Decimal(1))
