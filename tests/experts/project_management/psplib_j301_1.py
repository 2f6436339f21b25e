"""Instance j301_1 of PSPLIB (Kolisch & Sprecher, European Journal of Operational Research 96, 1997), whose optimum is 43.

By job: duration, the one resource it needs and how much, successors; jobs 1 and 32 are start and end.
"""

from typing import Any

_ROWS = """
1 0 - 0 2 3 4
2 8 1 4 6 11 15
3 4 1 10 7 8 13
4 6 4 3 5 9 10
5 3 1 3 20
6 8 4 8 30
7 5 1 4 27
8 9 2 1 12 19 27
9 2 1 6 14
10 7 4 1 16 25
11 9 2 5 20 26
12 2 2 7 14
13 6 1 4 17 18
14 3 2 8 17
15 9 1 3 25
16 10 4 5 21 22
17 6 4 8 22
18 5 4 7 20 22
19 3 2 1 24 29
20 7 2 10 23 25
21 2 4 6 28
22 7 1 2 23
23 2 1 3 24
24 3 2 9 30
25 3 1 4 30
26 7 3 4 31
27 8 4 7 28
28 3 2 8 31
29 7 2 7 32
30 2 2 7 32
31 2 3 2 32
32 0 - 0
"""
CAPACITIES = {"r1": 12, "r2": 13, "r3": 4, "r4": 12}
OPTIMUM, WITHOUT_LIMITS = 43, 38


def tasks() -> dict[str, Any]:
    """The jobs as arguments of level_resources."""
    rows = [line.split() for line in _ROWS.strip().splitlines()]
    made: dict[str, Any] = {
        f"j{row[0]}": {
            "duration": int(row[1]),
            "predecessors": [],
            "demand": {f"r{row[2]}": int(row[3])} if row[2] != "-" else {},
        }
        for row in rows
    }
    for row in rows:
        for after in row[4:]:
            made[f"j{after}"]["predecessors"].append(f"j{row[0]}")
    return made
