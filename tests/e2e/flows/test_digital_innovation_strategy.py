"""Hollenbeck's figures against calculations that share no code with the experts."""

import itertools
import math
from datetime import date, timedelta
from decimal import Decimal

import networkx as nx
import pytest
from scipy.optimize import brentq

from tests.e2e.flows.innovation import (
    ADOPTION,
    CASE,
    CONCEPT,
    MARKET,
    OPPORTUNITY,
    PORTFOLIO,
    ROADMAP,
    VALUES,
    brief,
    flows,
    results,
    rows,
)

NET = {"investment": -1, "running": -1, "benefit": 1}
FUNDED = {
    *("data_platform", "customer_portal", "mobile_counter"),
    *("pricing_engine", "tool_tracking", "tool_subscription"),
}


def npv(amounts: list[Decimal], rate: float = 0.09) -> float:
    """Net present value in floating point, the first year undiscounted."""
    return sum(float(amount) / (1 + rate) ** year for year, amount in enumerate(amounts))


def test_maturity_is_the_weighted_mean_of_the_levels_that_have_evidence() -> None:
    """Weights 2, 2, 1, 2, 1, 1, 1. Data says 3 without evidence and counts as 2.

    (2*3 + 2*2 + 3 + 2*2 + 2 + 2 + 3) / 10 = 24/10; as stated data adds 2/10.
    """
    found = results()[OPPORTUNITY]
    assert (found["maturity_index"], found["maturity_as_stated"]) == ("2.4", "2.6")
    assert {key: row["counted"] for key, row in found["maturity"].items()} == {
        "strategy": 3,
        "customer": 2,
        "operations": 3,
        "data": 2,
        "technology": 2,
        "people": 2,
        "security": 3,
    }
    assert not found["maturity"]["data"]["proven"]


def test_readiness_ends_at_the_first_level_without_evidence() -> None:
    """Levels of the evidence file; the marketplace has a test of level 4 and nothing for level 3."""
    levels = {key: row["trl"] for key, row in results()[OPPORTUNITY]["initiatives"].items()}
    assert levels == {
        "data_platform": 7,
        "customer_portal": 6,
        "mobile_counter": 5,
        "pricing_engine": 4,
        "tool_tracking": 7,
        "predictive_maintenance": 4,
        "marketplace": 2,
        "picking_robots": 6,
        "shuttle_store": 8,
        "remote_support": 6,
        "tool_subscription": 4,
    }


def test_the_market_is_customers_times_value_and_agrees_with_the_published_total() -> None:
    """2400*9800 + 7800*3100 + 3600*2700 + 2900*2200 + 950*6400 = 69,880,000; published 78,000,000."""
    found = results()[OPPORTUNITY]
    segments = brief()["market"]["segments"]
    tam = sum(each["customers"] * each["annual_value"] for each in segments.values())
    sam = sum(each["customers"] * each["annual_value"] * each["reachable"] for each in segments.values())
    som = sum(
        each["customers"] * each["annual_value"] * each["reachable"] * each["obtainable"] for each in segments.values()
    )
    levels = found["levels"]
    assert tam == 69_880_000
    assert [Decimal(levels[level]["amount"]) for level in ("tam", "sam", "som")] == [tam, sam, som]
    assert float(levels["tam"]["ratio"]) == pytest.approx(78_000_000 / 69_880_000, abs=5e-4)
    assert found["reconciled"] is True
    # 158.4 + 468 + 162 + 104.4 + 33.25, each to a whole customer
    assert found["obtainable_customers"] == "925"


def test_concentration_is_the_sum_of_squared_shares() -> None:
    """14^2 + 22^2 + 17^2 + 12^2 + 9^2 + 8^2 = 1258; the unnamed 18 % as firms of 8, 8 and 2 add 132."""
    structure = results()[OPPORTUNITY]["structure"]
    assert (structure["hhi"], structure["hhi_high"], structure["top_four"]) == ("1258", "1390", "0.65")
    assert structure["level"] == "moderately concentrated"  # 1,000 to 1,800, Merger Guidelines of 2023


def test_every_initiative_is_worth_its_discounted_flows() -> None:
    found = results()[VALUES]["initiatives"]
    chances = {key: each["chance"] for key, each in brief()["initiatives"].items()}
    benefits, costs = flows({"benefit": 1}), flows({"investment": 1, "running": 1})
    assert len(rows("cash_flows")) == 206
    for key, amounts in flows(NET).items():
        assert float(found[key]["npv"]) == pytest.approx(npv(amounts), abs=0.006), key
        expected = float(chances[key]) * npv(benefits[key]) - npv(costs[key])
        assert float(found[key]["expected_npv"]) == pytest.approx(expected, abs=0.006), key
        assert Decimal(found[key]["investment"]) == sum(flows({"investment": 1})[key]), key


def test_the_payback_of_the_portal_is_counted_by_hand() -> None:
    """-320, 2, 218, 306 (thousands): after two years -100 is left, of 306 in the next: 2 + 100/306 years."""
    net = flows(NET)["customer_portal"]
    assert [int(amount) for amount in net[:4]] == [-320_000, 2_000, 218_000, 306_000]
    found = results()[VALUES]["initiatives"]["customer_portal"]["payback_years"]
    # The flow of a year is spread over the year before its end: year 3 begins at time 2.
    assert float(found) == pytest.approx(2 + 100 / 306, abs=5e-5)


def test_no_other_set_within_the_budget_is_worth_more() -> None:
    """All 1,024 sets of the ten initiatives that are ready, with their needs and the one exclusion."""
    facts, found = brief()["initiatives"], results()[VALUES]["initiatives"]
    ready = [key for key in facts if key != "marketplace"]
    best: tuple[Decimal, Decimal, set[str]] = (Decimal(0), Decimal(0), set())
    for size in range(len(ready) + 1):
        for chosen in map(set, itertools.combinations(ready, size)):
            cost = sum((Decimal(found[key]["investment"]) for key in chosen), Decimal(0))
            value = sum((Decimal(found[key]["expected_npv"]) for key in chosen), Decimal(0))
            allowed = all(
                set(facts[key].get("needs", [])) <= chosen and not set(facts[key].get("excludes", [])) & chosen
                for key in chosen
            )
            if allowed and cost <= 1_650_000 and (value, -cost) > (best[0], -best[1]):
                best = (value, cost, chosen)
    portfolio = results()[PORTFOLIO]
    assert best[2] == portfolio["selected"].keys() == FUNDED
    assert (Decimal(portfolio["value"]), Decimal(portfolio["invested"])) == best[:2]
    assert Decimal(portfolio["left"]) == 1_650_000 - best[1] == 27_000
    assert {key: row["standing"] for key, row in portfolio["initiatives"].items() if key not in FUNDED} == {
        "marketplace": "not_ready",
        **dict.fromkeys(("predictive_maintenance", "picking_robots", "shuttle_store", "remote_support"), "not_funded"),
    }


def test_scores_are_the_weighted_sum_of_the_score_file() -> None:
    weights = {key: Decimal(each["weight"]) / 100 for key, each in brief()["criteria"].items()}
    assert sum(weights.values()) == 1
    totals = {row["id"]: sum(weights[key] * Decimal(row[key]) for key in weights) for row in rows("scores")}
    found = results()[PORTFOLIO]["initiatives"]
    assert {key: Decimal(row["score"]) for key, row in found.items()} == totals
    assert found["customer_portal"]["rank"] == 1 and totals["customer_portal"] == max(totals.values())


def test_the_case_is_the_sum_of_what_is_funded() -> None:
    case, net = results()[CASE], flows(NET)
    total = [sum((net[key][at] for key in FUNDED), Decimal(0)) for at in range(6)]
    assert [Decimal(row["net"]) for row in case["years"].values()] == total
    assert [Decimal(row["cumulative"]) for row in case["years"].values()] == list(itertools.accumulate(total))
    assert float(case["npv"]) == pytest.approx(npv(total), abs=0.04)  # a sum of six rounded values
    assert float(case["irr"]) == pytest.approx(brentq(lambda rate: npv(total, rate), 0.0, 5.0), abs=1e-7)
    assert case["investment"] == "1623000"
    # -857, -1495, -781, 264: paid back within the third year after the first, 2 + 781/1045
    assert float(case["payback_years"]) == pytest.approx(2 + 781 / 1045, abs=5e-5)
    assert case["lowest_cumulative"] == "-1495000"


def test_the_stress_is_worked_out_from_present_values() -> None:
    case = results()[CASE]
    benefit = sum(npv(flows({"benefit": 1})[key]) for key in FUNDED)
    running = sum(npv(flows({"running": 1})[key]) for key in FUNDED)
    investment = sum(npv(flows({"investment": 1})[key]) for key in FUNDED)
    assert float(case["break_even_share"]) == pytest.approx((running + investment) / benefit, abs=1e-6)
    stress = {key: float(row["npv"]) for key, row in case["stress"].items()}
    assert stress["benefits_lower"] == pytest.approx(0.8 * benefit - running - investment, abs=0.05)
    assert stress["investment_higher"] == pytest.approx(benefit - running - 1.2 * investment, abs=0.05)
    assert stress["benefits_late"] == pytest.approx(benefit / 1.09 - running - investment, abs=0.05)


def test_investment_falls_into_the_quarters_of_the_brief() -> None:
    planned: dict[str, Decimal] = {}
    for row in rows("cash_flows"):
        if row["kind"] == "investment" and row["initiative"] in FUNDED:
            quarter = f"{row['year']}-q{row['quarter']}"
            planned[quarter] = planned.get(quarter, Decimal(0)) + Decimal(row["amount"])
    case = results()[CASE]
    assert {key: Decimal(row["investment"]) for key, row in case["quarters"].items()} == planned
    assert (case["peak"], case["peak_quarter"]) == ("335000", "2027-q3")
    assert list(case["quarters"].values())[-1]["cumulative"] == "1623000"


def test_adoption_follows_the_bass_model() -> None:
    """Sultan, Farley and Lehmann (1990): p = 0.03, q = 0.38; F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t)."""
    p, q, m = 0.03, 0.38, 925

    def adopted(t: int) -> float:
        return m * (1 - math.exp(-(p + q) * t)) / (1 + q / p * math.exp(-(p + q) * t))

    found = results()[ADOPTION]
    totals = [row["total"] for row in found["periods"].values()]
    assert totals == [round(adopted(t)) for t in range(1, 9)]
    assert [row["new"] for row in found["periods"].values()] == [b - a for a, b in itertools.pairwise([0, *totals])]
    assert float(found["peak_period"]) == pytest.approx(math.log(q / p) / (p + q), abs=5e-4)
    assert found["final_low"] < found["final"] < found["final_high"]
    assert results()[MARKET]["adopters"] == found["final"] == 603


def test_the_distances_on_the_map_are_euclidean_and_shell_builders_lead() -> None:
    market, brands = results()[MARKET], brief()["positioning"]["brands"]
    own = brands["hollenbeck"]
    for key, place in market["brands"].items():
        distance = math.dist((own["x"], own["y"]), (brands[key]["x"], brands[key]["y"]))
        assert float(place["distance"]) == pytest.approx(distance, abs=5e-5), key
    assert (market["nearest"], market["order"][0]) == ("bauprofi", "shell_builders")
    assert float(market["move"]) == pytest.approx(math.dist((4.6, 7.1), (7.8, 8.2)), abs=5e-5)
    assert market["segments"]["shell_builders"]["som"] == "1552320"  # 2400 * 9800 * 0.55 * 0.12


def test_colours_can_be_read_once_the_negotiated_ones_are_used() -> None:
    """WCAG 2.2 relative luminance, written out."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(first: str, second: str) -> float:
        light, dark = sorted((luminance(first), luminance(second)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    concept = results()[CONCEPT]
    assert (concept["checked"], concept["passed"], concept["failed"]) == (4, 4, 0)
    given = {"button_labels": ("#FFFFFF", "#E87722", 4.5), "map_pins": ("#E87722", "#EEF2F4", 3.0)}
    for key, (front, back, required) in given.items():
        assert contrast(front, back) < required, key  # 13 points, even bold, is not large text
        pair = concept["pairs"][key]
        assert pair["changed"] and pair["background"] == back
        assert contrast(pair["foreground"], back) >= required, key
    assert concept["pairs"]["body_text"]["foreground"] == "#22303A"


def test_six_people_of_each_group_find_enough_problems() -> None:
    """1 - 0.69^5 = 0.8436 is below 0.85, 1 - 0.69^6 = 0.8921 is not (Nielsen and Landauer 1993)."""
    concept = results()[CONCEPT]
    assert concept["test_people"] == 6
    assert float(concept["test_share_found"]) == pytest.approx(1 - 0.69**6, abs=1e-6)
    assert concept["screens"].keys() == brief()["screens"].keys()  # every screen's initiative is funded


# Public holidays of Bremen in 2027 and 2028 that fall on weekdays: Easter is 28 March 2027 and 16 April 2028.
HOLIDAYS = {
    *(date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)),
    *(date(2028, 4, 14), date(2028, 4, 17), date(2028, 5, 1), date(2028, 5, 25), date(2028, 6, 5)),
    *(date(2028, 10, 3), date(2028, 10, 31), date(2028, 12, 25), date(2028, 12, 26)),
}


def test_the_roadmap_ends_on_the_day_that_the_longest_path_gives() -> None:
    graph = nx.DiGraph()
    for row in rows("activities"):
        if row["initiative"] in {"", *FUNDED}:
            graph.add_node(row["id"], days=int(row["duration"]))
            graph.add_edges_from((before, row["id"]) for before in row["predecessors[]"].split(";") if before)
    ends: dict[str, int] = {}
    for key in nx.topological_sort(graph):
        ends[key] = graph.nodes[key]["days"] + max((ends[before] for before in graph.predecessors(key)), default=0)
    longest = max(ends.values())
    day, worked = date(2027, 2, 1), 0
    while True:
        worked += day.weekday() < 5 and day not in HOLIDAYS
        if worked == longest:
            break
        day += timedelta(days=1)
    roadmap = results()[ROADMAP]
    assert roadmap["task_count"] == len(graph) == 45
    assert roadmap["working_days"] == longest
    assert roadmap["finish"] == day.isoformat()
    assert roadmap["initiatives"].keys() == FUNDED


def test_the_roadmap_costs_what_the_case_invests_and_splits_it_by_duration() -> None:
    roadmap = results()[ROADMAP]
    assert roadmap["bac"] == results()[CASE]["investment"]
    activities = {row["id"]: row for row in rows("activities")}
    for key in FUNDED:
        work = [id for id, row in activities.items() if row["initiative"] == key and row["kind"] == "work"]
        costs = {id: Decimal(roadmap["tasks"][id]["cost"]) for id in work}
        invested = sum(flows({"investment": 1})[key], Decimal(0))
        assert sum(costs.values()) == invested == Decimal(roadmap["initiatives"][key]["cost"])
        days = sum(int(activities[id]["duration"]) for id in work)
        for id, cost in costs.items():
            exact = invested * int(activities[id]["duration"]) / days
            assert abs(cost - exact) < Decimal("0.01"), id
    months = list(roadmap["months"].values())
    assert sum(Decimal(month["planned"]) for month in months) == Decimal(roadmap["bac"])


def test_every_gate_of_what_is_funded_stands_in_the_roadmap_with_what_has_to_be_true() -> None:
    gates = {row["id"]: row for row in rows("activities") if row["kind"] == "gate" and row["initiative"] in FUNDED}
    found = results()[ROADMAP]["gates"]
    assert found.keys() == gates.keys()
    assert {key: gate["criterion"] for key, gate in found.items()} == {k: r["criterion"] for k, r in gates.items()}
