"""What the parts of an execution plan's document share: the plan, its words, and what it shows of a long list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from experts.core.money import minor_units
from experts.project_management.tools.compute_critical_path import CriticalPath
from experts.project_management.tools.schedule_on_calendar import CalendarSchedule

if TYPE_CHECKING:
    from experts.project_management.actions.campaign_execution_planning import Brief, Inputs, Output

MOST_ROWS = 60
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Plan:
    """An execution plan with the answers it was made from. `in_order` has the tasks by date."""

    brief: "Brief"
    inputs: "Inputs"
    output: "Output"
    path: CriticalPath
    schedule: CalendarSchedule
    making: list[str]
    unmade: list[str]
    unchecked: list[str]
    in_order: list[str]

    def label(self, key: str) -> str:
        return self.output.tasks[key].label

    def labels(self, keys: Iterable[str], most: int = 6) -> str:
        """Labels in a sentence: "Film, Stills and Landing page"; a long list is cut and says so."""
        names = [self.label(key) for key in keys]
        return joined(names if len(names) <= most else [*names[: most - 1], "others"])

    @property
    def go_live_task(self) -> str:
        return self.brief.schedule.go_live_task

    @property
    def is_long(self) -> bool:
        """Whether there are too many tasks to show each of them."""
        return len(self.in_order) > MOST_ROWS

    @property
    def shown(self) -> list[str]:
        """The tasks that table and picture show one by one: all, or those that decide the date."""
        if not self.is_long:
            return self.in_order
        critical = [key for key in self.in_order if self.output.tasks[key].critical]
        if len(critical) > MOST_ROWS:
            longest = sorted(critical, key=lambda key: (-self.output.tasks[key].duration, key))[: MOST_ROWS - 1]
            critical = [key for key in critical if key in {*longest, self.go_live_task}]
        return critical

    @property
    def next_tightest(self) -> str | None:
        """The task with the least float among those that go-live waits for without being decided by them."""
        others = [key for key in self.in_order if self.path.tasks[key].leads and self.output.tasks[key].total_float > 0]
        return min(others, key=lambda key: (self.output.tasks[key].total_float, key), default=None)


def title_of(key: str, label: str | None) -> str:
    """The label of a task, or one made from its id."""
    return label or key.replace("_", " ").capitalize()


def joined(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def arrows(names: Sequence[str], most: int = 12) -> str:
    """A path in words; a long one shows its beginning and its end."""
    return " \u2192 ".join(names if len(names) <= most else [*names[:5], "\u2026", *names[-5:]])


def day_text(day: date) -> str:
    """ "Thu 23 Sep 2027", in English whatever the machine's locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def tick_text(day: date, kind: str) -> str:
    """A date on an axis: "16 Aug", "Aug 2027" or "2027"."""
    if kind == "year":
        return str(day.year)
    return f"{day.day} {_MONTHS[day.month - 1]}" if kind == "day" else f"{_MONTHS[day.month - 1]} {day.year}"


def money_text(amount: Decimal, currency: str) -> str:
    """ "USD 14,500", with decimals only where there are any."""
    places = 0 if amount == amount.to_integral_value() else minor_units(currency)
    return f"{currency} {amount:,.{places}f}"


def working_days_text(count: int) -> str:
    return f"{count:,} working day" if count == 1 else f"{count:,} working days"
