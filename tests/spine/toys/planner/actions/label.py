"""A step that reads nothing the others read."""

from experts.core.contract import ActionResult, Model, Text
from experts.core.worksheet import Worksheet

KIND, VERSION, NEEDS = "Label", 1, {}


class Brief(Model):
    label: Text


class Inputs(Model):
    pass


class Judgement(Model):
    pass


class Output(Model):
    label: Text


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Write a label."""
    return Worksheet().result(
        output=Output(label=brief.label),
        judgement=judgement,
        grounds={},
        narrative="The label is [[fact:label]].",
        document=[],
    )
