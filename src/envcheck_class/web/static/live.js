"use strict";
// Brings the class's page up to date when something changed: told by the server, or asked for every
// five seconds where that is blocked. Without it the page loads itself again.
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const said = document.getElementById("said");
  let seen = board.dataset.version;
  let wanted = seen;
  let busy = false;

  const writing = () => {
    const at = document.activeElement;
    return at && board.contains(at) && at.matches("input") && at.value !== "";
  };

  // A page may be newer than what we were told of: the number of a version counts up.
  const covers = (one, other) => {
    const [since, number] = one.split("-");
    const [wantedSince, wantedNumber] = other.split("-");
    return since === wantedSince && Number(number) >= Number(wantedNumber);
  };

  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("board");
    if (!fresh) { location.reload(); return; }
    const open = [...board.querySelectorAll("details[open][id]")].map((one) => one.id);
    const at = document.activeElement;
    const focus = at && board.contains(at) ? at.getAttribute("href") || at.id : "";
    board.replaceChildren(...fresh.childNodes);
    open.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; });
    if (focus) {
      const again = [...board.querySelectorAll("a, input, button")]
        .find((one) => one.getAttribute("href") === focus || one.id === focus);
      if (again) again.focus();
    }
    seen = fresh.dataset.version;
    const title = board.querySelector("h1").textContent.trim();
    if (said.textContent !== title) said.textContent = title;
    document.title = title;
  };

  const refresh = async () => {
    if (busy || covers(seen, wanted) || writing()) return;
    busy = true;
    const before = wanted;
    try {
      const got = await fetch(board.dataset.part, { credentials: "same-origin" });
      if (got.redirected) location.reload();
      else if (got.ok) put(await got.text());
    } catch (_) { /* the network is away: the next event or question will do */ }
    busy = false;
    if (wanted !== before) refresh();
  };

  const heard = (version) => { wanted = version; refresh(); };
  const ask = async () => {
    try {
      const got = await fetch("/state", { credentials: "same-origin" });
      if (got.status === 401) location.reload();
      else if (got.ok) heard((await got.json()).version);
    } catch (_) { /* as above */ }
  };

  let told = false;
  const events = new EventSource("/live");
  events.onmessage = (event) => { told = true; heard(event.data); };
  setInterval(() => {
    if (events.readyState !== EventSource.OPEN || !told) ask();
    else refresh();
  }, 5000);
})();
