"""The page for people: safe, whole in one file, and readable by anybody."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from importlib import resources

import pytest
from hypothesis import given
from tests.unit.engine.reports import examples

from envcheck.model import Fix, SetEnv, Status, Tell, UnsetEnv
from envcheck.reports import html, pictures
from envcheck.run.again import Again
from envcheck.run.report import Report

EMPTY = {"meta", "path", "rect", "use", "line", "circle"}


@dataclass
class Seen(HTMLParser):
    """The tags, attributes and text of a page, and whether everything was closed in order."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


def seen(page: str) -> Seen:
    reader = Seen()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


KNOWN_TAGS = {
    tag
    for report in (examples.NOT_READY, examples.WARNED)
    for tag, _ in seen(html.render(report)).tags
} | {"details", "summary"}


@given(examples.reports())
@examples.ANY
def test_the_machine_adds_no_markup(report: Report) -> None:
    """Only the template's own elements, no script, no handler, and nothing that is fetched or
    followed elsewhere.
    """
    page = seen(html.render(report))
    assert {tag for tag, _ in page.tags} <= KNOWN_TAGS
    names = {name for _, attributes in page.tags for name in attributes}
    assert not any(
        name.startswith("on") or name in ("src", "style", "action", "xlink:href") for name in names
    )
    assert all(re.fullmatch(r"#[\w-]+", target) for target in page.values("href"))


def test_hostile_text_is_shown() -> None:
    """What a kernel printed is there to be read, as text."""
    shown = "".join(
        seen(
            html.render(replace(examples.READY, course_title="</script><b>{{ 7*7 }}\x1b[31m"))
        ).text
    )
    assert "</script><b>{{ 7*7 }}, chapter 2" in shown


def test_the_policy_allows_our_style_alone() -> None:
    """The page's own policy forbids everything but its one style sheet, named by its hash."""
    page = html.render(examples.NOT_READY)
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    seal = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    (policy,) = (
        attributes["content"]
        for _, attributes in seen(page).tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert (
        policy
        == f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style[0] and "@import" not in style[0]


@pytest.mark.parametrize(
    "report", [examples.READY, examples.NOT_READY, examples.WARNED, examples.UNPROVED]
)
def test_headings_and_names(report: Report) -> None:
    """One h1, no level left out, a language, unique ids, and every reference has its element."""
    page = seen(html.render(report))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.tags[0] == ("html", {"lang": "en"})
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.values("href")} | set(
        " ".join(page.values("aria-labelledby")).split()
    ) <= set(ids)


def test_pictures_have_words() -> None:
    """Both pictures have a role, a title and a description that says the same; every status is a
    word beside its shape.
    """
    page = html.render(examples.NOT_READY)
    assert page.count('role="img"') == 2
    assert "Snippets (waiting) needs Kernel." in page
    assert "Kernel: from 0.0 s, 0.5 s long." in page
    states = re.findall(r'<td class="state \w+"><svg class="icon \w+".*?</svg> (\w+)</td>', page)
    assert states == ["ok", "ok", "ok", "fails", "waiting", "waiting", "skipped"]


def test_verdict_and_next_step_come_first() -> None:
    """The first things to read are the verdict and the command."""
    page = html.render(examples.NOT_READY)
    places = [
        page.index(part)
        for part in (
            "Not ready for chapter 2: one cause.</span></h1>",
            ">Next step<",
            "ipykernel install",
            ">Checks<",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("number", [1, 12, 80])
def test_many_checks(number: int) -> None:
    """Eighty checks are drawn as well as twelve: each has its row, box and bar, and no box lies
    upon another.
    """
    made = [
        examples.result(
            f"c{one}",
            f"Check {one}",
            needs=tuple(f"c{need}" for need in {one // 2, one // 3} if need != one),
        )
        for one in range(number)
    ]
    page = html.render(examples.report(*made))
    boxes = re.findall(r'transform="translate\((\S+) (\S+)\)"', page)
    corners = [(float(x), float(y)) for x, y in boxes]
    assert len(corners) == number == page.count('<rect class="bar"') == page.count('<tr id="check-')
    assert all(
        abs(a[0] - b[0]) >= 124 or abs(a[1] - b[1]) >= 30
        for a in corners
        for b in corners
        if a is not b
    )


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(one * 2 for one in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_contrast(scheme: int) -> None:
    """All text has the contrast that WCAG AA asks for, 4.5 to 1, on both backgrounds."""
    style = (resources.files("envcheck.reports") / "report.css").read_text("utf-8")
    used = colours(re.findall(r":root \{.*?\}", style, re.DOTALL)[scheme])
    for ground in ("bg", "soft"):
        for name in ("text", "muted", "pass", "warn", "fail", "skip", "error", "link"):
            light, dark = sorted((luminance(used[name]), luminance(used[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


@pytest.mark.parametrize(
    ("system", "shell", "shown", "hidden"),
    [
        ("Windows", "powershell", ("The same in cmd",), ("Linux", "fish")),
        ("Windows", "cmd", ("The same in PowerShell",), ("Linux", "fish")),
        ("Windows", "posix", ("The same in PowerShell", "The same in cmd"), ("fish",)),
        ("Linux", "posix", ("The same in fish",), ("PowerShell", "cmd")),
        ("Linux", "fish", ("The same in Linux and macOS",), ("PowerShell", "cmd")),
    ],
)
def test_shells_of_this_system(
    system: str, shell: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    """The learner's own is open, the others of this system are folded; those of others are not
    there.
    """
    target = replace(examples.TARGET, os={"name": system, "version": "11"})
    cause = replace(
        examples.OTHER_PYTHON, fixes=(Fix("set it", (SetEnv("A", "it's b"), UnsetEnv("B"))),)
    )
    failing = replace(examples.KERNEL_FAILS, diagnoses=(cause,))
    page = html.render(examples.report(failing, target=target, again=Again(shell=shell)))
    body = page.partition("<body")[2]
    assert all(text in body for text in shown)
    assert not any(f"The same in {text}" in body for text in hidden)


def test_what_is_waived_is_not_red() -> None:
    """It has its own word everywhere, says why and how long, and counts as soon as that is over."""
    body = html.render(examples.WAIVED).partition("<body")[2]
    assert "Waived until 2199-01-01: the cluster is needed from week 9 on</p>" in body
    assert re.findall(r'class="word (\w+)">(\w+)<', body) == [("skip", "waived")]
    states = re.findall(r'<td class="state (\w+)"><svg class="icon \w+".*?</svg> (\w+)</td>', body)
    assert states == [*[("pass", "ok")] * 3, ("skip", "waived")]
    assert "Kernel (waived) needs Python." in body
    assert not re.search(r'class="[^"]*fail', body)
    body = html.render(examples.COUNTS_AGAIN).partition("<body")[2]
    assert re.findall(r'class="word (\w+)">(\w+)<', body) == [("fail", "fails")]
    assert "waived until 2199-01-01: it counts again" in body
    assert "Waived" not in body


def test_a_click_is_offered_where_there_is_a_command() -> None:
    words = "One click on a command"
    assert words in html.render(examples.NOT_READY)
    told = replace(examples.OTHER_PYTHON, fixes=(Fix("ask", (Tell("Ask your teacher."),)),))
    failing = replace(examples.KERNEL_FAILS, diagnoses=(told,))
    assert words not in html.render(examples.report(failing))


def test_statuses_have_names() -> None:
    """Every status has a word and a shape."""
    page = html.render(examples.READY)
    assert set(pictures.NAMES) == set(Status)
    assert all(f'id="s-{status.value}"' in page for status in Status)
    assert (
        json.dumps(sorted(pictures.NAMES.values()))
        == '["fails", "ok", "skipped", "unknown", "warning"]'
    )
