"""What people see: titles, pictures without overflow or overlap, and files that other programs open."""

import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import openpyxl
import pytest
from PIL import ImageFont

import experts.digital_business_think_tank
from coordinator.exports._svg import png_of, says
from experts.core.discovery import Expert
from experts.core.view import View
from tests.experts.digital_business_think_tank.conftest import ARGUMENTS

Shown = Callable[[str, dict[str, Any]], tuple[View, Any]]
VIEWED = sorted(
    path.stem for path in Path(experts.digital_business_think_tank.__file__).parent.joinpath("views").glob("[a-z]*.py")
)
TOOLS = [name for name in ARGUMENTS if name not in ("explain_method", "read_reference", "make_document")]
LONG = "A very long name that somebody pasted from a report without thinking about how wide a column is"
KEY = "a_very_long_name_that_goes_on_and_on_until_the_end_of_it_all"

EXTREMES: dict[str, tuple[str, dict[str, Any]]] = {
    "one segment, tiny share": (
        "size_market",
        {
            "currency": "EUR",
            "segments": {
                KEY: {"customers": "9000000", "annual_value": "100000", "reachable": "0.001", "obtainable": "0.001"}
            },
        },
    ),
    "full radar": (
        "build_technology_radar",
        {
            "blips": [
                {
                    "name": f"{q} {LONG} {r} {i}",
                    "quadrant": f"{q} {LONG}",
                    "ring": r,
                    "moved": ("in", "out", "new", "none")[i % 4],
                }
                for q in ("Techniques", "Platforms", "Tools", "Languages")
                for r in ("adopt", "trial", "assess", "hold")
                for i in range(5)
            ]
        },
    ),
    "two dimensions": ("assess_digital_maturity", {"scores": {"strategy": {"level": 1}, "data": {"level": 2}}}),
    "crowded canvas": (
        "build_business_model_canvas",
        {
            "title": LONG,
            "currency": "EUR",
            "blocks": {
                name: [f"{LONG} {i}" for i in range(12)]
                for name in ("customer_segments", "channels", "key_partners", "cost_structure")
            },
            "streams": [
                {"name": f"{LONG} {i}", "segment": f"{LONG} 0", "customers": "1000", "price": "12"} for i in range(20)
            ],
            "annual_costs": "5",
        },
    ),
    "large tree": (
        "evaluate_decision_tree",
        {
            "currency": "EUR",
            "nodes": {"root": {"kind": "decision"}}
            | {f"{KEY[:50]}{i}": {"parent": "root", "kind": "chance"} for i in range(6)}
            | {
                f"end_{i}_{j}": {"parent": f"{KEY[:50]}{i}", "probability": "0.2", "value": str(10**6 * (i - j))}
                for i in range(6)
                for j in range(5)
            },
        },
    ),
    "forty actors": (
        "map_ecosystem",
        {
            "actors": {f"actor_{i}_{KEY[:40]}": LONG for i in range(40)},
            "flows": [
                {"source": f"actor_{i}_{KEY[:40]}", "target": f"actor_{(i + 1) % 40}_{KEY[:40]}", "what": "x"}
                for i in range(40)
            ],
        },
    ),
    "wide matrix": (
        "collect_competitive_intel",
        {
            "as_of": "2026-11-25",
            "claims": [
                {
                    "competitor": f"{LONG} {i}",
                    "topic": f"{LONG} {j}",
                    "claim": LONG * 3,
                    "source": "https://example.com/" + "x" * 300,
                    "day": "2026-01-01",
                    "grade": "B2",
                }
                for i in range(7)
                for j in range(16)
            ],
        },
    ),
    "long journey": (
        "map_customer_journey",
        {
            "persona": LONG,
            "stages": [
                {
                    "name": f"{LONG} {i}",
                    "doing": LONG,
                    "touchpoint": LONG,
                    "feeling": i % 5 - 2,
                    "pains": {f"{LONG} {k}": k * 4 + 1 for k in range(6)},
                }
                for i in range(10)
            ],
        },
    ),
    "sixty features": (
        "classify_kano_features",
        {"answers": {f"{KEY[:50]}{i}": {"15": 10 + i % 3, "12": 3 + i % 5, "25": 4 + i % 7} for i in range(60)}},
    ),
    "no evidence": (
        "assess_technology_readiness",
        {"evidence": [], "as_of": "2026-11-25", "scale": "mrl", "claimed": 10},
    ),
    "many knock-outs": (
        "write_stage_gate",
        {
            "project": LONG,
            "gate": "launch",
            "decided_on": "2026-11-25",
            "must_meet": {f"{KEY[:50]}{i}": {"answer": "no"} for i in range(20)},
        },
    ),
    "monopoly": ("analyze_market_concentration", {"shares": {"one": "1"}, "as_of": "2026-11-25"}),
    "one metric": ("compute_startup_metrics", {"currency": "USD", "cash": "100", "monthly_net_burn": "10"}),
}


def fonts() -> dict[bool, Any]:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return {
        bold: ImageFont.truetype(str(folder / f"DejaVuSans{'-Bold' if bold else ''}.ttf"), 100)
        for bold in (False, True)
    }


FONTS = fonts()


def boxes(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Every upright text of a hand-laid picture with the box that DejaVu Sans really gives it."""
    found = []
    for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        if node.get("transform"):
            continue
        text, size = node.text or "", float(node.get("font-size", "0"))
        wide = FONTS[node.get("font-weight") == "bold"].getlength(text) * size / 100
        x, y = float(node.get("x", "0")), float(node.get("y", "0"))
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        found.append((text, left, y - 0.72 * size, left + wide, y + 0.2 * size))
    return found


def check_picture(svg: str) -> None:
    root = ET.fromstring(svg)
    if not list(root.iter("{http://www.w3.org/2000/svg}text")):
        return  # drawn by matplotlib, which lays out its own text
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    texts = boxes(svg)
    for text, left, top, right, bottom in texts:
        assert left >= 0 and right <= width and top >= 0 and bottom <= height, f"{text!r} leaves the picture"
    for (one, l1, t1, r1, b1), (two, l2, t2, r2, b2) in itertools.combinations(texts, 2):
        overlap = min(r1, r2) - max(l1, l2) > 1 and min(b1, b2) - max(t1, t2) > 1.5
        assert not overlap, f"{one!r} and {two!r} overlap"


def test_every_tool_has_a_view_and_an_example(expert: Expert) -> None:
    assert set(expert.tools) - expert.unlisted <= set(TOOLS)
    assert set(expert.tools) - expert.unlisted <= set(VIEWED) <= set(TOOLS)


@pytest.mark.parametrize("tool", VIEWED)
def test_an_example_is_shown_the_same_way_twice_and_nothing_is_cut(tool: str, shown: Shown) -> None:
    view, result = shown(tool, ARGUMENTS[tool])
    assert view == shown(tool, ARGUMENTS[tool])[0]
    assert len(view.title) <= 240 and view.pictures and view.blocks
    for name, svg in view.pictures.items():
        check_picture(svg)
        assert png_of(name, svg).startswith(b"\x89PNG")
    assert result.method


@pytest.mark.parametrize("case", EXTREMES)
def test_long_names_single_rows_and_many_rows_do_not_overflow(case: str, shown: Shown) -> None:
    tool, arguments = EXTREMES[case]
    view, _ = shown(tool, arguments)
    assert len(view.title) <= 300
    for svg in view.pictures.values():
        check_picture(svg)


@pytest.mark.parametrize(
    ("tool", "picture", "texts"),
    [
        ("assess_digital_maturity", "radar", ["Data and decisions", "2 of 5"]),
        (
            "assess_technology_readiness",
            "ladder",
            ["claimed", "System prototype demonstrated in the operational environment"],
        ),
        ("build_business_model_canvas", "canvas", ["Value propositions", "Costs 410,000 EUR a year"]),
        ("build_technology_radar", "radar", ["Techniques", "ADOPT", "Rust"]),
        ("build_scenarios", "matrix", ["Open road", "35\u00a0%", "Openness of practice systems"]),
        ("classify_kano_features", "plot", ["must-be", "Reminders: must-be"]),
        ("collect_competitive_intel", "matrix", ["unknown", "2,100 clinics", "A1"]),
        ("compare_business_models", "cash", ["Cumulative cash, EUR", "Licence"]),
        ("evaluate_decision_tree", "tree", ["123,000", "Pilot succeeds, 30\u00a0%"]),
        ("forecast_adoption", "curve", ["Cumulative adopters", "Period from launch"]),
        ("map_customer_journey", "journey", ["delighted", "20", "Follow up"]),
        ("map_ecosystem", "graph", ["Practice systems", "complementors"]),
        ("model_cap_table", "ownership", ["Fully diluted ownership", "51.5%"]),
        ("model_technology_roi", "tornado", ["NPV, EUR", "Time saved"]),
        ("score_weighted_options", "tornado", ["Control of data"]),
        ("select_innovation_portfolio", "bubbles", ["Cost, EUR", "Self service"]),
        ("size_market", "circles", ["29.4 million EUR", "TAM"]),
        ("value_real_option", "lattice", ["4.2 million"]),
    ],
)
def test_a_picture_says_what_it_shows(tool: str, picture: str, texts: list[str], shown: Shown) -> None:
    svg = shown(tool, ARGUMENTS[tool])[0].pictures[picture]
    for text in texts:
        assert says(svg, text), text


def test_the_cap_table_workbook_calculates_what_the_tool_says(shown: Shown) -> None:
    view, result = shown("model_cap_table", ARGUMENTS["model_cap_table"])
    data = view.files["cap-table.xlsx"]
    assert (
        isinstance(data, bytes)
        and data == shown("model_cap_table", ARGUMENTS["model_cap_table"])[0].files["cap-table.xlsx"]
    )
    formulas, values = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    table, shares = formulas["Cap table"], values["Cap table"]
    total = table.max_row
    assert re.fullmatch(rf"=SUM\(D5:D{total - 1}\)", table[f"D{total}"].value)
    assert shares[f"D{total}"].value == 17_946_424 == sum(row[0].value or 0 for row in shares[f"D5:D{total - 1}"])
    for row in range(5, total):
        if shares[f"D{row}"].value:
            assert shares[f"E{row}"].value == pytest.approx(shares[f"D{row}"].value / 17_946_424, abs=1e-6)
    rounds, known = formulas["Rounds"], values["Rounds"]
    assert rounds["E5"].value == f"=ROUND(B5/('Cap table'!D{total}-'Cap table'!D{total - 1}),4)"
    assert known["E5"].value == 1.1144 == round(15_000_000 / (17_946_424 - 4_486_719), 4)
    assert known["F5"].value == 4_486_719 == int(5_000_000 / 1.1144)
    assert rounds["G5"].value.startswith("=F5-") and known["G5"].value == 0
    assert result.stages[-1].total_shares == 17_946_424


def test_titles_of_one_are_in_the_singular(shown: Shown) -> None:
    kano = shown("classify_kano_features", {"answers": {"reminders": {"25": 10}}})[0].title
    assert kano.startswith("1 feature: ")
    claim = ARGUMENTS["collect_competitive_intel"]["claims"][0]
    intel = shown("collect_competitive_intel", {"as_of": "2026-11-25", "claims": [claim], "topics": []})[0].title
    assert intel.startswith("1 of 1 cell is sourced on 1 competitor")


def test_a_technology_that_needs_no_money_first_does_not_pay_back_after_0_years(shown: Shown) -> None:
    arguments = {"costs": {"licence": ["0", "10"]}, "benefits": {"time": ["0", "30"]}, "rate": "0.1", "currency": "EUR"}
    title = shown("model_technology_roi", arguments)[0].title
    assert "is never behind" in title and "0 years" not in title
