"""Each kind of fact changed: exactly the actions that read it are called, and going back calls none.

The expected calls follow from what each action declares that it reads, not from recorded runs:

- TECH reads as_of, technology.*, criteria.*, alternatives.*, evidence.*, risks.*;
- DECISION reads as_of, currency, label and probability of states, options.*, pilot.*, real_option.*, claims.*; of TECH
  the candidate's label, its level and the minimum;
- CASE reads currency, case.*, cash_flows.*, posts released by state; of DECISION currency, label and probability of
  states, label and chances of signals, label and emv of options; of PEOPLE, fed back, training before and after the gate.
  It runs without training first and then with it, so a change of what it reads calls it twice;
- LAW reads as_of, privacy.*, dpia.*, ai.*, software.*, components.*, controller.*, processing.*, obligations.*, owners.*;
  of TECH the candidate's label;
- PEOPLE reads currency, roles.*, people.*, skills.*, courses.*, training.*, redeployment.*; of CASE the posts released if
  it is rolled out and the chance of that;
- GATE reads as_of, technology.name, gate.*, kill_criteria.*; of TECH whether it is mature enough, of CASE whether it is
  worth starting, the chance of the roll-out and the investment before the gate, of LAW what is open before the pilot,
  of PEOPLE the training before the gate;
- PLAN reads currency, tasks.*, schedule.*, milestones.*; of TECH the risks, of CASE the investment, of LAW what is open
  before the pilot, of PEOPLE the cost of training, of GATE its decision and the kill criteria.

A failing check of the roadmap tries the flow's patch (reviews overlapping), which calls PLAN once more.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from tests.e2e.campaign import SESSION, begin, open_campaign, person, undrawn
from tests.e2e.flows.adoption import CASE, DECISION, GATE, LAW, PEOPLE, PLAN, TANNHOF, TECH
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio

TWICE = [CASE, CASE]
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("weights and scores", {"criteria.cost.weight": 25, "alternatives.xray.scores.cost": 4}, [TECH]),
    # Its label is in the texts of three steps.
    ("the candidate's label", {"alternatives.edge_vision.label": "Cameras at the line"}, [TECH, DECISION, LAW]),
    # Level 5 is not enough for a pilot: the gate stays on hold, for one reason more.
    ("evidence that is gone", {"evidence.edge-interfaces": None}, [TECH, DECISION, GATE]),
    ("the day", {"as_of": "2026-12-15"}, [TECH, DECISION, LAW, GATE]),
    ("the technology's name", {"technology.name": "Camera inspection"}, [TECH, GATE]),
    ("what a risk costs", {"risks.delivery.impact": 50_000}, [TECH, PLAN]),
    # Roll-out 0.7475, posts 7.935 / 0.7475 = 10.62, less 6.53 leavers: five people instead of four, so training changes.
    (
        "probabilities",
        {"states.fair.probability": "0.55", "states.weak.probability": "0.20"},
        [DECISION, *TWICE, PEOPLE, GATE, PLAN],
    ),
    # Posts 8.32 / 0.7025 = 11.84: six people; the chance of the roll-out stays.
    ("posts released", {"states.fair.released_posts": 13}, [*TWICE, PEOPLE, PLAN]),
    (
        "what the case is worked out with",
        {
            "case.discount_rate": "0.10",
            "case.stop_cost": 20_000,
            "case.stop_value": 45_000,
            "case.option": "one_plant",
            "cash_flows.ben-glass-fair-south-2030.amount": 17_000,
            "cash_flows.ben-glass-fair-south-2030.item": "Glass",
        },
        TWICE,
    ),
    # The tasks no longer cost what the case invests: the check fails, the patch does not help.
    ("investment after the gate", {"cash_flows.inv-2028-edge.amount": 100_000}, [*TWICE, PLAN, PLAN]),
    (
        "options and what the pilot shows",
        {
            "options.adopt.payoffs.strong": 1_100_000,
            "options.stay.label": "Go on as today",
            "pilot.signals.pass.chances.strong": "0.70",
            "pilot.signals.mixed.chances.strong": "0.25",
        },
        [DECISION, *TWICE],
    ),
    (
        "what only the decision reads",
        {"pilot.cost": 50_000, "real_option.volatility": "0.4", "claims.alpin_use.grade": "A1"},
        [DECISION],
    ),
    (
        "legal facts that leave the count of open points",
        {
            "privacy.uk_offers": True,
            "controller.contact": "Emil Brandt",
            "owners.licences": "Emil Brandt",
            "obligations.machines.label": "Have the machines assessed",
            "processing.logins.recipients": "IT provider",
        },
        [LAW],
    ),
    (
        "legal facts that settle points",
        {
            "ai.safety_component": True,
            "dpia.done": True,
            "components.detector.license": "Apache-2.0",
            "software.outbound": "MIT",
            "processing.line_pictures.retention": "Two weeks",
            "obligations.processor.done": True,
        },
        [LAW, GATE, PLAN],
    ),
    # One person more on a course without a fee, in a session that has seats left: the cost stays.
    (
        "people without a change of cost",
        {
            "people.p001.levels.ai_literacy": 0,
            "people.p002.group": "35 to 54",
            "skills.edge_systems.label": "Computers at the line",
            "roles.planner.label": "Planners",
            "courses.edge.label": "Computers at the line",
            "courses.edge.order": 1,
            "training.rollout_months": 4,
            "training.pilot_start": "2027-07-05",
            "redeployment.hours_per_person": 120,
        },
        [PEOPLE],
    ),
    ("a course's fee", {"courses.operation.fee": 120}, [PEOPLE, CASE, GATE, PLAN]),
    # 38 x (1 - 0.88^2) = 8.57 leavers: two people instead of four.
    ("attrition", {"roles.inspector.attrition": "0.12"}, [PEOPLE, CASE, PLAN]),
    ("training that starts before the gate", {"training.rollout_start": "2027-11-01"}, [PEOPLE, PLAN]),
    ("an answer at the gate", {"gate.answers.plan_and_people.answer": "no"}, [GATE, PLAN]),
    (
        "what leaves the gate's decision",
        {
            "gate.scores.advantage.score": 9,
            "gate.threshold": "0.5",
            "kill_criteria.found.measured_by": "Seeded bottles",
            "kill_criteria.found.owner": "Emil Brandt",
        },
        [GATE],
    ),
    ("a kill criterion", {"kill_criteria.found.threshold": "0.99"}, [GATE, PLAN]),
    (
        "work",
        {
            "tasks.network.duration": 31,
            "tasks.network.owner": "Emil Brandt",
            "tasks.network.predecessors": ["steering"],
            "schedule.subdivision": "HE",
            "milestones.gate_task": "pilot_report",
        },
        [PLAN],
    ),
    ("what a task costs", {"tasks.pilot.cost": 9_000}, [PLAN, PLAN]),
    ("a deadline that is missed", {"schedule.deadline": "2028-06-01"}, [PLAN, PLAN]),
    # No action reads who approves, and a ceiling that is kept changes nothing.
    ("an approver and a ceiling", {"approvers.roadmap": "Anna Reiter", "limits.total": 1_300_000}, []),
    ("the same in other digits", {"case.discount_rate": "0.090", "limits.training": "200000.00"}, []),
    ("a ceiling for training", {"limits.training": 150_000}, [PEOPLE, CASE, GATE, PLAN]),
    ("the currency", {"currency": "CHF"}, [DECISION, *TWICE, PEOPLE, PLAN]),
    ("a judgement on drivers", {f"judgement.{CASE}.swing": "0.2"}, TWICE),
    ("reviews that overlap", {f"judgement.{PLAN}.overlap_review": True, "tasks.label_more.duration": 31}, [PLAN]),
]


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("replanning")
    with undrawn():
        async with open_campaign(folder) as desk:
            await drive(desk, await begin(desk, TANNHOF))
            assert calls(folder / "calls.log") == sorted([TECH, DECISION, *TWICE, LAW, PEOPLE, GATE, PLAN])
            yield desk, folder / "calls.log"


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_changed_fact_calls_exactly_the_actions_that_read_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    """Each case starts from the restored session, so a restoring that cost a call would show in the next one."""
    at, log = desk
    await workspace.set_facts(at, SESSION, person(changes))
    await drive(at, SESSION)
    assert calls(log) == sorted(expected)
    await workspace.restore(at, SESSION, 1)


async def test_looking_ahead_and_going_back_call_nothing(desk: tuple[Desk, Path]) -> None:
    at, log = desk
    preview = await workspace.preview(at, SESSION, person({"courses.operation.fee": 130}))
    assert {stale.step for stale in preview} == {PEOPLE, CASE, GATE, PLAN}
    plan = await drive(at, SESSION)
    assert calls(log) == []
    assert all(step.status == "current" for step in plan.steps.values())
    assert plan.metrics["gate_date"] == "2027-12-02"


async def test_every_kind_of_fact_in_the_brief_is_changed_by_some_case(desk: tuple[Desk, Path]) -> None:
    """A kind is a path without the keys of its rows; one that is alike to a changed one is read by the same action."""
    tables = {
        *("criteria", "alternatives", "evidence", "risks", "states", "options", "signals", "claims", "cash_flows"),
        *("components", "processing", "obligations", "roles", "people", "skills", "courses", "answers", "scores"),
        *("kill_criteria", "tasks", "payoffs", "chances", "levels", "needs"),
    }

    def kind(path: str) -> str:
        parts = path.split(".")
        return ".".join(part for i, part in enumerate(parts) if i == 0 or parts[i - 1] not in tables)

    state = await workspace.read(desk[0], SESSION)
    changed = {kind(path) for _, changes, _ in CASES for path in changes}
    left = {kind(path) for path in state.values} - changed
    # Read by one action alone, or by the same actions through the same table as a kind that is changed.
    alone = (
        "privacy.",
        "dpia.",
        "ai.",
        "software.",
        "real_option.",
        "risks.",
        "criteria.",
        "evidence.",
        "alternatives.",
    )
    alike = (
        *alone,
        "claims.",
        "courses.",
        "roles.",
        "obligations.",
        "processing.",
        "components.",
        "controller.",
        "owners.",
    )
    rest = {
        path
        for path in left
        if not path.startswith((*alike, "tasks.", "gate.", "kill_criteria.", "people.", "training."))
    }
    assert (
        rest
        == {
            *(
                "approvers.investment",
                "approvers.technology",
                "schedule.country",
                "schedule.start",
                "milestones.pilot_task",
            ),
            *("technology.candidate", "technology.minimum_trl", "states.label", "options.label", "pilot.signals.label"),
            *(
                "case.gate_year",
                "cash_flows.kind",
                "cash_flows.scenario",
                "cash_flows.year",
                "redeployment.cost_per_person",
            ),
            *("redeployment.months", "milestones.rollout_task"),
        }
        - changed
    )
