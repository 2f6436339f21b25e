"""Holds components' SPDX expressions against the licence a product goes out under: duties and conflicts.

Expressions are read by license-expression (SPDX annex D): of an OR one suffices, of an AND all must fit, WITH is an
exception. Strong copyleft in a distributed work asks for the whole work under the same licence (GPL-2.0 section 2(b),
GPL-3.0 section 5(c)); AGPL-3.0 section 13 also over a network; weak copyleft stays with its files or library. Duties
begin with distribution; internal use has none, but for the AGPL's network. GPL compatibility as the Free Software
Foundation lists it: reference://license_matrix.

Limits: one combined work is assumed; whether programs form one work, and additional terms, are for counsel.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import Day
from experts.legal_consultant.tools._legal import Legal, caution, citation, values

Use = Literal["distributed", "network_service", "internal"]
Fit = Literal["fits", "fits_with_duties", "conflict", "ask"]
_OUTBOUND_KINDS = ("public", "permissive")
_NO_LICENSE = ("NOASSERTION", "NONE")
_EXCEPTIONS = ("Classpath-exception-2.0", "GCC-exception-3.1", "LLVM-exception", "Bison-exception-2.2")


class Component(Model):
    """One component: the licence chosen of its expression, how it fits, and its duties."""

    expression: str
    chosen: list[str]
    fit: Fit
    reason: str
    duties: list[str]


class LicenseCheck(Legal):
    """Components by name, and the conflicts."""

    components: dict[str, Component]
    conflicts: list[str]
    duties: list[str]


def check_license_compatibility(
    components: Annotated[
        dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=300)]],
        Field(min_length=1, max_length=300, description="Name to SPDX expression."),
    ],
    outbound: Annotated[str, Field(max_length=60, description="SPDX id of the product, or 'proprietary'.")],
    as_of: Day,
    use: Use = "distributed",
) -> LicenseCheck:
    """Check open-source components against a product's licence: conflicts and duties per component.

    Use when software is shipped or a dependency is added. It does not decide what is one work.
    """
    from license_expression import ExpressionError, get_spdx_licensing

    table = values("license_matrix", as_of)
    known: dict[str, Any] = table["licenses"]
    if outbound != "proprietary" and outbound not in known:
        raise InvalidInput(
            f"outbound licence {outbound!r} is not in the matrix{did_you_mean(outbound, known)}", field="outbound"
        )
    licensing = get_spdx_licensing()
    checked: dict[str, Component] = {}
    for name, expression in components.items():
        field = f"components.{name}"
        if expression.strip() in _NO_LICENSE:
            checked[name] = Component(
                expression=expression,
                chosen=[],
                fit="ask",
                reason="no licence is stated, and without one there is no right to use it",
                duties=[],
            )
            continue
        try:
            parsed = licensing.parse(expression, validate=False, strict=True)
            strange = licensing.unknown_license_keys(parsed) if parsed is not None else []
        except ExpressionError as error:
            raise InvalidInput(f"{name!r}: {expression!r} is not an SPDX expression: {error}", field=field) from error
        if parsed is None:
            raise InvalidInput(f"{name!r} has an empty licence expression; write 'NOASSERTION' if unknown", field=field)
        for key in strange:
            if key.startswith(("LicenseRef-", "DocumentRef-")):
                continue  # a text of its own: it is asked about
            raise InvalidInput(f"{name!r}: {key!r} is not an SPDX id{_nearest(key, licensing)}", field=field)
        chosen, fit, reason = _judge(parsed, outbound, use, known)
        active = use != "internal"
        codes = dict.fromkeys(code for key in chosen for code in _duties(key, known)) if active else {}
        if use == "network_service":
            # Nothing is distributed: only a licence that speaks of networks has duties.
            kinds = {known[_base(key)]["kind"] for key in chosen if _base(key) in known}
            codes = codes if kinds & {"network", "not_open_source"} else {}
        checked[name] = Component(
            expression=expression,
            chosen=chosen,
            fit="fits_with_duties" if fit == "fits" and codes else fit,
            reason=reason,
            duties=[table["duties"][code] for code in codes],
        )
    conflicts = [f"{name}: {item.reason}" for name, item in checked.items() if item.fit == "conflict"]
    ask = [name for name, item in checked.items() if item.fit == "ask"]
    return LicenseCheck(
        jurisdiction="any (licence texts)",
        as_of=as_of,
        sources=[citation("license_matrix", as_of)],
        escalate=bool(conflicts or ask),
        escalation_reason="; ".join(
            [
                *(["Conflicts must be solved before release."] if conflicts else []),
                *([f"Not in the matrix: {', '.join(ask)}."] if ask else []),
            ]
        ),
        method="SPDX expressions; of OR the choice with the best fit, of AND all; combination rules of the matrix.",
        assumptions=["All components are combined into one work.", f"Use: {use.replace('_', ' ')}."],
        warnings=caution("license_matrix"),
        components=checked,
        conflicts=conflicts,
        duties=sorted({duty for item in checked.values() for duty in item.duties}),
    )


_RANK: dict[Fit, int] = {"fits": 0, "fits_with_duties": 1, "ask": 2, "conflict": 3}


def _judge(node: Any, outbound: str, use: Use, known: dict[str, Any]) -> tuple[list[str], Fit, str]:
    """The licences to choose below a node, how they fit, and why."""
    operator = getattr(node, "operator", "").strip().upper()
    if operator in ("AND", "OR"):
        parts = [_judge(part, outbound, use, known) for part in node.args]
        if operator == "OR":
            return min(parts, key=lambda part: _RANK[part[1]])
        worst = max(parts, key=lambda part: _RANK[part[1]])
        return list(dict.fromkeys(key for part in parts for key in part[0])), worst[1], worst[2]
    exception = getattr(node, "exception_symbol", None)
    key = str(node.license_symbol.key if exception is not None else node.key)
    fit, reason = _fit(key, outbound, use, known)
    if exception is None:
        return [key], fit, reason
    softens = str(exception.key) in _EXCEPTIONS
    if fit == "conflict":
        fit, reason = ("fits", f"{exception.key} allows linking") if softens else ("ask", f"read {exception.key}")
    return [f"{key} WITH {exception.key}"], fit, reason


def _base(chosen: str) -> str:
    return chosen.partition(" WITH ")[0]


def _duties(chosen: str, known: dict[str, Any]) -> list[str]:
    """The duties of a licence; an exception for linking leaves the source of the component itself, not of the work."""
    key, _, exception = chosen.partition(" WITH ")
    codes: list[str] = known[key]["duties"] if key in known else []
    if exception in _EXCEPTIONS:
        return ["source_files" if code == "source_work" else code for code in codes]
    return codes


def _fit(key: str, outbound: str, use: Use, known: dict[str, Any]) -> tuple[Fit, str]:
    if key not in known:
        return "ask", f"{key} is not in the matrix; read its text"
    kind = known[key]["kind"]
    if kind == "not_open_source":
        return "ask", f"{key} is not an open-source licence; its use limits must be read"
    if use == "internal":
        return "fits", "not distributed"
    if kind in _OUTBOUND_KINDS and outbound == "proprietary":
        return "fits", f"{key} is {kind if kind == 'permissive' else 'a public-domain dedication'}"
    target = known.get(outbound, {"kind": "proprietary"})["kind"]
    if key == outbound:
        return "fits", "the same licence"
    if outbound.startswith(("GPL-2.0", "GPL-3.0", "AGPL-3.0")):
        return _into_gpl(key, outbound, known)
    if kind in ("strong", "network"):
        if use == "network_service" and kind == "strong":
            return "fits", f"{key} asks nothing of a service that is not distributed"
        return "conflict", f"{key} asks for the whole work under its terms, not under {outbound}"
    if kind == "weak":
        return "fits", f"{key} stays with its own files or library"
    return "fits", f"{key} may go into a work under {outbound} ({target})"


def _into_gpl(key: str, outbound: str, known: dict[str, Any]) -> tuple[Fit, str]:
    entry = known[key]
    if entry["kind"] == "network" and not outbound.startswith("AGPL"):
        if outbound.startswith("GPL-3.0"):
            return "fits", "GPL-3.0 section 13 lets them be combined; the AGPL's network duty covers the whole"
        return "conflict", f"{key} cannot be combined with {outbound}"
    if outbound == "GPL-2.0-only":
        fits = entry["gpl2"]
    elif outbound == "GPL-2.0-or-later":
        if not entry["gpl2"] and entry["gpl3"]:
            return "fits", f"{key} fits only GPL-3.0 or later, so the whole goes out under that"
        fits = entry["gpl2"]
    else:
        fits = entry["gpl3"]
    if fits:
        return "fits", f"{key} is compatible with {outbound}"
    return "conflict", f"{key} is not compatible with {outbound} (FSF)"


def _nearest(key: str, licensing: Any) -> str:
    from rapidfuzz import fuzz, process

    names = [name for name in licensing.known_symbols if not name.startswith("LicenseRef")]
    near = [name for name, score, _ in process.extract(key, names, scorer=fuzz.ratio, limit=3) if score >= 60]
    return f"; nearest are {', '.join(near)}" if near else "; see the SPDX licence list"
