"""The Reliable Construction Co. project of Hillier & Lieberman, Introduction to Operations Research, chapter on PERT/CPM.

By task: optimistic, most likely and pessimistic weeks; normal and crash weeks; normal and crash cost in
thousands of dollars; what must be finished before.
"""

from decimal import Decimal as D

from experts.project_management.tools._three_point import ThreePoint
from experts.project_management.tools.optimize_schedule_crash import CrashTask

_ROWS = {
    "a": ("1", "2", "3", 2, 1, 180, 280, ""),
    "b": ("2", "3.5", "8", 4, 2, 320, 420, "a"),
    "c": ("6", "9", "18", 10, 7, 620, 860, "b"),
    "d": ("4", "5.5", "10", 6, 4, 260, 340, "c"),
    "e": ("1", "4.5", "5", 4, 3, 410, 570, "c"),
    "f": ("4", "4", "10", 5, 3, 180, 260, "e"),
    "g": ("5", "6.5", "11", 7, 4, 900, 1020, "d"),
    "h": ("5", "8", "17", 9, 6, 200, 380, "eg"),
    "i": ("3", "7.5", "9", 7, 5, 210, 270, "c"),
    "j": ("3", "9", "9", 8, 6, 430, 490, "fi"),
    "k": ("4", "4", "4", 4, 3, 160, 200, "j"),
    "l": ("1", "5.5", "7", 5, 3, 250, 350, "j"),
    "m": ("1", "2", "3", 2, 1, 100, 200, "h"),
    "n": ("5", "5.5", "9", 6, 3, 330, 510, "kl"),
}
ESTIMATES = {
    key: ThreePoint(optimistic=D(row[0]), most_likely=D(row[1]), pessimistic=D(row[2]), predecessors=list(row[7]))
    for key, row in _ROWS.items()
}
CRASH = {
    key: CrashTask(
        duration=row[3],
        crash_duration=row[4],
        cost=D(row[5] * 1000),
        crash_cost=D(row[6] * 1000),
        predecessors=list(row[7]),
    )
    for key, row in _ROWS.items()
}
