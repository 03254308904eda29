from __future__ import annotations

from tests.unit.class_server.web.running import Running

from envcheck_class.store import classes


def test_the_line_to_type_and_a_code_for_phones(server: Running) -> None:
    code = server.codes.learner
    got = server.ask("GET", f"/{code.lower()}")
    assert got.status == 200
    assert f"envcheck chapter2 --join http://127.0.0.1:{server.port}/{code}" in got.text
    assert "<svg" in got.text and "style=" not in got.text
    assert got.headers["referrer-policy"] == "no-referrer"


def test_a_host_that_was_made_up_is_not_repeated(sqlite_server: Running) -> None:
    headers = {"Host": 'evil"><script>'}
    got = sqlite_server.ask("GET", f"/{sqlite_server.codes.learner}", headers=headers)
    assert "evil" not in got.text


def test_what_a_proxy_says_is_believed_only_behind_one(sqlite_server: Running) -> None:
    headers = {"X-Forwarded-Host": "evil.example.org", "X-Forwarded-Proto": "https"}
    got = sqlite_server.ask("GET", f"/{sqlite_server.codes.learner}", headers=headers)
    assert "evil" not in got.text and f"http://127.0.0.1:{sqlite_server.port}/" in got.text


def test_other_links_open_nothing(sqlite_server: Running) -> None:
    for path in ("0" * 20, "x", "favicon.ico", sqlite_server.codes.helper, "%00", "..%2f"):
        assert sqlite_server.ask("GET", f"/{path}").status == 404


def test_a_closed_class_says_so(sqlite_server: Running) -> None:
    with sqlite_server.database.writing() as connection:
        classes.close(connection, 1, 1.0)
    got = sqlite_server.ask("GET", f"/{sqlite_server.codes.learner}")
    assert "takes no more reports" in got.text and "--join" not in got.text


def test_the_style_and_the_script_are_our_own(sqlite_server: Running) -> None:
    for name, kind in (("page.css", "text/css"), ("live.js", "text/javascript")):
        got = sqlite_server.ask("GET", f"/static/{name}")
        assert got.status == 200 and got.headers["content-type"].startswith(kind)
        assert "http://" not in got.text and "https://" not in got.text
