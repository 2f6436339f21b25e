"""The prose and blocks of a creative brief."""

from typing import TYPE_CHECKING

from experts.art_design.actions._prose import counted, quoted, sentence
from experts.core.blocks import Callout, Cell, Cite, ItemList, Prose, Table, block
from experts.core.contract import Block

if TYPE_CHECKING:
    from experts.art_design.actions.creative_brief_development import Output


def narrative_of(output: "Output", sharpened: bool) -> str:
    """Who is spoken to and what is said; what is made for how much; what is open."""
    says = "[[self#proposition]]" if sharpened else "[[self#message]]"
    first = f"The campaign speaks to [[self#audience]] and says one thing: {says}"
    if not output.formats:
        return f"{_stop(first, output.proposition)}\n\nNo formats are named yet, so nothing can be produced."
    second = f"It takes {_pieces(output)}. {_money(output)}"
    if output.open:
        second += f" {_open_line(output)}"
    return f"{_stop(first, output.proposition)}\n\n{second}"


def document_of(output: "Output", goals: list[str], kinds: dict[str, str], sharpened: bool) -> list[Block]:
    """One page: objective, audience, the one message, mandatories, formats, money, what is open, approval lines."""
    objective = (
        [f"[[fact:campaign.goals.{goal}]]" for goal in goals]
        if goals
        else ["No goal is stated in the brief. Until one is, the work is judged by whether its message is understood."]
    )
    message = "The one thing to say: [[self#proposition]]" if sharpened else "The one thing to say: [[self#message]]"
    head = f"One message for [[self#audience]]: {_pieces(output)}." if output.formats else "No formats are named yet."
    made = [
        block("headline", Callout(tone="note" if output.formats else "warning", text=head, slot="headline")),
        block("objective", ItemList(title="Objective of [[fact:campaign.name]]", items=objective)),
        block("audience", Prose(text=_stop("Audience: [[self#audience]]", output.audience))),
        block("message", Callout(tone="decision", text=_stop(message, output.proposition))),
    ]
    if not sharpened:
        made.append(
            block(
                "message-note",
                Prose(
                    text="This is the campaign\u2019s message as given. A creative brief works best with one sentence "
                    "that only this brand could say; sharpen it before concepts begin."
                ),
            )
        )
    made += [
        block("tone", Prose(text=f"Tone: {sentence(quoted(output.tone, 'self#tone'))}")),
        block(
            "mandatories",
            ItemList(
                title="Mandatories",
                items=[quoted(text, f"self#mandatories.{i}") for i, text in enumerate(output.mandatories)]
                or ["None are named."],
            ),
        ),
    ]
    if output.formats:
        made.append(block("formats", _formats(output, kinds)))
    made.append(block("money", Prose(text=_money(output))))
    made.append(block("open", ItemList(title="Not decided yet", items=_open(output))))
    made.append(block("approval", _approval()))
    made.append(
        block(
            "would-change",
            ItemList(
                title="What would change the creative brief",
                items=[
                    "Another audience or message: concepts start again, so settle both before the concept work begins.",
                    "More formats or pieces: production of [[self#production]] has to carry them too.",
                ],
                slot="would_change",
            ),
        )
    )
    made.append(block("monday", ItemList(title="What to do first", items=_monday(output, sharpened), slot="monday")))
    return made


def _formats(output: "Output", kinds: dict[str, str]) -> Table:
    rows: dict[str, dict[str, Cell]] = {
        key: {
            "format": each.label,
            "kind": kinds[key],
            "pieces": Cite(ref=f"self#formats.{key}.count"),
        }
        for key, each in output.formats.items()
    }
    rows["all-formats"] = {"format": "All formats", "kind": "", "pieces": Cite(ref="self#total_count")}
    return Table(
        title="What is made",
        columns=[
            {"key": "format", "label": "Format"},
            {"key": "kind", "label": "Kind"},
            {"key": "pieces", "label": "Pieces", "unit": "count"},
        ],
        rows=rows,
        note="The formats are those of the channel plan.",
    )


def _money(output: "Output") -> str:
    if not output.production:
        return (
            "No money is set aside for production. Either the pieces are made with the team\u2019s own time, or "
            "production has to be budgeted before work begins."
        )
    return "Production has [[self#production]] for all of it, media not included; it is not divided by format here."


def _open(output: "Output") -> list[str]:
    items = [
        f"{output.formats[key].label}: {'; '.join(points)}."
        for key, points in output.open.items()
        if key in output.formats
    ]
    return items or ["Nothing that production has to know is missing from the brief."]


def _open_line(output: "Output") -> str:
    if len(output.open) == 1:
        name = output.formats[next(iter(output.open))].label
        return f"Before production, one format still has points to settle: {name}."
    return "Before production, several formats still have points to settle; they are listed below."


def _monday(output: "Output", sharpened: bool) -> list[str]:
    items = (
        [] if sharpened else ["Whoever owns the message: sharpen it to one sentence that only this brand could say."]
    )
    if output.open:
        items.append(
            "Whoever owns the design: settle the points that are listed as not decided, and add them to the formats."
        )
    return [*items, "Those who agree the creative brief: read and sign it, so that concepts can begin."]


def _approval() -> Table:
    line = "_" * 20
    return Table(
        title="Agreed",
        columns=[
            {"key": "for", "label": "For"},
            {"key": "name", "label": "Name and signature"},
            {"key": "date", "label": "Date"},
        ],
        rows={
            "marketing": {"for": "Marketing", "name": line, "date": "_" * 12},
            "design": {"for": "Design", "name": line, "date": "_" * 12},
        },
    )


def _pieces(output: "Output") -> str:
    pieces = counted(output.total_count, "self#total_count", "piece", "pieces")
    return f"{pieces} in {counted(len(output.formats), 'self#format_count', 'format', 'formats')}"


def _stop(text: str, cited: str) -> str:
    return text if cited.strip().endswith((".", "!", "?")) else f"{text}."
