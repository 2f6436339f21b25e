"""Each kind of fact of a launch changed once, and facts that cannot be planned."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from coordinator import workspace
from coordinator.desk import Desk
from coordinator.drive import drive
from experts.core.errors import PixelError
from tests.e2e.campaign import SESSION, begin, open_campaign, person
from tests.e2e.flows.launch import BRIEF, CLEAR, GATE, LOOK, MARKET, MONEY, PLAN, put_back, short_session
from tests.spine.harness import calls

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Desk, Path]]:
    async with short_session(tmp_path_factory.mktemp("changed")) as opened:
        yield opened


# What each action reads, from its declarations:
# plan:   currency, product.name, charter, launch.{date, task, budget}, tasks, schedule, team, risks; of the checklist
#         label, needed, owner, after, blocks, working days of every item;
# market: currency, product.{name, audience, promise}, launch.base_scenario, skus.{label, price},
#         markets.{label, trade_margin, direct}, volumes, scenarios, channels, funnel;
# look:   product.{name, initials}, brand, packaging; labels of the market's products;
# clear:  currency, product.{name, outbound_license, software_use}, launch.open_blockers_allowed,
#         schedule.{start, country, subdivision, weekend}, team names, clearances, components, rights; launch date, and
#         label and finish of every task of the plan; similar names of the look;
# money:  currency, skus.unit_cost, markets.collection_months, running_costs, funding.{cash_available, lead};
#         of the market prices, labels, scenarios by month, channels; launch date and months of the plan;
#         label, start and cost of every item;
# gate:   currency, product.name, launch limits, schedule.deadline, funding.minimum_cash; launch date and finish; failing
#         pairs; blockers and items; profit, margin and cash of every scenario.
# A loop starts anew with what it already knows: after a change the plan runs without the checklist first (one call),
# then with it; a pass whose inputs were seen before costs no call.
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("a dearer product", {"skus.nocta.price": 139}, [MARKET, MONEY, GATE]),
    ("a dearer unit", {"skus.nocta.unit_cost": 48}, [MONEY, GATE]),
    # The look shows the product of a pack by its label.
    ("a product's label", {"skus.nocta.label": "Nocta One"}, [MARKET, LOOK, MONEY]),
    ("a trade margin", {"markets.retail.trade_margin": "0.4"}, [MARKET, MONEY, GATE]),
    # Only who needs orders from the funnel is another matter.
    ("a market sold to directly", {"markets.nordics.direct": True}, [MARKET]),
    ("a market's label", {"markets.nordics.label": "Nordics"}, [MARKET, MONEY]),
    # Cash is lowest before the trade pays anything, so the gate reads the same figures.
    ("a term of payment", {"markets.retail.collection_months": 1}, [MONEY]),
    ("a volume of the base", {"volumes.base-nocta-retail-01.units": 400}, [MARKET, MONEY, GATE]),
    ("a scenario's label", {"scenarios.base.label": "Plan"}, [MARKET, MONEY, GATE]),
    ("a scenario's story", {"scenarios.base.story": "As forecast"}, [MARKET]),
    ("the base scenario", {"launch.base_scenario": "cautious"}, [MARKET, MONEY, GATE]),
    ("a channel's spend", {"channels.search.spend": 30_000}, [MARKET, MONEY, GATE]),
    ("a cost per visit", {"channels.search.cost_per_visit": "0.6"}, [MARKET]),
    # Spend over four months: other months of cash, but the lowest point, in November, moves.
    ("how long a channel runs", {"channels.search.months": 4}, [MARKET, MONEY, GATE]),
    ("a rate of the funnel", {"funnel.basket.rate": "0.06"}, [MARKET]),
    ("the audience", {"product.audience": "Light sleepers"}, [MARKET]),
    ("running costs", {"running_costs.support.monthly": 6_000}, [MONEY, GATE]),
    ("cash set aside", {"funding.cash_available": 700_000}, [MONEY, GATE]),
    ("when units are paid", {"funding.production_lead_months": 3}, [MONEY, GATE]),
    ("the least cash", {"funding.minimum_cash": 50_000}, [GATE]),
    ("a colour", {"brand.colors.ember": "#B0402A"}, [LOOK, GATE]),
    # The other colours stay, so one pair fails as before.
    ("a colour that is not printed on", {"brand.colors.dawn": "#F6C660"}, [LOOK]),
    ("the size of a use", {"brand.uses.body_text.text_size_pt": 10}, [LOOK]),
    ("a name that is known", {"brand.known_names": ["Lunella"]}, [LOOK, CLEAR, CLEAR, CLEAR]),
    ("the base of the type", {"brand.type_base_px": 18}, [LOOK]),
    ("a pack's size", {"packaging.sleeve.size": "400 x 160 mm"}, [LOOK]),
    ("a pack's bleed", {"packaging.sleeve.bleed_mm": 4}, [LOOK]),
    # Support has two months of float: the plan's dates that others read are the task's own finish.
    ("a task with float", {"tasks.support.duration": 7}, [PLAN, CLEAR] * 3),
    ("a task's cost", {"tasks.claims_copy.cost": 2_500}, [PLAN] * 3 + [MONEY, GATE]),
    ("who does a task", {"tasks.web_shop.owner": "lea_brandt"}, [PLAN] * 3),
    ("a charter's line", {"charter.purpose": "Sell it"}, [PLAN] * 3),
    ("a risk's chance", {"risks.returns.probability": "0.4"}, [PLAN] * 3),
    ("a role", {"team.lea_brandt.role": "Head of design"}, [PLAN] * 3),
    # The plan's budget stands in the charter; the gate holds the sum against it.
    ("the budget", {"launch.budget": 400_000}, [PLAN] * 3 + [GATE]),
    # No action reads what marketing may spend: a check does.
    ("the marketing budget", {"launch.marketing_budget": 115_000}, []),
    ("the day of the launch", {"launch.date": "2027-10-06"}, [PLAN, CLEAR] * 3 + [MONEY, GATE]),
    ("the deadline", {"schedule.deadline": "2027-10-20"}, [PLAN] * 3 + [GATE]),
    ("blockers allowed", {"launch.open_blockers_allowed": 1}, [CLEAR] * 3 + [GATE]),
    ("a margin asked for", {"launch.minimum_margin_of_safety": "0.2"}, [GATE]),
    ("a fee", {"clearances.weee.cost": 1_200}, [CLEAR] * 3 + [MONEY, GATE]),
    # Evidence is the checklist's own; the gate reads nothing of it.
    ("evidence", {"clearances.weee.evidence": "Form is filed"}, [CLEAR] * 3),
    # Seven days less of a clearance that decides nothing: the plan reads its working days.
    ("a lead time", {"clearances.weee.lead_days": 77}, [CLEAR] * 3 + [PLAN] * 2 + [GATE]),
    ("a component's licence", {"components.kernel.license": "ISC"}, [CLEAR] * 3),
    ("a right's date", {"rights.light_patent.filed": "2026-11-13"}, [CLEAR] * 3),
    # Only the look holds no money.
    ("the currency", {"currency": "USD"}, [PLAN, CLEAR] * 3 + [MARKET, MONEY, GATE]),
    ("an approver", {"approvers.launch": "Petra Oster"}, []),
    ("a judgement on sensitivity", {f"judgement.{MONEY}.sensitivity_step": "0.2"}, [MONEY]),
    # More is asked of every pair, and the same one fails.
    ("a judgement on contrast", {f"judgement.{LOOK}.level": "AAA"}, [LOOK]),
    ("the same price in other digits", {"skus.nocta.price": "129.0"}, []),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_changed_fact_calls_exactly_the_actions_that_read_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], expected: list[str]
) -> None:
    at, log = desk
    await workspace.set_facts(at, SESSION, person(changes))
    await drive(at, SESSION)
    assert calls(log) == sorted(expected)
    await put_back(at, log)


async def test_every_kind_of_fact_in_the_brief_is_changed_by_some_case(desk: tuple[Desk, Path]) -> None:
    """A kind is a path without its keys of rows; a new kind without a case fails here."""
    tables = {"skus", "markets", "volumes", "scenarios", "channels", "funnel", "running_costs", "packaging", "colors"}
    tables |= {"uses", "tasks", "team", "risks", "clearances", "components", "rights", "objectives", "judgement"}

    def kind(path: str) -> str:
        parts = path.split(".")
        return ".".join(part for at, part in enumerate(parts) if at == 0 or parts[at - 1] not in tables)

    changed = {kind(path).split(".")[0] for _, changes, _ in CASES for path in changes}
    state = await workspace.read(desk[0], SESSION)
    assert {kind(path).split(".")[0] for path in state.values} - changed == set()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schedule.country": "XX"}, "country 'XX' is not an ISO 3166 code"),
        ({"skus.nocta.price": -3}, "skus.nocta.price must be at least 0, not -3"),
        ({"skus.nocta.unit_cost": "cheap"}, "skus.nocta.unit_cost is wrong: 'cheap' is not a number"),
        ({"tasks.tooling.predecessors": ["launch"]}, "wait for each other in a circle"),
        ({"clearances.ce_tests.after": "series_production"}, "wait for each other in a circle"),
        ({"clearances.ce_tests.after": "pilotrun"}, "did you mean 'pilot_run'"),
        ({"volumes.base-nocta-retail-01.market": "retial"}, "did you mean 'retail'"),
        ({"launch.base_scenario": "bse"}, "did you mean 'base'"),
        ({"launch.task": "lunch"}, "did you mean 'launch'"),
        ({"packaging.sleeve.size": "big"}, "size 'big'"),
        ({"packaging.sleeve.sku": "nocta_trio"}, "did you mean 'nocta_duo'"),
        ({"brand.uses.prices.foreground": "embre"}, "did you mean 'ember'"),
        ({"components.kernel.license": "MITT"}, "'MITT' is not an SPDX id"),
        ({"skus.nocta.price": "USD 12"}, "is in USD"),
        ({"markets.retail.trade_margin": "1.2"}, "must be at most 1"),
        ({f"volumes.x{n}.units": 1 for n in range(3000)}, "at most 2000 are planned at once"),
    ],
)
async def test_a_fact_that_cannot_be_planned_is_refused_in_a_sentence_that_names_it(
    desk: tuple[Desk, Path], changes: dict[str, Any], said: str
) -> None:
    at, log = desk
    with pytest.raises(PixelError) as caught:
        await workspace.set_facts(at, SESSION, person(changes))
        await drive(at, SESSION)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    await put_back(at, log)


async def test_a_brief_without_currency_or_people_is_asked_for_them(tmp_path: Path) -> None:
    async with open_campaign(tmp_path) as at:
        with pytest.raises(PixelError, match="currency"):
            await begin(at, BRIEF, {"currency": None, "charter.sponsor": None})
