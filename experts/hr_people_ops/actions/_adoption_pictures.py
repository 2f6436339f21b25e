"""The pictures of a plan for people: gaps by skill, training by month, leavers against posts released."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experts.hr_people_ops.actions.skills_gap_analysis_and_training_plan import Brief, Output


def pictures_of(brief: Brief, output: Output) -> dict[str, str]:
    """Whatever the plan has something to show for."""
    found = {"change_months": _months(output)}
    if output.skills:
        found["change_gaps"] = _gaps(output)
    if output.released is not None and output.path:
        found["change_path"] = _path(output)
    return found


def _gaps(output: Output) -> str:
    from matplotlib.ticker import MaxNLocator

    from experts.core.charts import ACCENT, figure, shorten, svg

    rows = sorted(output.skills.values(), key=lambda row: (-row.below_level, row.label))[:30]
    with figure(8.6, 1.6 + 0.36 * len(rows), "People below the level that their role will need, by skill") as (
        made,
        axes,
    ):
        axes.barh(range(len(rows)), [row.below_level for row in rows], color=ACCENT, height=0.6)
        for at, row in enumerate(rows):
            axes.text(row.below_level, at, f" {row.below_level}", va="center", fontsize=9)
        axes.set_yticks(range(len(rows)), [shorten(row.label, 40) for row in rows])
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlim(0, max(row.below_level for row in rows) * 1.12)
        axes.set_xlabel("People")
        return svg(made)


def _months(output: Output) -> str:
    from matplotlib.ticker import FuncFormatter

    from experts.core.charts import GRID, SERIES, figure, shorten, svg

    months = [*output.pilot_months.items(), *output.rollout_months.items()]
    names = [key for key, each in output.courses.items() if each.pilot_people or each.rollout_people]
    with figure(8.6, 4.4, "Cost of training by month and course") as (made, axes):
        base = [0.0] * len(months)
        for at, name in enumerate(names):
            values = [float(month.courses[name].cost) if name in month.courses else 0.0 for _, month in months]
            label = shorten(output.courses[name].label, 34)
            axes.bar(range(len(months)), values, bottom=base, color=SERIES[at % len(SERIES)], width=0.7, label=label)
            base = [one + other for one, other in zip(base, values, strict=True)]
        step = max(1, len(months) // 14 + (len(months) % 14 > 0 and len(months) > 14))
        axes.set_xticks(
            list(range(len(months)))[::step], [f"{month.begins:%b %Y}" for _, month in months][::step], rotation=30,
            ha="right",
        )  # fmt: skip
        split = len(output.pilot_months) - 0.5
        axes.axvline(split, color=GRID, linewidth=1.2)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_ylabel(output.currency)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_ylim(0, max(base) * 1.12 or 1)
        if names:
            axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(1, 1))
        return svg(made)


def _path(output: Output) -> str:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    rows = list(output.path.values())
    released = float(output.released or 0)
    with figure(8.6, 3.6, "People expected to leave, against posts released") as (made, axes):
        leavers = [float(row.leavers) for row in rows]
        axes.plot(range(len(rows)), leavers, color=ACCENT, linewidth=2, label="Leavers so far (expected)")
        axes.axhline(released, color=SECOND, linestyle=(0, (5, 3)), label="Posts released")
        axes.fill_between(
            range(len(rows)), leavers, [max(released, x) for x in leavers], color=SECOND, alpha=0.12, linewidth=0
        )
        step = max(1, len(rows) // 8)
        axes.set_xticks(list(range(len(rows)))[::step], [f"{row.begins:%b %Y}" for row in rows][::step])
        axes.set_ylim(0, max(released, *leavers) * 1.2 or 1)
        axes.set_ylabel("People")
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=9, loc="upper left")
        return svg(made)
