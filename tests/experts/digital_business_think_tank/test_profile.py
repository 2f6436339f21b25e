"""The expert as the suite discovers it: its tools, areas, catalogue data and what it has to read."""

import re

from experts.core.discovery import Expert
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text
from experts.digital_business_think_tank.tools._figures import questions, table

TOOLS = [
    "analyze_market_concentration",
    "analyze_platform_metrics",
    "assess_digital_maturity",
    "assess_technology_readiness",
    "build_business_model_canvas",
    "build_scenarios",
    "build_technology_radar",
    "classify_kano_features",
    "collect_competitive_intel",
    "compare_business_models",
    "compute_startup_metrics",
    "evaluate_decision_tree",
    "forecast_adoption",
    "map_customer_journey",
    "map_ecosystem",
    "model_cap_table",
    "model_technology_roi",
    "score_weighted_options",
    "select_innovation_portfolio",
    "size_market",
    "value_real_option",
    "write_stage_gate",
]


def test_the_tools_are_these_and_each_serves_an_area(expert: Expert) -> None:
    assert expert.failed == {}
    assert sorted(set(expert.tools) - expert.unlisted) == TOOLS
    served = {name for area in expert.profile.areas for name in area.served_by}
    assert set(TOOLS) <= served <= set(expert.tools) | set(expert.actions)
    assert all(area.served_by for area in expert.profile.areas)


def test_the_profile_is_the_catalogues(expert: Expert) -> None:
    profile = expert.profile
    assert (profile.id, profile.template_id) == ("digital-business-think-tank", "digital-business-think-tank-v1")
    assert (profile.endpoint, profile.estimated_setup_time) == ("/mcp/think-tank-expert", 45)
    assert (profile.category, profile.use_case, profile.minimum_plan) == (
        "innovation_strategy",
        "digital_innovation",
        "premium",
    )
    assert len(profile.areas) == 12 and len(profile.specialized_knowledge) == 10
    assert profile.can_collaborate_with == ["all_experts"]
    assert profile.platforms == ["web", "slack", "teams", "mobile"]
    assert profile.theme["primary_color"] == "#FF6B35"
    assert len(profile.extra["thinking_frameworks"]) == 8


def test_every_tool_says_what_it_does_and_when_to_use_it(expert: Expert) -> None:
    assert [name for name, tool in expert.tools.items() if "Use when" not in (tool.__doc__ or "")] == []


def test_the_frameworks_of_the_catalogue_are_playbooks_with_questions(expert: Expert) -> None:
    frameworks = table("innovation_frameworks").current()["frameworks"]
    catalogue = expert.profile.extra["innovation_methodologies"]
    assert frameworks.keys() == catalogue.keys()
    for name, row in frameworks.items():
        assert row["best_for"] == catalogue[name]["best_for"], name
        assert row["playbook"] == f"playbook://{name}"
        asked = questions(name) or questions(name, "Empathize")
        assert len(asked) >= 4 and all(line.rstrip().endswith(("?", ".", ")")) for line in asked), name
    for title in expert.profile.extra["thinking_frameworks"]:
        name = re.sub(r"[^a-z]+", "_", title.lower())
        name = "risk_reward_analysis" if name.startswith("risk") else name
        assert len(questions(name)) >= 5, name


def test_the_reading_matter_is_valid_and_worth_keeping(expert: Expert) -> None:
    tables = sorted(path.stem for path in (expert.folder / "tables").glob("*.toml"))
    assert tables == [
        "admiralty_grades",
        "bass_analogs",
        "digital_maturity",
        "innovation_frameworks",
        "merger_guidelines",
        "platform_checklist",
        "stage_gate_criteria",
        "technology_readiness",
    ]
    assert all(load_table(expert.folder / "tables" / f"{name}.toml").source for name in tables)
    playbooks = list((expert.folder / "playbooks").glob("*.md"))
    assert len(playbooks) == 15
    for path in [*playbooks, *(expert.folder / "templates").glob("*.md")]:
        assert len(load_text(path).body.splitlines()) >= 20, path.name
    prompts = {path.stem: load_prompt(path) for path in (expert.folder / "prompts").glob("*.md")}
    assert prompts.keys() == {"board_memo", "pre_mortem", "ten_types"}


def test_prompts_and_playbooks_name_only_what_exists(expert: Expert) -> None:
    """A backticked word with an underscore is a tool, a field or a resource; tools are the ones that begin with a verb."""
    verbs = {name.split("_")[0] for name in TOOLS}
    for folder in ("prompts", "playbooks", "templates"):
        for path in (expert.folder / folder).glob("*.md"):
            text = path.read_text("utf-8")
            named = {word for word in re.findall(r"`([a-z]+_[a-z_]+)`", text) if word.split("_")[0] in verbs}
            assert named <= set(TOOLS) | {"make_document"}, path.name
            for kind, name in re.findall(r"(reference|playbook|template)://([a-z0-9_]+)", text):
                place = {"reference": "tables", "playbook": "playbooks", "template": "templates"}[kind]
                assert list((expert.folder / place).glob(f"{name}.*")), (path.name, name)
