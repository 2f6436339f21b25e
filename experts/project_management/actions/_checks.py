"""What an execution plan refuses before it computes anything, and which tasks make the assets."""

from typing import TYPE_CHECKING

from experts.core.errors import Infeasible, InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import plain

if TYPE_CHECKING:
    from experts.project_management.actions.campaign_execution_planning import AllocationView, Brief, ManifestView


def makers_of(brief: "Brief", manifest: "ManifestView") -> tuple[list[str], list[str]]:
    """The tasks that production is spread over, and the assets that name no task.

    Without any named task that takes a day, production falls on all work. Raises InvalidInput
    for an asset whose `made_by` is no task.
    """
    for key, asset in manifest.assets.items():
        if asset.made_by is not None and asset.made_by not in brief.tasks:
            raise InvalidInput(
                f"asset {key!r}: made_by {asset.made_by!r} is not a task; write the id of the task that makes it, "
                f"or leave made_by out{did_you_mean(asset.made_by, brief.tasks)}",
                field=f"formats.{key}.made_by",
                seen=asset.made_by,
            )
    named = {asset.made_by for asset in manifest.assets.values()}
    lasting = [key for key in sorted(brief.tasks) if brief.tasks[key].duration > 0]
    making = (
        [key for key in lasting if key in named] or [k for k in lasting if brief.tasks[k].kind == "work"] or lasting
    )
    return making, sorted(key for key, asset in manifest.assets.items() if asset.made_by is None)


def check_facts(brief: "Brief", money: "AllocationView") -> None:
    """Raise InvalidInput for a go-live task that is not there, Infeasible for an allocation that does not add up."""
    target = brief.schedule.go_live_task
    if target not in brief.tasks:
        raise InvalidInput(
            f"schedule.go_live_task {target!r} is not a task; add a task with that id, or name the one with which "
            f"the campaign goes live{did_you_mean(target, brief.tasks)}",
            field="schedule.go_live_task",
            seen=target,
        )
    if money.media + money.production != money.working_total:
        raise Infeasible(
            f"the allocation does not add up: media {plain(money.media)} and production {plain(money.production)} "
            f"are not its working total {plain(money.working_total)}; plan the budget again"
        )
    if money.working_total + money.reserve + money.unallocated != money.total:
        raise Infeasible(
            f"the allocation does not add up: working total {plain(money.working_total)}, reserve "
            f"{plain(money.reserve)} and unallocated {plain(money.unallocated)} are not the total "
            f"{plain(money.total)}; plan the budget again"
        )
