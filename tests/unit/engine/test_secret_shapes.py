"""Secrets in every dress are found, and looking for them takes no longer than the text is long."""

from __future__ import annotations

import json
import re
import shlex
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from envcheck.privacy import Scrubber
from envcheck.secret_shapes import ALL, without_secrets

KNOWN = [
    "http://ann:s3'cr3t@proxy:8080/",
    'http://ann:s3"cr3t@proxy',
    "http://ann:s3/cr3t@proxy:8080/simple",
    "https://ann:my s3cr3t word@proxy.example.org",
    "ann:s3cr3t@proxy.example.org:3128",
    "http_proxy=ann:s3cr3t@10.0.0.1:3128",
    "AWS_SECRET_ACCESS_KEY=s3cr3t/abc+def",
    "AZURE_STORAGE_ACCOUNT_KEY: s3cr3t",
    "DB_PASS=s3cr3t",
    "Authorization: token s3cr3t",
    "'Authorization': 'Basic s3cr3t'",
    "Proxy-Authorization: s3cr3t",
    "--password s3cr3t",
    "mysql --db-password 's3cr3t more'",
    "token=b's3cr3t'",
    'password: "s3cr3t, with a comma"',
    "{'c.ServerApp.token': b\"s3cr3t\"}",
    "-----BEGIN RSA PRIVATE KEY-----\ns3cr3t\nabc=\n-----END RSA PRIVATE KEY-----",
]
SHAPED = [
    "ghp_" + "a1B2" * 9, "github_pat_" + "a1_B2" * 8, "glpat-" + "a1-B2" * 4, "sk-" + "proj-a1B2" * 5, "sk_live_" + "a1B2" * 6,
    "xoxb-123456789012-abcdefABCDEF", "AKIA" + "A1B2" * 4, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123", "hf_" + "aBcD" * 9,
    "pypi-AgEIcHlwaS5vcmc" + "a1B2" * 10, "npm_" + "a1B2" * 9, "AIza" + "a1B2c" * 7, "SG." + "a1B2" * 5 + "." + "a1B2" * 10,
    "dop_v1_" + "a1b2" * 16, "dapi" + "a1b2" * 8, "ya29." + "a1B2" * 8, "dckr_pat_" + "a1B2" * 7, "hvs." + "a1B2" * 8,
]  # fmt: skip

HEX, MIXED, CAPITALS = "a1b2c3d4e5f60718", "aB3dE5fG7hJ9kL1m", "A2B3C4D5E6F7G2H3"
UUID = "a1b2c3d4-a1b2-a1b2-a1b2-a1b2c3d4e5f6"
# Published by gitleaks, each as it stands bare in a log: 64 of these went through before.
PUBLISHED = [
    f"A3-ASWWYB-{CAPITALS}-DJ4", f"ops_eyJ{MIXED * 16}", f"p8e-{MIXED * 2}", f"AGE-SECRET-KEY-1{CAPITALS * 3}", f"LTAI{MIXED}aB3d",
    f"AKCp{MIXED * 4}", f"cmVmd{MIXED * 3}", f"ATATT3{MIXED * 11}", f"sc_abcdef12.a1b2.acc_{HEX}.{MIXED * 3}", f"ABIA{CAPITALS}", f"A3TX{CAPITALS}",
    f"abc8Q~{MIXED * 2}", f"CLOJARS_{MIXED * 3}", f"v1.0-{HEX}a1b2c3d4-{HEX * 9}", f"dp.pt.{MIXED * 2}", f"duffel_test_{MIXED * 2}",
    f"dt0c01.{MIXED}aB3dE5fG.{MIXED * 4}", f"EZAK{MIXED * 3}", f"EAAM{MIXED * 7}", f"FLWSECK_TEST-{HEX * 2}-X", f"fo1_{MIXED * 2}", f"fm2_{MIXED * 7}",
    f"fio-u-{MIXED * 4}", f"glsa_{MIXED * 2}_a1b2c3d4", f"pat.{MIXED}aB3dE5.{MIXED}aB3dE5fG.{MIXED}aB3d", f"aB3dE5fG7hJ9kL.atlasv1.{MIXED * 4}",
    f"HRKU-AA{MIXED * 3}", f"ico-{MIXED * 2}", f"s-s4t2ud-{HEX * 4}", f"ZXlKaGJHY2lPaU{MIXED * 4}", f"aB3dE5_{MIXED}aB3dE5fG7hJ9k_mmk", f"NRAK-{CAPITALS}ABC",
    f"ntn_12345678901{MIXED * 2}", f"API-{CAPITALS}A1B2C3D4E5", f"sha256~{MIXED * 3}", f"pplx-{MIXED * 3}", f"access-sandbox-{UUID}", f"pscale_tkn_{MIXED * 2}",
    f"pnu_{MIXED * 2}", f"pul-{HEX * 2}", f"rdme_{HEX * 4}", f"rubygems_{HEX * 3}", f"tk-us-{MIXED * 3}", f"xkeysib-{HEX * 4}-{MIXED}", f"sntrys_eyJ{MIXED * 5}",
    f"sntryu_{HEX * 4}", f"sm_pat_{MIXED}", f"shippo_live_{HEX * 2}", f"https://hooks.slack.com/services/T0A1/B0A1/{MIXED}",
    f"https://abc.webhook.office.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/{HEX * 2}/{UUID}", f"glcbt-1_{MIXED}", f"glffct-{MIXED}aB3d", f"GR1348941{MIXED}aB3d",
    f"_gitlab_session={HEX * 2}", f"GOCSPX-{MIXED}aB3dE5", f"curl -u ann:{MIXED} https://x", f"https://x.blob.core.windows.net/c?sv=2020&sig={MIXED}%3D",
    f"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{MIXED * 4}\n", f"machine pypi.example login ann password {MIXED}",
    f"//registry.example/:_auth={MIXED * 2}", f"https://discord.com/api/webhooks/123456789012345678/{MIXED * 4}", f"Server=x;Uid=ann;Pwd={MIXED};",
    f"https://b.s3.amazonaws.com/k?X-Amz-Signature={HEX * 4}", f"hvb.{MIXED * 9}", f"a-new-one_of_{MIXED * 2}", f"nextyear-{HEX * 2}",
    f"pat{MIXED[:14]}.{HEX * 4}", f"pk.{MIXED * 4}.{MIXED}aB3dE5", f"oy2{HEX * 3}", f"fo1_{MIXED}-{MIXED * 2}", f"figd_{MIXED}-{MIXED * 2}",
    f"tskey-auth-{MIXED}-{MIXED}", f"CCIPAT_{MIXED * 2}_{HEX * 3}", f"2|1:0|10:1700000000|23:username|{MIXED}", f"lsv2_pt_{HEX * 2}_{HEX[:10]}",
]  # fmt: skip
# What a pattern may stumble over, again and again.
UNITS = [
    "a", "ab_", "a-", "aB3d", "token=", "://", "a:", "-u aa:", "login a password ", "?sig=", "-----BEGIN PRIVATE KEY-----\nVersion: x\n", "A3-",
    "eyJabcdef.", "x_1", "_auth=", ";pwd=", "hooks.slack.com/services/", " ", "\n", "pat.", "1Q~", "9", "@", "'", "password: '", "authorization: ",
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
@pytest.mark.parametrize("around", ["{}", "before {} after", "x\n{}\ny", "({})"])
def test_behind_a_name_or_in_an_address(text: str, around: str) -> None:
    """Whatever characters are in it, and whatever stands around."""
    said = without_secrets(around.format(text))
    for word in ("s3cr3t", "cr3t", "s3'", "comma", "more", "word@"):
        assert word not in said, said


NAMES = (
    *("password", "db_password", "API_TOKEN", "api_key", "AWS_SECRET_ACCESS_KEY", "MYSQL_PWD"),
    *("FERNET_KEY", "ServerApp.token", "subscription-key", "passphrase"),
)
# How programs write a name and its value
WRITTEN: tuple[Callable[[str, str], str], ...] = (
    lambda name, value: f"{name}={value!r}",
    lambda name, value: f"{name} = {value!r}, x=1",
    lambda name, value: f"{name}: {value!r}",
    lambda name, value: f"{name}={value.encode()!r}",
    lambda name, value: f"{name} => {value!r}",
    lambda name, value: f"{name}=SecretStr({value!r})",
    lambda name, value: f"{name}={[value, value]!r}",
    lambda name, value: f"{name}={(value,)!r}",
    lambda name, value: repr((name, value)),
    lambda name, value: repr({name: value}),
    lambda name, value: json.dumps({"a": 1, name: value}),
    lambda name, value: json.dumps(json.dumps({name: value})),
    lambda name, value: f'{name}="""{value}"""',
    lambda name, value: f"--{name} {value!r} --more",
    lambda name, value: f"export {name}={shlex.quote(value)}",
)


@example("password", WRITTEN[0], "'")
@example("password", WRITTEN[10], '"')
@given(st.sampled_from(NAMES), st.sampled_from(WRITTEN), st.text("'\"\\ /@,;:#aB7", max_size=4))
def test_whatever_is_in_it_and_however_it_is_written(
    name: str, written: Callable[[str, str], str], inside: str
) -> None:
    """A quotation ends where it was opened to end, not at the first mark in it."""
    text = written(name, f"Hunter{inside}2000abc")
    said = without_secrets(text)
    assert "2000abc" not in said and "Hunter" not in said, (text, said)
    assert without_secrets(said) == said


@pytest.mark.parametrize(
    "text",
    [
        "http_proxy=ann:p@ss/s3cr3t@proxy:8080",
        "https_proxy: http://ann:p@s3cr3t/x@proxy:8080/",
        "https://ann:p@ss/s3cr3t@proxy.example.org/simple",
        "https%3A%2F%2Fann%3As3cr3t%40host",
        "Authorization: AWS4-HMAC-SHA256 Credential=x/y, SignedHeaders=host, Signature=s3cr3t",
        'Authorization: Digest username="ann", nonce="n", response="s3cr3t"',
        "--proxy-user ann:s3cr3t",
        "mysql -u root -ps3cr3t shop",
        "sshpass -p s3cr3t ssh box",
        'Set-Cookie: username-localhost-8888="2|1:0|10:1700|23:username|s3cr3t"; Path=/',
        "_xsrf=2|s3cr3t|1700000000",
        "Cookie: theme=dark; sessionid=s3cr3t",
        '"key": "s3cr3t-1916-498b-8eb9"',
        '{"auths": {"index.docker.io": {"auth": "s3cr3tb25uYTpI"}}}',
        "pass=s3cr3t",
        "dbpass = s3cr3t",
        "<password>s3cr3t</password>",
        "password: correct horse battery word",
        "password=it's3cr3t",
    ],
)
def test_in_the_dress_of_a_program(text: str) -> None:
    for around in ("{}", "x\n{}\ny", "[E] {}"):
        said = without_secrets(around.format(text))
        assert not re.search("s3cr3t|battery", said), said
        assert without_secrets(said) == said


@pytest.mark.parametrize("token", SHAPED)
def test_by_its_own_shape(token: str) -> None:
    """Nothing before it says what it is."""
    for around in ("{}", "sent {}, refused", "'{}'", "x/{}/y", "a={}"):
        assert token not in without_secrets(around.format(token))


@pytest.mark.parametrize("text", PUBLISHED)
def test_what_others_look_for_is_found(text: str) -> None:
    for around in ("{}", "sent {} off", "'{}'", "a={}"):
        said = without_secrets(around.format(text))
        for part in (MIXED[:12], HEX[:12], CAPITALS[:12], UUID[9:23]):
            assert part not in said, said


@pytest.mark.parametrize(
    "text",
    [
        "tokenizer = x and 512 tokens",
        "https://unpkg.com/@jupyterlab/x@1.0",
        "http://localhost:8888/lab/tree/a@b",
        "python:3.12@sha256:abcdef",
        "JUPYTER_TOKEN_FILE=/srv/file",
        "git+https://github.com/a/b@main",
        "task-runner of disk-space, risk-averse",
        "see http://example.org: write to ann@example.org",
        "-m pip install 'numpy>=1.17' pass-through",
        "subprocess.Popen(words, start_new_session=True)",
        "python -u C:\\Users\\ann\\run.py",
        "docker run -u 1000:1000 image",
        "PWD=/home/ann/ml",
        "pip install --user https://example.org/x.whl",
        "numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so",
        "kernel-8f14e45f-ceea-467f-a0ab-1f2d8d2f6a3b.json",
        "python@sha256:9b74c9897bac770ffc029102a200c5de3f1a2b3c4d5e6f708192a3b4c5d6e7f8",
        "pass: 12, fail: 3, compass=3",
        "the token was refused: 403",
        "bypass=1 and pass-through=2",
        "a cookie, and cookies: none of ours",
        "git+https://github.com/ann/shop@v1.0#egg=shop",
        "a_very_long_name_of_a_module_that_somebody_really_wrote_down",
        "AbstractSingletonProxyFactoryBeanConfigurationImplementation",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    """It is shown as it is."""
    assert without_secrets(text) == text


def test_a_host_and_a_home_in_other_spellings() -> None:
    """The full name of a machine, its short one with a domain, and a home inside an address."""
    scrubber = Scrubber("/home/ann", "ann", "lab3.uni.example")
    for text in ("on lab3.uni.example.", "ssh://ann@lab3.uni.example/x", "//lab3/share", "/mnt/lab3.local/x"):  # fmt: skip
        assert "lab3" not in scrubber.text(text), text
    assert scrubber.text("/?next=%2Fhome%2Fann%2Fml") == "/?next=~%2Fml"
    assert scrubber.text("p=%2fhome%2fann") == "p=~"
    assert "ann" not in scrubber.text("root=%2Fmnt%2Fann%2Fx")
    assert scrubber.text("the label3.uni.examples") == "the label3.uni.examples"


PIECES = [
    *(
        "a",
        "b:",
        "0:",
        "/",
        "@",
        "=",
        "'",
        '"',
        "\n",
        " -",
        "._",
        "%",
        ":",
        "\\",
        "<",
        ",",
        ";",
        "***",
    ),
    *("token", "password", "-u ann:", "://", "https://", "authorization: ", "bearer ", "key"),
    *("abcdefghijklmnop", "?sig=", ";pwd=", "login a password ", "hooks.slack.com/services/"),
]


@example("https://?sig=/@")
@example("0:0:root@annsbox")
@example("key://;pwd=https://@")
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_once_is_enough(text: str) -> None:
    """What was taken out is taken out: a second look finds no more in it, and a report that was scrubbed
    is sent.
    """
    once = without_secrets(text)
    assert without_secrets(once) == once


def repeats(parsed: Any, last: bool = True) -> Iterator[tuple[int, bool]]:
    """The upper bound of each repeat in an expression, and whether nothing comes after it."""
    rows = list(parsed)
    for number, (kind, value) in enumerate(rows):
        at_end = last and number == len(rows) - 1
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            yield int(value[1]), at_end
            yield from repeats(value[2], at_end)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from repeats(branch, at_end)
        elif name == "SUBPATTERN":
            yield from repeats(value[3], at_end)


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.pattern[:30])
def test_no_text_takes_longer_than_its_length(pattern: re.Pattern[str]) -> None:
    """A bound for the steps at each place: what may repeat without end is the last thing that is
    looked for, and so consumed; all else has a bound of its own.
    """
    from re import _parser  # type: ignore[attr-defined]  # the expression as the module reads it

    found = list(repeats(_parser.parse(pattern.pattern, pattern.flags)))
    without_end = [at_end for most, at_end in found if most >= int(_parser.MAXREPEAT)]
    assert all(without_end)
    assert max([most for most, _ in found if most < int(_parser.MAXREPEAT)], default=0) <= 8000


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "a." * 30_000, "://" * 20_000, "token=" * 10_000, "a:" * 30_000]
)
def test_long_texts_come_to_an_end(text: str) -> None:
    """A display name of sixty thousand letters took forty seconds."""
    assert len(Scrubber("/home/ann", "ann", "box").text(text)) <= len(text) * 2


@given(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3).map("".join))
@settings(max_examples=settings().max_examples // 4, deadline=None)
def test_ten_times_the_text_takes_ten_times_as_long(unit: str) -> None:
    """Where a pattern looked at everything anew from each place, it would be a hundred times."""

    def seconds(length: int) -> float:
        text, began = unit * (length // len(unit)), time.process_time()
        without_secrets(text)
        return time.process_time() - began

    # A second time only where the first was too long, as it is on a machine that is busy
    assert any(seconds(40_000) < 30 * seconds(4_000) + 0.1 for _ in range(2))
