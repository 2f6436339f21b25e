"""Train the wording model of the request router and write experts/personal_assistant/tools/_wording.json.

    python examples/routing/train_wording.py

Needs scikit-learn (a development dependency). Reads training.csv and requests.csv of this folder, never held_out.csv.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from experts.personal_assistant.tools import _wording  # noqa: E402 - the script runs from any folder

MODEL = ROOT / "experts/personal_assistant/tools/_wording.json"
INPUTS = ("training.csv", "requests.csv")
# Texts of the experts' own files name the trade but are no requests; joined requests teach that two may be meant.
MATERIAL, JOINED, REQUEST = 0.4, 0.5, 1.0
JOINTS = (" and ", ". ", ", and then ", "? Also, ", ", plus ")
PAIRS, SHORT, SEED = 600, 16, 1
INVERSE_PENALTY = 16.0
SEEN = 2  # a feature must occur in two requests

Row = tuple[str, str, str, float]  # family, expected, request, weight


def rows() -> list[Row]:
    """The labelled requests; each of requests.csv is a family of its own."""
    found: list[Row] = []
    with (HERE / "training.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weight = MATERIAL if row["family"] == "material" else REQUEST
            found.append((f"{row['expected']} {row['family']}", row["expected"], row["request"], weight))
    with (HERE / "requests.csv").open(encoding="utf-8", newline="") as file:
        found += [(row["id"], row["expected"], row["request"], REQUEST) for row in csv.DictReader(file)]
    return found


def joined(given: list[Row]) -> list[Row]:
    """Pairs of short requests to different experts, joined to one request for both."""
    random = Random(SEED)
    short = [
        row
        for row in given
        if row[3] == REQUEST and "|" not in row[1] and row[1] != "ask" and len(row[2].split()) < SHORT
    ]
    made: list[Row] = []
    for _ in range(PAIRS):
        one, other = random.sample(short, 2)
        if one[1] != other[1]:
            text = one[2].rstrip(".?!") + random.choice(JOINTS) + other[2]
            made.append(("joined", "|".join(sorted((one[1], other[1]))), text, JOINED))
    return made


def train(given: list[Row]) -> dict[str, Any]:
    """The model as the file holds it, without the hash of its inputs."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    everything = given + joined(given)
    experts = sorted({one for row in given for one in row[1].split("|")} - {"ask"})
    vectorizer = TfidfVectorizer(
        analyzer=lambda text: [feature for feature, _ in _wording.features(_wording.words_of(text))],
        min_df=SEEN,
        sublinear_tf=True,
    )
    vectorizer.fit([row[2] for row in given])
    values = vectorizer.transform([row[2] for row in everything])
    weights = [row[3] for row in everything]
    bias, columns = [], []
    for expert in experts:
        wanted = [expert in row[1].split("|") for row in everything]
        fitted = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear").fit(values, wanted, sample_weight=weights)
        bias.append(round(float(fitted.intercept_[0]) * _wording.BIAS_STEPS))
        columns.append([round(float(weight) * _wording.WEIGHT_STEPS) for weight in fitted.coef_[0]])
    features = {
        name: [round(float(vectorizer.idf_[at]) * _wording.IDF_STEPS), *(column[at] for column in columns)]
        for name, at in sorted(vectorizer.vocabulary_.items())
    }
    return {"experts": experts, "bias": bias, "features": features}


def inputs() -> str:
    """SHA-256 of the two sets that the model is made from."""
    return hashlib.sha256(b"".join((HERE / name).read_bytes().replace(b"\r\n", b"\n") for name in INPUTS)).hexdigest()


def write() -> None:
    made = {"inputs": inputs(), **train(rows())}
    features = made.pop("features")
    head = json.dumps(made, indent=1)[:-2]
    lines = ",\n".join(f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}" for name, row in features.items())
    MODEL.write_text(f'{head},\n "features": {{\n{lines}\n}}}}\n', "utf-8", newline="\n")


if __name__ == "__main__":
    write()
