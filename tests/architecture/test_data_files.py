"""Every data file of the repository is read by the model it belongs to."""

import itertools
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from coordinator.brief.reading import read_brief
from coordinator.engine.flow import Flow, parse_flow
from experts.core.discovery import Expert, load_view
from experts.core.profile import load_profile
from experts.core.tables import load_table
from experts.core.texts import load_prompt, load_text
from mcp_servers.known import experts
from mcp_servers.settings import load_settings
from tests.architecture.tree import ROOT, files, name

EXPERTS = experts()


def _flow(path: Path) -> Flow:
    return parse_flow(path.read_text("utf-8"), path.name)


READERS: dict[str, Callable[[Path], object]] = {
    "experts/*/expert.toml": load_profile,
    "experts/*/tables/*.toml": load_table,
    "collaboration_flows/*.toml": _flow,
    "examples/briefs/*.toml": read_brief,
    "examples/flows/*.toml": _flow,
    "config.toml": lambda path: load_settings({}, path),
    "pyproject.toml": lambda path: tomllib.loads(path.read_text("utf-8")),
    "tests/spine/spine.toml": _flow,
    "tests/spine/toys/*/expert.toml": load_profile,
}
FLOWS = {path.stem: _flow(path) for path in files(".toml") if path.parent.name == "collaboration_flows"}


def reader(path: Path) -> Callable[[Path], object]:
    """What reads a file; a file that nothing reads is an error."""
    for pattern, read in READERS.items():
        if path.relative_to(ROOT).match(pattern) and len(path.relative_to(ROOT).parts) == pattern.count("/") + 1:
            return read
    raise AssertionError(f"nothing reads {name(path)}; add its reader")


@pytest.mark.parametrize("path", files(".toml"), ids=name)
def test_a_data_file_is_valid(path: Path) -> None:
    reader(path)(path)


@pytest.mark.parametrize("path", [path for path in files(".toml") if path.parent.name == "tables"], ids=name)
def test_a_reference_table_has_the_name_of_its_file(path: Path) -> None:
    table = load_table(path)
    assert table.id == path.stem
    assert table.source.strip()
    spans = sorted((row.effective_from, row.effective_to) for row in table.rows)
    for (_, end), (begin, _) in itertools.pairwise(spans):
        assert end is not None
        assert end < begin, "one day has two rows"


@pytest.mark.parametrize(
    "path", [path for path in files(".md") if path.parent.name in ("playbooks", "templates", "prompts")], ids=name
)
def test_a_playbook_template_or_prompt_says_what_it_is(path: Path) -> None:
    if path.parent.name == "prompts":
        assert load_prompt(path).body.strip()
        return
    text = load_text(path)
    assert text.body.strip() and text.head.source.strip()
    assert text.head.effective_to is None or text.head.effective_from <= text.head.effective_to


@pytest.mark.parametrize("expert", EXPERTS.values(), ids=EXPERTS)
def test_every_view_belongs_to_a_tool_and_loads(expert: Expert) -> None:
    views = {path.stem for path in (expert.folder / "views").glob("[a-z]*.py")}
    assert views <= expert.tools.keys()
    assert all(load_view(expert, tool) for tool in views)


@pytest.mark.parametrize("expert", EXPERTS.values(), ids=EXPERTS)
def test_every_module_of_an_expert_loads(expert: Expert) -> None:
    assert expert.failed == {}
    assert expert.tools
    assert expert.folder.name == expert.profile.id.replace("-", "_")


@pytest.mark.parametrize("expert", EXPERTS.values(), ids=EXPERTS)
def test_what_serves_an_area_exists(expert: Expert) -> None:
    known = {*expert.tools, *expert.actions}
    assert {name for area in expert.profile.areas for name in area.served_by} <= known


def test_experts_share_no_id_and_no_endpoint() -> None:
    assert len({expert.profile.id for expert in EXPERTS.values()}) == len(
        list((ROOT / "experts").glob("*/expert.toml"))
    )
    assert len({expert.profile.endpoint for expert in EXPERTS.values()}) == len(EXPERTS)


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_the_steps_of_a_flow_are_actions_of_its_participants(flow: Flow) -> None:
    for step in flow.steps:
        assert step.expert in flow.participants
        assert (step.action or step.id) in EXPERTS[step.expert].actions
