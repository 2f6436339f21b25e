"""What an asset manifest says in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experts.art_design.actions._prose import counted, listed, title_of
from experts.art_design.tools.build_palette import VISIONS

if TYPE_CHECKING:
    from experts.art_design.actions.creative_asset_development import Output, Pair

MOST_SPOKEN = 5
"""Failing uses that prose names one by one; the table has all."""


@dataclass(frozen=True)
class Manifest:
    """The output, who decides on colours (if the brief says so), and the channels' names."""

    output: "Output"
    decides: str | None
    channels: dict[str, str]

    @property
    def open(self) -> dict[str, list[str]]:
        """What still has to be stated, by format."""
        return {key: asset.open for key, asset in self.output.assets.items() if asset.open}

    def channel_of(self, channel: str | None) -> str:
        """A channel's name, or that none is named."""
        return self.channels.get(channel) or title_of(channel, None) if channel else "none named"

    @property
    def failing(self) -> list[str]:
        """Ids of the uses whose colours fail, in the brief's order."""
        return [key for key, pair in self.output.pairs.items() if not pair.passes]

    @property
    def confused(self) -> list[tuple[str, str]]:
        """Pairs of colours that are hard to tell apart, the closest first."""
        found = self.output.confusions
        pairs = [(first, second) for first, others in found.items() for second in others]
        return sorted(pairs, key=lambda pair: found[pair[0]][pair[1]].delta_e)

    @property
    def standard(self) -> str:
        return f"WCAG 2.2 level {self.output.level}"


def narrative_of(manifest: Manifest) -> str:
    """What is made; whether its colours can be read; what is open."""
    parts = [_making(manifest), colors_text(manifest)]
    if manifest.open:
        names = [manifest.output.assets[key].label for key in manifest.open]
        if len(names) <= MOST_SPOKEN:
            parts.append(f"Before production, points are still open for {listed(names)}.")
        else:
            parts.append("Before production, many formats still have open points; they are listed below.")
    return "\n\n".join(parts)


def headline(manifest: Manifest) -> tuple[bool, str]:
    """Whether all is well, and the step's main result in one or two sentences."""
    output = manifest.output
    made = f"{_pieces(output)}."
    if not output.pairs:
        return bool(output.assets), f"{made} {_unchecked(manifest)}"
    if manifest.failing:
        return False, f"{made} {_failing_count(manifest)}{_failing_first(manifest)}"
    return True, f"{made} {_all_pass(manifest)}"


def colors_text(manifest: Manifest) -> str:
    """The finding on contrast, in a paragraph."""
    output = manifest.output
    if not output.pairs:
        return _unchecked(manifest)
    if not manifest.failing:
        return _all_pass(manifest)
    said = [_failing_count(manifest)]
    said += [failing_text(key, output.pairs[key]) for key in manifest.failing[:MOST_SPOKEN]]
    if len(manifest.failing) > MOST_SPOKEN:
        said.append("The other failing uses are in the table.")
    return " ".join(said)


def failing_text(key: str, pair: "Pair") -> str:
    """One failing use: its ratio, what is required, and the nearest way out."""
    own = f"self#pairs.{key}"
    says = (
        f"{pair.label} ({colors_of(key, pair)}) has a contrast of [[{own}.ratio]], and [[{own}.required]] is required."
    )
    return f"{says} {way_out(key, pair)}"


def way_out(key: str, pair: "Pair") -> str:
    """The nearest changes that pass, the smaller one first."""
    own = f"self#pairs.{key}"
    ways = {
        "foreground": f"[[{own}.suggestion]] for the {_part(pair)}, at [[{own}.suggestion_ratio]]",
        "background": f"[[{own}.background_suggestion]] for the background, at [[{own}.background_suggestion_ratio]]",
    }
    there = {"foreground": pair.suggestion, "background": pair.background_suggestion}
    order = [side for side in ("foreground", "background") if there[side]]
    if not order:
        return "No change of one of the two colours is enough; change both."
    order.sort(key=lambda side: side != pair.nearer)
    says = f"The nearest colour that passes is {ways[order[0]]}"
    if len(order) == 1:
        other = _part(pair) if order[0] == "background" else "background"
        return f"{says}; no change of the {other} alone is enough."
    return f"{says}; otherwise {ways[order[1]]}."


def large_text(key: str, pair: "Pair") -> str:
    """How large type would help, for text that fails only because it is small."""
    return (
        f"{pair.label}: large type needs less contrast. From [[self#large_text_pt]] points on, or "
        f"[[self#large_bold_text_pt]] in bold, [[self#pairs.{key}.large_required]] is enough and these colours pass as "
        "they are."
    )


def colors_of(key: str, pair: "Pair") -> str:
    """ "copper on foam"; a colour without a name is cited."""
    front = color_name(pair.foreground_name, pair.foreground) or f"[[self#pairs.{key}.foreground]]"
    back = color_name(pair.background_name, pair.background) or f"[[self#pairs.{key}.background]]"
    return f"{front} on {back}"


def color_name(key: str | None, color: str) -> str:
    """What a person calls a colour of the brand, or black and white; "" for another."""
    return title_of(key, None).lower() if key else {"#FFFFFF": "white", "#000000": "black"}.get(color, "")


def confusion_text(manifest: Manifest, first: str, second: str) -> str:
    """Two colours that are hard to tell apart, for whom, and what that means."""
    own = f"self#confusions.{first}.{second}"
    found = manifest.output.confusions[first][second]
    pair = f"{title_of(first, None)} and {title_of(second, None).lower()}"
    if found.vision == "normal":
        return f"{pair} look much alike to everybody: their colour difference is only [[{own}.delta_e]]."
    return (
        f"{pair} are clearly different to most people (a colour difference of [[{own}.normal_delta_e]]), but hard to "
        f"tell apart with {VISIONS[found.vision]}, at [[{own}.delta_e]]."
    )


def would_change(manifest: Manifest) -> list[str]:
    """What would change this step's advice."""
    output = manifest.output
    items = [
        large_text(key, output.pairs[key])
        for key in manifest.failing[:MOST_SPOKEN]
        if output.pairs[key].passes_if_large
    ]
    if output.pairs:
        items.append("Another colour, another background or smaller type: those uses are checked again.")
        if output.level == "AA":
            items.append("Level AAA in place of AA asks for more contrast of text, and may fail uses that pass now.")
    elif output.colors:
        items.append("Naming where each colour is used: only then can its contrast be checked.")
    else:
        items.append("Naming the brand\u2019s colours and where each is used: only then can their contrast be checked.")
    items.append(
        "Formats added to or dropped from the channel plan. A change of budget alone leaves this list as it is."
    )
    return items


def monday(manifest: Manifest) -> list[str]:
    """Concrete actions, each with its owner as far as the brief names one."""
    output = manifest.output
    owner = manifest.decides or "Whoever owns the design"
    items = [f"{owner}: {_decision(key, output.pairs[key])}" for key in manifest.failing[:MOST_SPOKEN]]
    if len(manifest.failing) > MOST_SPOKEN:
        items.append(f"{owner}: decide on the other failing uses, which the contrast table lists.")
    if not output.pairs:
        items.append(f"{owner}: write down where each colour is used, on what background and how large.")
    if manifest.confused:
        items.append(
            f"{owner}: where colours that look alike to some people carry a meaning, add a word, a shape or a pattern."
        )
    unmade = [asset.label for asset in output.assets.values() if asset.made_by is None]
    if manifest.open:
        names = [output.assets[key].label for key in manifest.open]
        for_whom = listed(names) if len(names) <= MOST_SPOKEN else "the formats listed as open"
        items.append(f"{owner}: settle the open points of {for_whom}.")
    if unmade:
        for_whom = listed(unmade) if len(unmade) <= MOST_SPOKEN else "the assets whose maker is not named"
        items.append(f"Whoever plans the work: name the task that makes {for_whom}.")
    return items or [f"{owner}: hand the asset table to those who make the pieces."]


def warnings_of(manifest: Manifest) -> list[str]:
    """The failing uses and confusable colours, as short sentences without figures."""
    output = manifest.output
    found = [
        f"{output.pairs[key].label}: the contrast of its colours is below {manifest.standard}."
        for key in manifest.failing
    ]
    for first, second in manifest.confused[:MOST_SPOKEN]:
        vision = output.confusions[first][second].vision
        whom = "" if vision == "normal" else f" with {VISIONS[vision]}"
        found.append(f"{title_of(first, None)} and {title_of(second, None).lower()} are hard to tell apart{whom}.")
    if len(manifest.confused) > MOST_SPOKEN:
        found.append("Other pairs of the palette\u2019s colours are hard to tell apart too.")
    if not output.pairs:
        found.append("No uses of colour are named, so contrast was not checked.")
    return found


def _decision(key: str, pair: "Pair") -> str:
    own = f"self#pairs.{key}"
    ways = []
    if pair.nearer == "foreground":
        ways.append(f"use [[{own}.suggestion]] for the {_part(pair)}")
    elif pair.nearer == "background":
        ways.append(f"use [[{own}.background_suggestion]] for the background")
    else:
        return f"choose two other colours for {pair.label}; no change of one alone is enough."
    if pair.passes_if_large:
        ways.append("set it in large type")
    return f"decide for {pair.label}: {', or '.join(ways)}."


def _part(pair: "Pair") -> str:
    return "text" if pair.kind == "text" else "graphic"


def _making(manifest: Manifest) -> str:
    if not manifest.output.assets:
        return "No formats are named, so there is nothing to make."
    return f"The campaign needs {_pieces(manifest.output)}."


def _pieces(output: "Output") -> str:
    if not output.assets:
        return "No formats are named"
    pieces = counted(output.total_count, "self#total_count", "piece", "pieces")
    return f"{pieces} in {counted(output.format_count, 'self#format_count', 'format', 'formats')}"


def _failing_count(manifest: Manifest) -> str:
    if len(manifest.output.pairs) == 1:
        return f"The one use of colour that the brief names fails {manifest.standard}."
    verb = "fails" if len(manifest.failing) == 1 else "fail"
    return f"Of [[self#checked]] uses of colour, [[self#failed]] {verb} {manifest.standard}."


def _failing_first(manifest: Manifest) -> str:
    key = manifest.failing[0]
    pair = manifest.output.pairs[key]
    own = f"self#pairs.{key}"
    return (
        f" {pair.label} ({colors_of(key, pair)}): [[{own}.ratio]] where [[{own}.required]] is required."
        if len(manifest.failing) == 1
        else ""
    )


def _all_pass(manifest: Manifest) -> str:
    if len(manifest.output.pairs) == 1:
        return f"The one use of colour that the brief names passes {manifest.standard}."
    return f"{all_uses(manifest)} of colour pass {manifest.standard}."


def all_uses(manifest: Manifest) -> str:
    """ "Both uses", or all of them by number."""
    return "Both uses" if len(manifest.output.pairs) == 2 else "All [[self#checked]] uses"


def _unchecked(manifest: Manifest) -> str:
    if manifest.output.colors:
        return "The brief names colours but not where they are used, so there was no contrast to check."
    return "The brief names no colours, so there was no contrast to check."
