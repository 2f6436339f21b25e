"""`pixel experts`, `tools`, `flows`, `serve`, `doctor`."""

from pathlib import Path

import pytest

from coordinator.console.given import parse_arguments
from experts.core.errors import InvalidInput
from tests.cli.harness import FLOW, ROOT, pixel, tree

PAIRS = '{"pairs": {"prices": {"foreground": "#FFFFFF", "background": "#000000"}}}'
CALL = ("tools", "call", "art-design", "check_contrast", "--args")


def test_experts_are_listed_and_shown_without_a_database(tmp_path: Path) -> None:
    listed = pixel(tmp_path, "experts", "list", "--json").json
    assert [expert["id"] for expert in listed] == [
        "art-design",
        "digital-business-think-tank",
        "finance-accountant",
        "hr-people-ops",
        "legal-consultant",
        "marketing-sales",
        "personal-assistant",
        "project-management",
    ]
    assert all(expert["broken"] == {} for expert in listed)
    shown = pixel(tmp_path, "experts", "show", "art-design").out
    assert "check_contrast" in shown
    assert "art-design" in pixel(tmp_path, "experts", "list").out
    assert tree(tmp_path) == []


def test_an_unknown_expert_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    for words in (("experts", "show"), ("tools", "list")):
        done = pixel(tmp_path, *words, "art-desing")
        assert (done.code, done.sentence) == (3, "there is no expert 'art-desing'; did you mean 'art-design'?")


def test_tools_are_listed_with_their_schemas(tmp_path: Path) -> None:
    listed = pixel(tmp_path, "tools", "list", "art-design", "--json").json
    assert {tool["expert"] for tool in listed} == {"art-design"}
    assert "pairs" in next(tool for tool in listed if tool["tool"] == "check_contrast")["input_schema"]["properties"]
    assert "optimize_budget_allocation" in pixel(tmp_path, "tools", "list").out


def test_a_tool_answers_json_whether_its_arguments_are_given_in_a_file_or_on_stdin(tmp_path: Path) -> None:
    (tmp_path / "args.json").write_text(PAIRS, "utf-8")
    given = pixel(tmp_path, *CALL, PAIRS)
    assert given.code == 0
    assert given.json["pairs"]["prices"]["ratio"] == "21"  # WCAG 2.2: black on white is 21:1
    assert pixel(tmp_path, *CALL, f"@{tmp_path / 'args.json'}").out == given.out
    assert pixel(tmp_path, *CALL, "-", stdin=PAIRS).out == given.out


def test_numbers_of_a_tools_arguments_stay_exact() -> None:
    text = '{"a": 0.10000000000000000555, "b": [1e-7, 12]}'
    assert parse_arguments(text) == {"a": "0.10000000000000000555", "b": ["0.0000001", 12]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "at line 1, column 2"),
        ("[1]", "not an object"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": 1e999}', "out of range"),
        ('{"a": 1, "a": 2}', "gives 'a' twice"),
        ("@nowhere.json", "cannot be read"),
    ],
)
def test_arguments_that_are_no_json_object_are_refused(tmp_path: Path, text: str, says: str) -> None:
    done = pixel(tmp_path, *CALL, text)
    assert (done.code, done.out) == (3, "")
    assert says in done.sentence


def test_a_tool_that_does_not_exist_or_refuses_ends_with_exit_code_3(tmp_path: Path) -> None:
    done = pixel(tmp_path, "tools", "call", "art-design", "check_contrst")
    assert (done.code, "did you mean 'check_contrast'?" in done.sentence) == (3, True)
    done = pixel(tmp_path, *CALL, PAIRS.replace("#000000", "red-ish"))
    assert (done.code, "red-ish" in done.sentence) == (3, True)


def test_arguments_nested_too_deeply_are_refused() -> None:
    with pytest.raises(InvalidInput, match="--args is not usable"):
        parse_arguments('{"a":' * 100_000)


def test_a_flow_is_shown_with_the_brief_it_asks_for(tmp_path: Path) -> None:
    assert [flow["flow"] for flow in pixel(tmp_path, "flows", "list", "--json").json] == [
        "business_expansion_planning",
        "digital_innovation_strategy",
        "emerging_technology_adoption",
        "marketing_campaign_planning",
        "product_launch_coordination",
        "startup_ideation_to_launch",
    ]
    brief = {fact["path"]: fact for fact in pixel(tmp_path, "flows", "show", FLOW, "--json").json["brief"]}
    assert brief["budget.total"]["need"] == "yes"
    assert brief["budget.reserve_rate"]["need"].startswith("no: 0.10 is assumed, ")
    assert "channels.*.curve" in pixel(tmp_path, "flows", "show", FLOW).out


def test_a_valid_flow_is_said_to_be_valid_and_a_broken_one_why_not(tmp_path: Path) -> None:
    assert pixel(tmp_path, "flows", "validate", FLOW).out.startswith(f"{FLOW} is valid: 6 steps")
    text = (ROOT / "collaboration_flows" / f"{FLOW}.toml").read_text("utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace('after = ["budget_approval"]', 'after = ["budget_aproval"]', 1), "utf-8")
    done = pixel(tmp_path, "flows", "validate", broken, "--json")
    (problem,) = done.json["problems"]
    assert (done.code, done.json["valid"]) == (2, False)
    assert problem["line"] == text[: text.index('after = ["budget_approval"]')].count("\n") + 1
    assert "did you mean 'budget_approval'?" in problem["message"]
    assert f"{broken}:{problem['line']}: " in pixel(tmp_path, "flows", "validate", broken).out


def test_serving_needs_one_transport_and_a_known_profile(tmp_path: Path) -> None:
    for words in ((), ("--stdio", "--http")):
        assert pixel(tmp_path, "serve", "art-design", *words).code == 3
    assert pixel(tmp_path, "serve", "art-design", "--stdio", "--profile", "all").code == 3
    assert pixel(tmp_path, "serve", "art-desing", "--stdio").code == 3
    done = pixel(tmp_path, "serve", "art-design", "--http", "--host", "0.0.0.0")
    assert (done.code, "no authentication" in done.sentence) == (2, True)


def test_a_doctor_finds_a_healthy_installation_and_makes_nothing(tmp_path: Path) -> None:
    done = pixel(tmp_path / "data", "doctor", "--json")
    assert (done.code, done.json["ok"]) == (0, True)
    names = [finding["what"] for finding in done.json["findings"]]
    assert names[:3] == ["python", "data folder", "database"]
    assert "expert art-design" in names and f"flow {FLOW}" in names
    assert tree(tmp_path) == []
    assert "PROBLEM" not in pixel(tmp_path / "data", "doctor").out


def test_a_doctor_names_a_wrong_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXEL_DATABASE_URL", "nonsense")
    done = pixel(tmp_path, "doctor")
    assert done.code == 2
    assert "'nonsense'" in done.out


def test_a_tools_result_is_written_as_a_document_and_as_a_picture(tmp_path: Path) -> None:
    make = ("tools", "document", "art-design", "check_contrast", "--args", PAIRS, "--out", tmp_path / "made")
    done = pixel(tmp_path, *make, "--json")
    assert (done.code, done.json["format"]) == (0, "docx")
    assert Path(done.json["path"]).read_bytes().startswith(b"PK")
    done = pixel(tmp_path, *make, "--format", "pdf")
    assert (done.code, (tmp_path / "made" / "check_contrast.pdf").read_bytes()[:5]) == (0, b"%PDF-")
    refused = pixel(tmp_path, *make, "--format", "exe")
    assert (refused.code, "it can be" in refused.sentence) == (3, True)
