"""The segment map: customers and money by segment, or the clusters on two measures."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.marketing_sales.tools.segment_customers import Segmentation
from experts.marketing_sales.views._look import number, percent, words


def view(result: Segmentation, arguments: Mapping[str, Any]) -> View:
    """The map and the tables; customers are listed by id and segment."""
    return _clusters(result, arguments) if result.clusters else _rfm(result)


def _rfm(result: Segmentation) -> View:
    from experts.core.charts import ACCENT, GRID, SECOND, figure, svg

    rich = max(result.segments, key=lambda name: result.segments[name].spend)
    share = result.segments[rich]
    title = f"{words(rich)} are {percent(share.share, 0)} of customers"
    if share.spend_share is not None:
        title += f" and bring {percent(share.spend_share, 0)} of the spend"
    order = sorted(result.segments, key=lambda name: result.segments[name].spend)
    with figure(7.2, 1.6 + 0.55 * len(order), title) as (made, axes):
        for at, name in enumerate(order):
            row = result.segments[name]
            for shift, value, colour in (
                (0.19, float(row.share), ACCENT),
                (-0.19, float(row.spend_share or 0), SECOND),
            ):
                axes.barh(at + shift, value, 0.36, color=colour)
                axes.annotate(f"{value:.0%}", (value, at + shift), (4, -4), textcoords="offset points", fontsize=9)
        axes.set_yticks(range(len(order)), [words(name) for name in order])
        axes.set_xlim(0, 1.08)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.set_xlabel("Share of all: customers (upper bar, blue), spend (lower bar, brown)")
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        picture = svg(made)
    segments = [
        {
            "segment": words(name),
            "customers": f"{row.customers:,}",
            "share": percent(row.share),
            "spend": number(row.spend),
            "spend_share": percent(row.spend_share),
        }
        for name, row in sorted(result.segments.items(), key=lambda pair: -pair[1].spend)
    ]
    heads = {
        "segment": ("Segment", "text"),
        "customers": ("Customers", "count"),
        "share": ("Share", "rate"),
        "spend": ("Spend", "money"),
        "spend_share": ("Share of spend", "rate"),
    }
    people = [
        {
            "customer": name,
            "segment": words(row.segment),
            "days": str(row.days_since),
            "scores": f"{row.recency}-{row.frequency}-{row.monetary}",
        }
        for name, row in result.customers.items()
    ]
    columns = {
        "customer": ("Customer", "text"),
        "segment": ("Segment", "text"),
        "days": ("Days since purchase", "count"),
        "scores": ("R-F-M", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="segments", title=title, alt=f"Customers and spend by segment. {title}."),
            grid("Segments", heads, segments),
            grid("Customers", columns, people),
            *closing(result),
        ),
        pictures={"segments": picture},
    )


def _clusters(result: Segmentation, arguments: Mapping[str, Any]) -> View:
    from experts.core.charts import GRID, INK, SERIES, figure, shorten, svg

    names = list(next(iter(result.clusters.values())).means)
    x, y = names[0], names[1] if len(names) > 1 else names[0]
    title = f"{len(result.clusters)} clusters; the largest has {percent(result.clusters['cluster_1'].share, 0)} of customers"
    with figure(7.2, 5.0, title) as (made, axes):
        for at, (name, cluster) in enumerate(result.clusters.items()):
            members = [arguments["measures"][key] for key, found in result.assigned.items() if found == name]
            colour = SERIES[at % len(SERIES)]
            axes.scatter(
                [float(row[x]) for row in members],
                [float(row[y]) for row in members],
                s=18,
                color=colour,
                label=words(name),
            )
            axes.plot([float(cluster.means[x])], [float(cluster.means[y])], "X", color=INK, markersize=11)
            axes.plot([float(cluster.means[x])], [float(cluster.means[y])], "X", color=colour, markersize=8)
        axes.set_xlabel(shorten(words(x), 50))
        axes.set_ylabel(shorten(words(y), 40))
        axes.grid(color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.legend(frameon=False, fontsize=9, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.14))
        picture = svg(made)
    rows = [
        {"cluster": words(name), "customers": f"{row.customers:,}", "share": percent(row.share)}
        | {key: number(value) for key, value in row.means.items()}
        for name, row in result.clusters.items()
    ]
    heads = {"cluster": ("Cluster", "text"), "customers": ("Customers", "count"), "share": ("Share", "rate")}
    heads |= {key: (f"Mean {words(key).lower()}", "ratio") for key in names}
    note = f"Silhouette {number(result.silhouette)}, stability {number(result.stability)}. Crosses are cluster means."
    people = [{"customer": key, "cluster": words(found)} for key, found in result.assigned.items()]
    return View(
        title=title,
        blocks=document(
            Picture(picture="clusters", title=title, alt=f"Customers by {x} and {y}, coloured by cluster. {title}."),
            grid("Clusters", heads, rows, note),
            grid("Customers", {"customer": ("Customer", "text"), "cluster": ("Cluster", "text")}, people),
            *closing(result),
        ),
        pictures={"clusters": picture},
    )
