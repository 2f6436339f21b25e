"""How often the router is right on requests that neither its phrases nor its wording model have seen.

    python examples/routing/measure.py

Five parts, each judged by a model trained on the other four. Prints, for the phrases alone and for both witnesses:

- training.csv, in parts that keep a family together. No phrase was ever changed for these requests. A family is a whole
  subject, so that the model has to do without the words of the subject: harder than most new requests are.
- requests.csv, without the phrases that occur in no request of the other four parts. The phrases were tuned on these
  requests; what is left of them fits the part about as well as it fits new requests.
- fresh.csv, with everything as it is. Written after the model was final, by the hand that wrote training.csv.

Needs scikit-learn. Never reads held_out.csv.
"""

import csv
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

import train_wording

from experts.personal_assistant.tools import _routing, _wording
from experts.personal_assistant.tools.route_request import _decide, route_request

PARTS, SEED = 5, 1
ALL_PHRASES, STORED = _routing.lists(), _wording.model()


def both(request: str) -> str:
    return "|".join(sorted(route_request(request).experts)) or "ask"


def phrases_alone(request: str) -> str:
    hits = _routing.hits(request)
    points = {expert: sum(hit.points for hit in found) for expert, found in hits.items()}
    order = sorted(points, key=lambda expert: (-points[expert], expert))
    return "|".join(sorted(_decide(order, points, hits, request))) or "ask"


def use(rows: list[train_wording.Row] | None, phrases: _routing.Lists = ALL_PHRASES) -> None:
    """Let the router judge with a model of these rows (None: the stored one) and with these phrases."""
    made = train_wording.train(rows) if rows else None
    model = _wording.Model(made["experts"], made["bias"], made["features"]) if made else STORED
    _wording.model = lambda: model  # type: ignore[assignment]
    _routing.lists = lambda: phrases  # type: ignore[assignment]


def occurrences(requests: list[str]) -> dict[tuple[tuple[str, ...], str], set[int]]:
    """(phrase, expert) -> the requests it occurs in."""
    found: dict[tuple[tuple[str, ...], str], set[int]] = defaultdict(set)
    for number, request in enumerate(requests):
        words = _routing.words_of(request)
        for start, word in enumerate(words):
            for length in range(1, ALL_PHRASES.longest + 1):
                key = tuple(one.normal for one in words[start : start + length])
                for expert in ALL_PHRASES.phrases.get(key, {}):
                    found[key, expert].add(number)
            for expert in ALL_PHRASES.capitals.get(word.text, {}):
                found[(word.text,), expert].add(number)
        for _, _, expert, _, entry in _routing._with_gaps(words, ALL_PHRASES):
            if isinstance(entry, tuple):
                found[entry, expert].add(number)
    return found


def without(dropped: set[tuple[tuple[str, ...], str]]) -> _routing.Lists:
    phrases = {
        key: kept
        for key, tiers in ALL_PHRASES.phrases.items()
        if (kept := {expert: tier for expert, tier in tiers.items() if (key, expert) not in dropped})
    }
    capitals = {
        word: {expert: tier for expert, tier in tiers.items() if ((word,), expert) not in dropped}
        for word, tiers in ALL_PHRASES.capitals.items()
    }
    gaps = [gap for gap in ALL_PHRASES.gaps if ((*gap[0], "…", *gap[1]), gap[2]) not in dropped]
    vocabulary = frozenset(word for key in phrases for word in key)
    return ALL_PHRASES._replace(phrases=phrases, capitals=capitals, gaps=gaps, vocabulary=vocabulary)


def report(name: str, judged: list[tuple[str, str, str]]) -> None:
    """judged: expected, by the phrases alone, by both."""
    for way, at in (("phrases alone", 1), ("both", 2)):
        kinds: Counter[str] = Counter()
        for row in judged:
            wanted, got = set(row[0].split("|")) - {"ask"}, set(row[at].split("|")) - {"ask"}
            kind = "right" if wanted == got else "needless ask" if not got else "should ask" if not wanted else ""
            kinds[kind or ("too few" if got < wanted else "too many" if got > wanted else "wrong")] += 1
            kinds["wrong and delicate"] += bool(got & set(_routing.DELICATE)) and not got & wanted
        shares = ", ".join(f"{kind} {100 * count / len(judged):.1f}" for kind, count in sorted(kinds.items()))
        print(f"{name} ({len(judged)}), {way}: {shares}")


def main() -> None:
    rows = train_wording.rows()
    with (train_wording.HERE / "requests.csv").open(encoding="utf-8", newline="") as file:
        tuning = {row["id"] for row in csv.DictReader(file)}
    written = [row for row in rows if row[0] not in tuning and row[3] == train_wording.REQUEST]
    families = sorted({row[0] for row in written})
    Random(SEED).shuffle(families)
    part = {family: at % PARTS for at, family in enumerate(families)}
    judged = []
    for number in range(PARTS):
        use([row for row in rows if part.get(row[0]) != number])
        mine = [row for row in written if part[row[0]] == number]
        judged += [(row[1], phrases_alone(row[2]), both(row[2])) for row in mine]
    report("training.csv by families", judged)

    asked = [row for row in rows if row[0] in tuning]
    Random(SEED).shuffle(asked)
    use(None)
    places = occurrences([row[2] for row in asked])
    judged = []
    for number in range(PARTS):
        held = set(range(number, len(asked), PARTS))
        names = {asked[at][0] for at in held}
        use(
            [row for row in rows if row[0] not in names],
            without({one for one, where in places.items() if where <= held}),
        )
        judged += [(asked[at][1], phrases_alone(asked[at][2]), both(asked[at][2])) for at in sorted(held)]
    report("requests.csv, phrases of other parts only", judged)

    use(None)
    with Path(train_wording.HERE / "fresh.csv").open(encoding="utf-8", newline="") as file:
        fresh = [(row["expected"], row["request"]) for row in csv.DictReader(file)]
    report("fresh.csv", [(expected, phrases_alone(request), both(request)) for expected, request in fresh])


if __name__ == "__main__":
    main()
