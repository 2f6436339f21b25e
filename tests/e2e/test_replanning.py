"""Each kind of fact changed once: exactly the actions that read it are called, and going back calls none.

The expected calls follow from what each action declares that it reads, not from recorded runs:

- strategy reads campaign.*, currency, channels.*, formats.*;
- budget reads campaign.result_name, currency, budget.*, economics.*, and of the channel plan
  label, minimum, minimum_applies, maximum, evidence and curve of every channel;
- forecast reads campaign.result_name, currency, schedule.campaign_weeks, economics.*, kpis.*,
  landing_test.*; of the channel plan label, evidence, curve, fit and answers; of the allocation
  spend and expected results of the lines, working total, results, cost per result, payback;
- brief reads campaign.name, campaign.goals; audience, message and formats (label, count, kind,
  spec) of the channel plan; production of the allocation;
- assets read brand.*, team names and roles; formats (label, count, kind) of the creative brief;
  formats (channel, made_by, spec) and channel labels of the channel plan; no money;
- execution reads tasks.*, schedule.*, team names and capacities; label and made_by of the assets;
  currency and the sums (media, production, reserve, unallocated, working total, total) of the
  allocation.

An action is called again only if what it reads has changed in value.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import (
    ASSETS,
    BRIEF,
    BUDGET,
    EXECUTION,
    FORECAST,
    SESSION,
    STRATEGY,
    begin,
    open_campaign,
    person,
    undrawn,
)
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    # Less media: other lines, other sums. Production stays, so the creative brief and the assets stay.
    ("a lower budget", {"budget.total": 80_000}, [BUDGET, FORECAST, EXECUTION]),
    ("a larger reserve", {"budget.reserve_rate": "0.15"}, [BUDGET, FORECAST, EXECUTION]),
    # The same 9,600 by amount: no line and no sum changes.
    ("the same reserve as an amount", {"budget.reserve_amount": 9_600}, [BUDGET]),
    # The creative brief says what production may cost; its formats are as they were.
    ("dearer production", {"budget.production": 15_000}, [BUDGET, FORECAST, BRIEF, EXECUTION]),
    # Media is spent whole either way, so the sums that the schedule reads are equal.
    ("a steeper curve", {"channels.paid_search.curve": "34*sqrt(spend)"}, [STRATEGY, BUDGET, FORECAST]),
    ("a higher minimum that binds", {"channels.sampling.minimum": 6_000}, [STRATEGY, BUDGET, FORECAST]),
    # The podcast is left out with either minimum: the allocation's lines are equal.
    ("a higher minimum of a channel left out", {"channels.podcast.minimum": 7_000}, [STRATEGY, BUDGET]),
    ("a maximum that binds", {"channels.paid_social.maximum": 20_000}, [STRATEGY, BUDGET, FORECAST]),
    # Sampling stands at its minimum, far below either maximum.
    ("a maximum that does not bind", {"channels.sampling.maximum": 11_000}, [STRATEGY, BUDGET]),
    ("a channel that must be used", {"channels.podcast.minimum_applies": "required"}, [STRATEGY, BUDGET, FORECAST]),
    # Sampling may now be left out, but the best plan still uses it at its minimum.
    ("a channel that may be left out", {"channels.sampling.minimum_applies": "if_used"}, [STRATEGY, BUDGET]),
    # Labels of channels stand in the text of four steps; an asset names its channel by id.
    ("a channel's label", {"channels.podcast.label": "Podcast"}, [STRATEGY, BUDGET, FORECAST, ASSETS]),
    (
        "a channel and its format fewer",
        {"channels.podcast": None, "formats.podcast_script": None},
        [STRATEGY, BUDGET, FORECAST, BRIEF, ASSETS, EXECUTION],
    ),
    ("order value", {"economics.order_value": 36}, [BUDGET, FORECAST]),
    ("gross margin", {"economics.gross_margin": "0.5"}, [BUDGET, FORECAST]),
    ("retention", {"economics.monthly_retention": "0.8"}, [BUDGET, FORECAST]),
    ("a target", {"kpis.cost_per_first_order.target": 7}, [FORECAST]),
    ("a KPI's label", {"kpis.payback.label": "Payback"}, [FORECAST]),
    ("a colour", {"brand.colors.copper": "#AF5430"}, [ASSETS]),
    ("the size of a use", {"brand.uses.prices.text_size_pt": 18}, [ASSETS]),
    ("a use's background", {"brand.uses.prices.background": "#FFFFFF"}, [ASSETS]),
    # The schedule reads which task makes an asset, not how many pieces.
    ("one film more", {"formats.film.count": 4}, [STRATEGY, BRIEF, ASSETS]),
    ("a format's specification", {"formats.film.spec": "20 seconds each"}, [STRATEGY, BRIEF, ASSETS]),
    # The creative brief does not say who makes what.
    ("who makes a format", {"formats.welcome_email.made_by": "stills"}, [STRATEGY, ASSETS, EXECUTION]),
    ("a format's label", {"formats.film.label": "Short film"}, [STRATEGY, BRIEF, ASSETS, EXECUTION]),
    ("the power of the test", {"landing_test.power": "0.9"}, [FORECAST]),
    ("a rate to detect", {"landing_test.detect_rate": "0.04"}, [FORECAST]),
    ("visitors of the page", {"landing_test.daily_visitors": 900}, [FORECAST]),
    ("a longer task", {"tasks.film_shoot.duration": 7}, [EXECUTION]),
    ("a task that waits for another", {"tasks.tracking.predecessors": ["creative_concept"]}, [EXECUTION]),
    ("an owner", {"tasks.stills.owner": "lena_fujita"}, [EXECUTION]),
    ("a later start", {"schedule.start": "2027-08-23"}, [EXECUTION]),
    ("a latest date that is kept", {"schedule.latest_go_live": "2027-09-30"}, [EXECUTION]),
    # The check fails, the flow's patch is tried (reviews overlapping), and that is all it has.
    ("a latest date that is missed", {"schedule.latest_go_live": "2027-09-20"}, [EXECUTION, EXECUTION]),
    ("another country's holidays", {"schedule.country": "GB"}, [EXECUTION]),
    # How long media runs spreads the visitors of the test, and the baseline.
    ("a shorter flight", {"schedule.campaign_weeks": 10}, [FORECAST, EXECUTION]),
    # Capacity matters to the schedule only; a name also says who decides on colours.
    ("a capacity", {"team.lena_fujita.capacity": 2}, [EXECUTION]),
    ("a name", {"team.lena_fujita.name": "Lena Fujita-Berg"}, [ASSETS, EXECUTION]),
    ("a role", {"team.marco_oyelaran.role": "Marketing and sales"}, [ASSETS]),
    # No action reads who approves.
    ("an approver", {"approvers.budget": "Marco Oyelaran"}, []),
    ("the audience", {"campaign.audience": "Households in Washington"}, [STRATEGY, BRIEF]),
    ("the message", {"campaign.message": "Coffee from Tacoma"}, [STRATEGY, BRIEF]),
    ("a goal", {"campaign.goals.bank": "A plan for the bank"}, [STRATEGY, BRIEF]),
    ("the campaign's name", {"campaign.name": "Tidewater at home"}, [STRATEGY, BRIEF]),
    ("what is counted", {"campaign.result_name": "first boxes"}, [STRATEGY, BUDGET, FORECAST]),
    # The creative brief shows production money in whatever the currency is: a reference, not a copy.
    ("the currency", {"currency": "EUR"}, [STRATEGY, BUDGET, FORECAST, EXECUTION]),
    ("a judgement on the curves", {f"judgement.{FORECAST}.curve_uncertainty": "0.3"}, [FORECAST]),
    ("a judgement on sensitivity", {f"judgement.{BUDGET}.sensitivity_step": "0.2"}, [BUDGET]),
    # Written differently, the same: canonical by schema.
    ("the same budget in other digits", {"budget.total": "96000.00"}, []),
    ("an assumption confirmed", {"schedule.campaign_weeks": 12}, []),
]


@pytest.fixture(scope="module")
async def desk(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("replanning")
    with undrawn():
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk))
            every = sorted([STRATEGY, BUDGET, FORECAST, BRIEF, ASSETS, EXECUTION])
            assert calls(folder / "calls.log") == every
            yield desk, folder / "calls.log"


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_changed_fact_calls_exactly_the_actions_that_read_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    at, log = desk
    preview = await workspace.preview(at, SESSION, person(changes))
    assert {stale.step for stale in preview if stale.certain} <= set(expected)
    assert {stale.step for stale in preview} >= set(expected)
    assert calls(log) == []  # looking ahead costs nothing
    await workspace.set_facts(at, SESSION, person(changes))
    await drive(at, SESSION)
    assert calls(log) == sorted(expected)
    await workspace.restore(at, SESSION, 1)
    plan = await drive(at, SESSION)
    assert calls(log) == []
    assert all(step.status == "current" for step in plan.steps.values())
    assert plan.metrics == {"total_budget": "96000", "go_live_date": "2027-09-23"}


async def test_every_kind_of_fact_in_the_brief_is_changed_by_some_case(desk: tuple[Desk, Path]) -> None:
    """A kind is a path without its keys of rows; a new kind without a case fails here."""
    rows = {"channels": 1, "kpis": 1, "colors": 1, "uses": 1, "formats": 1, "tasks": 1, "team": 1, "goals": 1}

    def kind(path: str) -> str:
        parts = path.split(".")
        if parts[0] == "judgement":
            return "judgement"
        return ".".join(part for i, part in enumerate(parts) if i == 0 or parts[i - 1] not in rows)

    state = await workspace.read(desk[0], SESSION)
    # Alike in kind to one that is changed: read by the same actions through the same field.
    alike = {
        "approvers.creative",
        "approvers.timeline",
        "brand.uses.bold",
        "brand.uses.foreground",
        "brand.uses.kind",
        "brand.uses.label",
        "formats.channel",
        "formats.kind",
        "kpis.measure",
        "landing_test.baseline_rate",
        "landing_test.sides",
        "landing_test.significance",
        "schedule.go_live_task",
        "tasks.kind",
        "tasks.label",
    }
    changed = {kind(path) for _, changes, _ in CASES for path in changes}
    assert {kind(path) for path in state.values} - changed == alike
