"""The sentences of an execution plan. Figures are cited; labels and names are the brief's own."""

import re
from datetime import timedelta
from typing import Literal

from experts.project_management.actions._plan import Plan, arrows, joined, working_days_text

Tone = Literal["good", "note", "warning"]
_MOST_HOLIDAYS = 10
_MOST_ITEMS = 12


def narrative_of(plan: Plan) -> str:
    """Two or three paragraphs: the dates and why, the money, what to watch."""
    return "\n\n".join([_dates(plan), cost_text(plan), *([overload] if (overload := _load_text(plan)) else [])])


def warnings_of(plan: Plan) -> list[str]:
    """Warnings in plain words, for lists that show no citations."""
    made = []
    if plan.output.late_by:
        made.append(
            f"Go-live misses the latest date by {working_days_text(plan.output.late_by)}; on the path that decides it: "
            f"{_path(plan)}."
        )
    for review, befores in plan.path.overlapped.items():
        made.append(
            f"Fast-tracking: {plan.label(review)} starts before the end of {plan.labels(befores)}; "
            "what changes after it has been reviewed must be reviewed again."
        )
    made += [
        f"{plan.brief.team[person].name} has more tasks at once than the brief allows."
        for person in plan.output.overloads
    ]
    if plan.unmade and plan.inputs.allocation.production:
        names = [plan.inputs.manifest.assets[key].label for key in plan.unmade]
        made.append(
            f"No task is named that makes {joined(names if len(names) <= 6 else [*names[:5], 'others'])}; "
            "the cost of making it is spread over the tasks that make the rest."
        )
    return made


def headline(plan: Plan) -> tuple[Tone, str]:
    """Tone and text of the first sentence a reader sees."""
    out = plan.output
    path = f"The path that decides the date: {_path(plan)}."
    latest = "[[fact:schedule.latest_go_live]]"
    if out.late_by:
        return "warning", (
            "The earliest possible go-live is [[self#go_live]], [[self#late_by]] of working time after the latest "
            f"date, {latest}. {path}"
        )
    if out.slack_to_latest:
        return "good", (
            "The campaign can go live on [[self#go_live]], with [[self#slack_to_latest]] of working time to spare "
            f"before the latest date, {latest}. {path}"
        )
    if out.slack_to_latest == 0:
        return (
            "note",
            f"The campaign can go live on [[self#go_live]], the last day allowed: there is no day to lose. {path}",
        )
    return "note", f"The campaign can go live on [[self#go_live]]. No latest date was given. {path}"


def late_text(plan: Plan) -> str:
    """Why the latest date is missed, and the ways out."""
    ways = ["shorten a task on the path", "start one of them earlier", "agree a later date"]
    if plan.path.overlap_saves and not plan.path.overlapped:
        ways.insert(0, "start reviews before what they review is finished, which would save [[self#overlap_saves]]")
    return (
        "The latest date, [[fact:schedule.latest_go_live]], cannot be kept: go-live is [[self#late_by]] of working "
        f"time later. Only the tasks on the path can change that: {_path(plan)}. The ways out are to "
        f"{', '.join(ways[:-1])}, or {ways[-1]}."
    )


def overlap_text(plan: Plan) -> str:
    """Which reviews overlap what, and what it is worth."""
    pairs = [f"{plan.label(review)} (over {plan.labels(befores)})" for review, befores in plan.path.overlapped.items()]
    saved = (
        "It brings go-live forward by [[self#overlap_saves]]" if plan.path.overlap_saves else "It does not move go-live"
    )
    shown = pairs if len(pairs) <= 6 else [*pairs[:5], "others"]
    return (
        f"Fast-tracking: a review starts when half of the work it reads is done and ends a day after that work at the "
        f"earliest. This applies to {joined(shown)}. {saved}; the risk is that finished reviews must be done again."
    )


def rolled_text(plan: Plan) -> str:
    return (
        "The start asked for, [[fact:schedule.start]], is not a working day in this calendar; "
        "work starts on the next one, [[self#start]]."
    )


def selection_text(plan: Plan) -> str:
    """Which of many tasks picture and table show."""
    which = "those that decide go-live"
    if len(plan.shown) < plan.output.critical_count:
        which = "the longest of those that decide go-live ([[self#critical_count]] in all)"
    return (
        f"Of [[self#task_count]] tasks, picture and table show {which} one by one. The picture sums up the others by "
        "owner; the workbook\u2019s sheet Schedule lists every task."
    )


def overload_text(plan: Plan, person: str) -> str:
    """When somebody has too much to do, and which task could move."""
    load = plan.output.overloads[person]
    base = f"self#overloads.{person}"
    spans = list(load.spans.items())
    when = []
    for number, span in spans[:3]:
        days = f"from [[{base}.spans.{number}.first]] to [[{base}.spans.{number}.last]]"
        if span.first == span.last:
            days = f"on [[{base}.spans.{number}.first]]"
        when.append(f"{days} ({plan.labels(span.tasks)})")
    more = "; the other days are in the schedule" if len(spans) > 3 else ""
    waiting = [_can_wait(plan, span.tasks) for span in load.spans.values()]
    way_out = "No task can wait for the others without moving the end, so hand one of them to somebody else."
    if all(waiting):
        names = [
            f"{plan.label(key)} (float [[self#tasks.{key}.total_float]])"
            for key in dict.fromkeys(filter(None, waiting))
        ]
        way_out = (
            f"Let {joined(names if len(names) <= 6 else [*names[:5], 'others'])} wait until the rest is done: "
            "the float allows it, and go-live stays."
        )
    elif any(waiting):
        way_out = "Letting a task wait solves only some of these days, so hand one of them to somebody else."
    return (
        f"{plan.brief.team[person].name} has more to do at once than the brief allows on [[{base}.days]]: up to "
        f"[[{base}.peak]] tasks run together, against a capacity of [[fact:team.{person}.capacity]]: "
        f"{'; '.join(when)}{more}. {way_out}"
    )


def cost_text(plan: Plan) -> str:
    """The baseline in a paragraph."""
    money = plan.inputs.allocation
    made = "The cost baseline is [[self#bac]]."
    if money.production:
        making = plan.labels([key for key in plan.in_order if key in plan.making])
        made += f" Making the assets takes [[allocation#production]] of it, spread over the working days of {making}."
    if money.media:
        made += " Media takes [[allocation#media]], spread evenly over every day from go-live to [[self#campaign_end]]."
    if money.reserve:
        made += " The reserve of [[self#reserve]] stands outside it, because nobody plans against it."
    return made


def reserve_text(plan: Plan) -> str:
    """What stands outside the baseline, in PMI's terms."""
    money = plan.inputs.allocation
    made = "Budget at completion (BAC) is [[self#bac]]: what the work and the media are planned to cost. "
    if money.reserve:
        made += (
            "The reserve of [[self#reserve]] is not in it. A reserve that nobody plans against is what PMI calls a "
            "management reserve, and it is released by a decision; a contingency reserve in PMI's sense would be "
            "inside the baseline. "
        )
    if money.unallocated:
        made += "[[self#unallocated]] of the budget is not allocated to anything and stands outside as well. "
    return made + "Together they are the total budget, [[self#total]]."


def would_change(plan: Plan) -> list[str]:
    """What moves go-live, and what does not."""
    out = plan.output
    made = [f"A working day lost on the path moves go-live by a working day: {_path(plan)}."]
    if len(plan.path.critical_paths) > 1:
        made.append("More than one path decides the date, so a day saved on one of them alone changes nothing.")
    tight = plan.next_tightest
    if tight:
        made.append(
            f"{plan.label(tight)} comes next: after a delay of more than [[self#tasks.{tight}.total_float]] "
            "of working time it moves go-live, too."
        )
    if plan.path.overlapped:
        if out.overlap_saves:
            made.append(
                "Reviewing only finished work would move go-live back by [[self#overlap_saves]] of working time."
            )
        else:
            made.append(
                "Reviewing only finished work would not move go-live, so the overlap is not needed for the date."
            )
    elif out.overlap_saves:
        made.append(
            "Starting reviews when half of their input is done would bring go-live forward by [[self#overlap_saves]] "
            "of working time, at the risk of reviewing some of it again."
        )
    elif out.overlap_saves == 0:
        made.append("Starting reviews early would not bring go-live forward; other tasks decide the date.")
    made.append(
        "Media is spread over [[fact:schedule.campaign_weeks]] weeks; "
        "another length of flight changes the weekly spend, not the total."
    )
    made.append("Leave and company holidays are not in the calendar; a day off on the path counts as a day lost.")
    return made


def monday(plan: Plan) -> list[str]:
    """What starts within a week of the start, with owner and dates."""
    until = plan.output.start + timedelta(days=6)
    starting = [key for key in plan.in_order if plan.output.tasks[key].start <= until]
    made = []
    for key in starting[:_MOST_ITEMS]:
        task = plan.output.tasks[key]
        dates = f"from [[self#tasks.{key}.start]] to [[self#tasks.{key}.finish]]"
        if task.start == task.finish:
            dates = f"on [[self#tasks.{key}.start]]"
        pressing = "; no day to lose" if task.critical else ""
        made.append(f"{task.owner}: {task.label}, {dates}{pressing}." if task.owner else _unowned(task.label, dates))
    if len(starting) > _MOST_ITEMS:
        made.append("More tasks start in this week; the workbook\u2019s sheet Schedule lists them.")
    return made


def holidays_text(plan: Plan) -> str:
    """Which public holidays fall within the plan."""
    days = list(plan.output.holidays.items())
    if not days:
        return "No public holiday falls within the plan."
    named = [f"{_holiday_name(day.name)} ([[self#holidays.{key}.date]])" for key, day in days[:_MOST_HOLIDAYS]]
    more = ", and later ones" if len(days) > _MOST_HOLIDAYS else ""
    return f"Not worked within the plan: {joined(named)}{more}."


def _path(plan: Plan) -> str:
    return arrows([plan.label(key) for key in plan.output.critical_path])


def _dates(plan: Plan) -> str:
    out = plan.output
    text = (
        f"Work starts on [[self#start]] and reaches go-live on [[self#go_live]] after [[self#working_days]] of work. "
        f"{holidays_text(plan)} "
    )
    if out.late_by:
        text += "That is [[self#late_by]] of working time after the latest date, [[fact:schedule.latest_go_live]]. "
    elif out.slack_to_latest:
        text += "That leaves [[self#slack_to_latest]] of working time before the latest date, "
        text += "[[fact:schedule.latest_go_live]]. "
    elif out.slack_to_latest == 0:
        text += "That is the latest date itself, so there is no day to lose. "
    on = " on more than one path, of which this is the first" if plan.path.path_count > 1 else ""
    text += (
        f"Of [[self#task_count]] tasks, [[self#critical_count]] decide the date{on}: "
        f"{_path(plan)}. A day lost on one of them is a day lost for go-live."
    )
    if plan.path.overlapped:
        text += f" {overlap_text(plan)}"
    return text


def _load_text(plan: Plan) -> str:
    if plan.output.overloads:
        names = [plan.brief.team[person].name for person in plan.output.overloads]
        return f"The dates ask more of {joined(names)} at once than the brief allows; settle this before the start."
    if plan.brief.team and any(task.owner in plan.brief.team for task in plan.brief.tasks.values()):
        return "Nobody in the team has more tasks at once than they can take."
    return ""


def _can_wait(plan: Plan, tasks: list[str]) -> str | None:
    """The task that can be done after the others within its float, if there is one."""
    times = plan.path.tasks
    for key in sorted(tasks, key=lambda key: (-times[key].total_float, key)):
        done = max((times[other].early_finish for other in tasks if other != key), default=0)
        if 0 <= done - times[key].early_start <= times[key].total_float:
            return key
    return None


def _holiday_name(name: str) -> str:
    return "a public holiday" if re.search(r"\d", name) else name


def _unowned(label: str, dates: str) -> str:
    return f"Nobody owns {label} yet, which runs {dates}: name an owner."
