"""Diagrams as SVG, with a title and a description for those who do not see them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from claimcompare.evaluation.metrics import RiskAtCoverage
from claimcompare.evaluation.metrics.reliability import ReliabilityBin
from claimcompare.report.sides import how_many

_WIDTH, _HEIGHT = 420, 340
_LEFT, _TOP, _SIDE = 70, 20, 260
_TICKS = (0, 0.25, 0.5, 0.75, 1)
_CELL_WIDTH, _CELL_HEIGHT, _LABELS = 92, 44, 96
_SMALLEST, _LARGEST = 3.0, 9.0
Point = tuple[float, float]


class _Axes(NamedTuple):
    """What a diagram is of, and what its axes from 0 to 1 say."""

    name: str
    title: str
    description: str
    across: str
    up: str


def reliability_chart(bins: Sequence[ReliabilityBin]) -> str:
    """The share that is right by how sure the model is; on the diagonal it is calibrated."""
    told = (
        f"{how_many(one.items, 'item')} at {one.confidence:.2f}: {one.right:.2f} right"
        for one in bins
    )
    axes = _Axes(
        "reliability", "Reliability diagram", "; ".join(told), "mean probability", "share right"
    )
    svg = _framed(axes)
    _line(svg, [(0, 0), (1, 1)], "ideal")
    points = [(one.confidence, one.right) for one in bins]
    _line(svg, points, "curve")
    most = max(one.items for one in bins)
    for point, one in zip(points, bins, strict=True):
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * (one.items / most) ** 0.5
        _dot(
            svg,
            point,
            radius,
            f"{how_many(one.items, 'item')}: {one.confidence:.3f} sure, {one.right:.3f} right",
        )
    return _written(svg)


def risk_chart(curve: Sequence[RiskAtCoverage]) -> str:
    """The share that is wrong among the surest items, by how many of all these are."""
    last = curve[-1]
    described = (
        f"From {curve[0].risk:.2f} wrong of the surest {curve[0].coverage:.0%} "
        f"to {last.risk:.2f} wrong of {last.coverage:.0%}"
    )
    axes = _Axes("risk", "Risk–coverage curve", described, "coverage", "share wrong")
    svg = _framed(axes)
    points = [(one.coverage, one.risk) for one in curve]
    _line(svg, points, "curve")
    for point in points:
        _dot(svg, point, _SMALLEST, f"{point[1]:.3f} wrong of {point[0]:.3f}")
    return _written(svg)


def matrix_chart(counts: Mapping[str, Mapping[str, int]]) -> str:
    """Items by gold, a row each, and by answer; the darker, the more of the row."""
    columns = list(next(iter(counts.values())))
    width = _LABELS + _CELL_WIDTH * len(columns)
    size = (width, _CELL_HEIGHT * (len(counts) + 1))
    rows = (
        f"{gold}: " + ", ".join(f"{n} {name}" for name, n in row.items())
        for gold, row in counts.items()
    )
    svg = _svg("confusion", "Confusion matrix", "; ".join(rows), size)
    for at, name in enumerate(columns):
        _text(svg, _LABELS + _CELL_WIDTH * (at + 0.5), _CELL_HEIGHT * 0.6, name, "middle")
    for below, (gold, row) in enumerate(counts.items(), start=1):
        _text(svg, _LABELS - 8, _CELL_HEIGHT * (below + 0.6), gold, "end")
        for at, (name, number) in enumerate(row.items()):
            share = number / (sum(row.values()) or 1)
            _cell(
                svg,
                (_LABELS + _CELL_WIDTH * at, _CELL_HEIGHT * below),
                share,
                is_right=gold == name,
            )
            middle = _LABELS + _CELL_WIDTH * (at + 0.5)
            _text(svg, middle, _CELL_HEIGHT * (below + 0.6), str(number), "middle")
    return _written(svg)


def _svg(name: str, title: str, description: str, size: tuple[int, int]) -> Element:
    """An empty picture that says what it shows."""
    width, height = size
    labels = f"{name}-title {name}-desc"
    view = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    svg = Element("svg", {**view, "role": "img", "aria-labelledby": labels})
    SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    SubElement(svg, "desc", {"id": f"{name}-desc"}).text = description
    return svg


def _framed(axes: _Axes) -> Element:
    """Two axes from 0 to 1, with lines at the quarters."""
    svg = _svg(axes.name, axes.title, axes.description, (_WIDTH, _HEIGHT))
    for tick in _TICKS:
        for ends in ([(tick, 0), (tick, 1)], [(0, tick), (1, tick)]):
            _line(svg, ends, "grid" if tick else "axis")
        x, y = _at((tick, tick))
        _text(svg, x, _TOP + _SIDE + 18, f"{tick:g}", "middle")
        _text(svg, _LEFT - 8, y + 4, f"{tick:g}", "end")
    _text(svg, _LEFT + _SIDE / 2, _TOP + _SIDE + 42, axes.across, "middle")
    label = _text(svg, 0, 0, axes.up, "middle")
    label.set("transform", f"translate(20 {_TOP + _SIDE / 2:g}) rotate(-90)")
    return svg


def _at(point: Point) -> Point:
    """Where a point of the diagram lies in the picture."""
    return _LEFT + _SIDE * point[0], _TOP + _SIDE * (1 - point[1])


def _line(svg: Element, points: Iterable[Point], kind: str) -> None:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_at, points))
    SubElement(svg, "polyline", {"class": kind, "points": places})


def _dot(svg: Element, point: Point, radius: float, told: str) -> None:
    x, y = _at(point)
    place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:.1f}"}
    SubElement(SubElement(svg, "circle", {"class": "dot", **place}), "title").text = told


def _cell(svg: Element, corner: tuple[float, float], share: float, *, is_right: bool) -> None:
    size = {"width": str(_CELL_WIDTH - 2), "height": str(_CELL_HEIGHT - 2)}
    place = {"x": f"{corner[0]:g}", "y": f"{corner[1]:g}", "fill-opacity": f"{0.6 * share:.3f}"}
    SubElement(svg, "rect", {"class": "right" if is_right else "wrong", **place, **size})


def _text(svg: Element, x: float, y: float, words: str, anchor: str) -> Element:
    text = SubElement(svg, "text", {"x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor})
    text.text = words
    return text


def _written(svg: Element) -> str:
    return tostring(svg, encoding="unicode")
