"""Where the boxes and lines of the dependency picture go: layers from left to right, few crossings.
Pure arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP, ROW = (
    124,
    30,
    40,
    42,
)  # a box, the space between layers, and from one row to the next
PASSING = 16  # height of the lane of a line that passes a layer
SWEEPS = 6


Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Box:
    """A check's place: its left upper corner."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """`lines` are pairs of names and the points that the line goes through, from what is needed to
    what needs it.
    """

    boxes: tuple[Box, ...]
    lines: tuple[tuple[str, str, Points], ...]
    width: float
    height: float


@dataclass(frozen=True)
class Lane:
    """A point in a layer that only a line goes through."""

    start: str
    end: str
    layer: int


Node = str | Lane


def draw(needs: Mapping[str, Sequence[str]]) -> Drawing:
    """Lay out checks by what each needs. Names that nobody has are left out; of a circle, one line
    is.
    """
    direct = _direct(_acyclic(needs))
    depth = _depths(direct)
    layers, neighbours = _layered(direct, depth)
    _untangle(layers, neighbours)
    places = _places(layers, neighbours)
    boxes = tuple(Box(name, places[name][0], places[name][1] - HEIGHT / 2) for name in direct)
    lines = tuple(
        (need, name, _points(need, name, depth, places))
        for name, all_ in direct.items()
        for need in all_
    )
    width = len(layers) * (WIDTH + GAP) - GAP if layers else 0
    height = max((y + ROW / 2 for _, y in places.values()), default=0)
    return Drawing(boxes, lines, width, height)


def _acyclic(needs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Only needs that are known, without the lines that would close a circle."""
    kept: dict[str, list[str]] = {name: [] for name in needs}
    for name, all_ in needs.items():
        for need in dict.fromkeys(all_):
            if need in kept and name not in _reachable(need, kept):
                kept[name].append(need)
    return kept


def _reachable(name: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """The name and everything it needs, however far."""
    reached, todo = {name}, [name]
    while todo:
        for need in needs[todo.pop()]:
            if need not in reached:
                reached.add(need)
                todo.append(need)
    return reached


def _direct(needs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Without needs that another need has anyway: the picture says the same with fewer lines."""
    return {
        name: [
            need
            for need in all_
            if not any(need in _reachable(other, needs) for other in all_ if other != need)
        ]
        for name, all_ in needs.items()
    }


def _depths(needs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    depth = dict.fromkeys(needs, 0)
    for _ in needs:
        changed = {
            name: max((depth[need] + 1 for need in all_), default=0) for name, all_ in needs.items()
        }
        if changed == depth:
            break
        depth = changed
    return depth


def _layered(
    needs: Mapping[str, Sequence[str]], depth: Mapping[str, int]
) -> tuple[list[list[Node]], dict[Node, list[Node]]]:
    """Boxes and lanes by layer, and what each is tied to one layer before."""
    layers: list[list[Node]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    before: dict[Node, list[Node]] = {}
    for name, all_ in needs.items():
        layers[depth[name]].append(name)
        before[name] = []
        for need in all_:
            last: Node = need
            for layer in range(depth[need] + 1, depth[name]):
                lane = Lane(need, name, layer)
                layers[layer].append(lane)
                before[lane] = [last]
                last = lane
            before[name].append(last)
    return layers, before


def _untangle(layers: list[list[Node]], before: Mapping[Node, Sequence[Node]]) -> None:
    """Order each layer by the middle of its neighbours, there and back; ties keep the order of the
    chapter.
    """
    after: dict[Node, list[Node]] = {node: [] for node in before}
    for node, all_ in before.items():
        for neighbour in all_:
            after[neighbour].append(node)
    for sweep in range(SWEEPS):
        there = sweep % 2 == 0
        for layer in layers if there else reversed(layers):
            _sort(layer, layers, before if there else after)


def _sort(
    layer: list[Node], layers: Sequence[Sequence[Node]], ties: Mapping[Node, Sequence[Node]]
) -> None:
    rank = {node: number for row in layers for number, node in enumerate(row)}
    layer.sort(key=lambda node: _middle([rank[neighbour] for neighbour in ties[node]], rank[node]))


def _middle(ranks: Sequence[float], otherwise: float) -> float:
    return sum(ranks) / len(ranks) if ranks else otherwise


def _places(
    layers: Sequence[Sequence[Node]], before: Mapping[Node, Sequence[Node]]
) -> dict[Node, tuple[float, float]]:
    """Left end and height of the middle: each as near to what it needs as its neighbours leave room
    for.
    """
    middles: dict[Node, float] = {}
    for layer in layers:
        wishes = [
            _middle([middles[neighbour] for neighbour in before[node]], math.nan) for node in layer
        ]
        down = _pushed([_room(node) for node in layer], wishes)
        up = _pushed(
            [_room(node) for node in reversed(layer)], [-wish for wish in reversed(wishes)]
        )
        middles |= {
            node: (low - high) / 2
            for node, low, high in zip(layer, down, reversed(up), strict=True)
        }
    top = min((middle - _room(node) / 2 for node, middle in middles.items()), default=0.0)
    return {
        node: (number * (WIDTH + GAP), middles[node] - top)
        for number, layer in enumerate(layers)
        for node in layer
    }


def _room(node: Node) -> float:
    return PASSING if isinstance(node, Lane) else ROW


def _pushed(rooms: Sequence[float], wishes: Sequence[float]) -> list[float]:
    """Middles in order, each at its wish or as little beyond it as those before it
    make necessary.
    """
    middles: list[float] = []
    free = -math.inf
    for room, wish in zip(rooms, wishes, strict=True):
        start = wish if not math.isnan(wish) else room / 2 if math.isinf(free) else free + room / 2
        middles.append(max(free + room / 2, start))
        free = middles[-1] + room / 2
    return middles


def _points(
    need: str, name: str, depth: Mapping[str, int], places: Mapping[Node, tuple[float, float]]
) -> Points:
    """Out of the right side of one box, through its lanes, into the left side of the other."""
    points = [(places[need][0] + WIDTH, places[need][1])]
    for layer in range(depth[need] + 1, depth[name]):
        x, y = places[Lane(need, name, layer)]
        points += [(x, y), (x + WIDTH, y)]
    return (*points, places[name])
