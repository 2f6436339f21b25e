"""The listed phrases and the wording of a request weighed together: how likely each expert is meant, and who is named.

log odds of an expert = START + sum of the weights below. The weights come from a logistic regression on the requests of
examples/routing/training.csv, with a wording model that had not seen the family of the request, rounded. On those
requests, judged that way, 66 percent of the experts with a chance between 0.5 and 0.7 were meant, and 94 percent of those
above 0.9.
"""

import math

from experts.personal_assistant.tools._routing import CLEAR, DELICATE, TOPIC, WEAK, Hit
from experts.personal_assistant.tools._wording import Opinion

_START, _WORDING = -1.2, 0.9
_HAS_CLEAR, _HAS_TOPIC, _WEAK_POINT, _SHARE, _NAMED, _NONE_NAMED = 1.3, 1.3, 0.75, 0.8, 1.15, 0.5
_MOST_WEAK = 4.0
# Of an expert that the model does not know the wording says little against it.
_UNKNOWN = -2.0

# Of clear phrases those stand whose expert is likely enough, or the likeliest of them. Without one a delicate expert
# needs the surer chance; beside another delicate one it is named sooner, since leaving one of them out costs more than
# hearing it too.
_KEPT, _ALONE, _ALONE_DELICATE, _BESIDE, _BESIDE_DELICATE = 0.2, 0.35, 0.6, 0.5, 0.4
# Fewer telling words than this, and no topic, halve the chance of a delicate expert: "people and team" is not enough.
_TELLING = 3
_MOST = 3


def chances(hits: dict[str, list[Hit]], opinion: Opinion, named: list[str], experts: list[str]) -> dict[str, float]:
    """The chance of each expert between 0 and 1; named are those that the phrases alone would name."""
    total = sum(hit.points for found in hits.values() for hit in found) or 1.0
    made = {}
    for expert in experts:
        found = hits.get(expert, [])
        log_odds = (
            _START
            + _WORDING * opinion.odds.get(expert, _UNKNOWN)
            + _HAS_CLEAR * any(hit.tier == CLEAR for hit in found)
            + _HAS_TOPIC * any(hit.tier == TOPIC for hit in found)
            + _WEAK_POINT * min(sum(hit.points for hit in found if hit.tier == WEAK), _MOST_WEAK)
            + _SHARE * sum(hit.points for hit in found) / total
            + (_NAMED if expert in named else 0.0 if named else _NONE_NAMED)
        )
        made[expert] = 1 / (1 + math.exp(-log_odds))
        if expert in DELICATE and opinion.telling < _TELLING and all(hit.tier < TOPIC for hit in found):
            made[expert] /= 2
    return made


def chosen(chance: dict[str, float], hits: dict[str, list[Hit]], named: list[str]) -> list[str]:
    """Those to name, the likeliest first; none means ask."""
    order = sorted(chance, key=lambda expert: (-chance[expert], expert))
    leading = max((chance[expert] for expert in named), default=0.0)
    first = [expert for expert in named if chance[expert] >= min(_KEPT, leading)]
    if order and not any(hit.tier == CLEAR for expert in named for hit in hits.get(expert, [])):
        best = order[0]
        first = [best] if chance[best] >= (_ALONE_DELICATE if best in DELICATE else _ALONE) else []
    if not first:
        return []
    led = any(expert in DELICATE for expert in first)
    beside = [one for one in order if chance[one] >= (_BESIDE_DELICATE if led and one in DELICATE else _BESIDE)]
    return sorted({*first, *beside}, key=lambda expert: (-chance[expert], expert))[:_MOST]
