"""What the experts of a flow offer now: their actions, and actions made of foreign tools."""

from coordinator.engine.adapter import foreign_action, output_of
from coordinator.engine.compiled import ActionSpec, CompiledFlow, compile_flow
from coordinator.engine.fit import own_misfits
from coordinator.engine.flow import Flow
from coordinator.engine.places import FlowError
from coordinator.roster import Roster
from coordinator.state import State


async def offered(roster: Roster, flow: Flow) -> CompiledFlow:
    """Check a flow against the experts it names, as they answer now."""
    found = list(own_misfits(flow, roster.experts))
    if found:
        raise FlowError(found)
    specs: list[ActionSpec] = []
    for expert in dict.fromkeys(step.expert for step in flow.steps):
        specs += (await roster.link(expert)).actions.values()
    published = {(spec.expert, spec.name): spec.output for spec in specs}
    outputs = {
        step.id: output_of(step) if step.tool else published.get((step.expert, step.action or step.id), {})
        for step in flow.steps
    }
    for step in flow.steps:
        if step.tool:
            specs.append(foreign_action(flow, step, (await roster.link(step.expert)).tools, outputs))
    return compile_flow(flow, specs)


async def older(roster: Roster, state: State) -> dict[str, str]:
    """The steps whose pinned action is not the one that its expert offers now, with what it offers instead."""
    found = {}
    for name, spec in state.flow.actions.items():
        link = await roster.link(spec.expert)
        now = link.actions.get(spec.name)
        if spec.foreign is None and (now is None or now.id != spec.id):
            found[name] = now.id if now else "no such action"
    return found
