/* What is touched at work is kept in this browser until the server has it: numbers only, by seat and by day, gone at sign-out. */
(() => {
  "use strict";

  const PREFIX = "passerelles.taps.";
  const FIRST_SENT = 50;
  const seat = document.body.dataset.seat;
  const WORDS = {
    down: "Le réseau ne répond pas : continuez, tout partira à son retour.",
    busy: "Le service est très demandé : nouvel essai dans un instant.",
    closed: "La connexion est fermée. Reconnectez-vous dans un autre onglet : ce qui attend ici est gardé.",
  };

  /* Signing out leaves nothing behind; what waits is sent first when it can be. */
  const names = (start) => Object.keys(localStorage).filter((name) => name.startsWith(start));
  const forget = () => { try { names(PREFIX).forEach((name) => localStorage.removeItem(name)); } catch { /* nothing is kept */ } };
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-signs-out]")) return;
    if (!seat || form.dataset.forgot || !waiting().length) return forget();
    event.preventDefault();
    event.stopImmediatePropagation();
    send().finally(() => {
      if (waiting().length && !window.confirm(`${counted(waiting().length)} n’ont pas pu être envoyées et seront perdues. Se déconnecter quand même ?`)) return;
      forget();
      form.dataset.forgot = "1";
      form.requestSubmit();
    });
  }, true);
  if (!seat) return;

  /* The queue: one list a day, the oldest day first. Without storage, it lasts as long as the page. */
  const own = `${PREFIX}${seat}.`;
  const memory = {};
  const today = () => new Date().toLocaleDateString("sv-SE");
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name) || "[]"); } catch { return memory[name] || []; }
  }
  function write(name, taps) {
    try {
      if (taps.length) localStorage.setItem(name, JSON.stringify(taps));
      else localStorage.removeItem(name);
    } catch { memory[name] = taps; }
  }
  function days() {
    let kept = [];
    try { kept = names(own); } catch { /* nothing is kept */ }
    return [...new Set([...kept, ...Object.keys(memory)])].sort();
  }
  function waiting() {
    return days().flatMap((name) => read(name).map((tap) => ({ ...tap, on: name.slice(own.length) })));
  }
  function remove(keys) {
    days().forEach((name) => write(name, read(name).filter((tap) => !keys.has(tap.key))));
  }

  const isOf = (row) => (tap) => tap.person === Number(row.dataset.person) && tap.competence === Number(row.dataset.competence);
  const rowOf = (tap) => document.getElementById(`row-${tap.person}-${tap.competence}`);
  const counted = (count) => `${count} observation${count > 1 ? "s" : ""}`;
  const drawn = () => (window.crypto.randomUUID ? window.crypto.randomUUID()
    : [...window.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  const sending = new Set();

  /* A touch: kept, shown as waiting, sent at once if the network answers. */
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-taps]") || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const row = event.submitter.closest("[data-tap-row]");
    const name = own + today();
    const others = read(name).filter((tap) => sending.has(tap.key) || !isOf(row)(tap));
    const tap = {
      key: drawn(), person: Number(row.dataset.person), competence: Number(row.dataset.competence),
      level: Number(event.submitter.value), to: form.dataset.taps,
    };
    write(name, [...others, tap]);
    show(row, tap);
    send();
  }, true);

  function show(row, tap) {
    row.querySelectorAll(".level").forEach((button) => {
      const isIt = Number(button.value) === tap.level;
      button.setAttribute("aria-pressed", String(isIt));
      button.classList.toggle("is-waiting", isIt);
    });
    row.querySelectorAll(".tap-done, .field-error").forEach((each) => each.remove());
    let said = row.querySelector("[data-tap-waits]");
    if (!said) {
      said = document.createElement("p");
      said.className = "line-note";
      said.dataset.tapWaits = "";
      said.setAttribute("role", "status");
      row.querySelector(".levels").after(said);
    }
    said.textContent = "En attente d’envoi.";
  }

  /* The bar: how many wait, why, and what was refused on rows this page does not show. */
  let why = "";
  const refused = [];
  function tell() {
    const count = waiting().length;
    let bar = document.querySelector("[data-taps-bar]");
    if (!(count && why) && !refused.length) return bar && bar.remove();
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "notice";
      bar.dataset.tapsBar = "";
      bar.setAttribute("role", "status");
      const place = document.getElementById("contenu");
      place.querySelector(".page-head") ? place.querySelector(".page-head").after(bar) : place.prepend(bar);
    }
    bar.replaceChildren(...[count && why ? `${counted(count)} en attente d’envoi. ${why}` : "", ...refused].filter(Boolean).map((words) => {
      const line = document.createElement("p");
      line.className = "mb-1";
      line.textContent = words;
      return line;
    }));
  }

  let timer = null;
  let current = null;
  const later = (delay) => { clearTimeout(timer); timer = setTimeout(send, delay); };
  function send() {
    if (!current) current = sendOnce().finally(() => { current = null; tell(); });
    return current;
  }

  async function sendOnce() {
    clearTimeout(timer);
    for (;;) {
      const taps = waiting().slice(0, FIRST_SENT);
      if (!taps.length) { why = ""; return; }
      taps.forEach((tap) => sending.add(tap.key));
      let told;
      try { told = await post(taps); } finally { taps.forEach((tap) => sending.delete(tap.key)); }
      if (!told) return;
      remove(new Set(told.results.map((result) => result.key)));
      told.results.forEach((result) => settle(result, taps.find((tap) => tap.key === result.key)));
      why = "";
      if (!told.results.length) return;
    }
  }

  async function post(taps) {
    const body = new FormData();
    const sent = taps.map(({ key, person, competence, level, on }) => {
      const row = document.getElementById(`row-${person}-${competence}`);
      return { key, person, competence, level, on, work: row && "work" in row.dataset ? row.dataset.work : null };
    });
    body.append("seat", seat);
    body.append("taps", JSON.stringify(sent));
    const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
    let answer;
    try {
      answer = await fetch(taps[0].to, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
    } catch {
      why = WORDS.down;
      later(5000);
      return null;
    }
    if (answer.ok) return answer.json();
    if (answer.status === 503 || answer.status === 429) {
      why = WORDS.busy;
      later(8000);
      return null;
    }
    why = WORDS.closed;
    if (answer.status === 400 || answer.status === 409) why = (await answer.json().catch(() => ({ said: why }))).said;
    return null;
  }

  /* What became of a touch: its row as the server now knows it, unless a newer touch of it waits. */
  function settle(result, tap) {
    const row = rowOf(tap);
    if (row && waiting().some(isOf(row))) return;
    if (!row || !result.row) {
      if (result.said) refused.push(result.said);
      if (row) row.querySelector("[data-tap-waits]").textContent = result.said;
      return;
    }
    const level = row.contains(document.activeElement) && document.activeElement.value;
    const made = document.createElement("template");
    made.innerHTML = result.row;
    const fresh = made.content.querySelector("[data-tap-row]");
    row.replaceWith(fresh);
    if (window.htmx) window.htmx.process(fresh);
    if (level) fresh.querySelector(`.level[value="${level}"]`)?.focus();
  }

  function start() {
    waiting().forEach((tap) => {
      const row = rowOf(tap);
      if (row) show(row, tap);
    });
    send();
  }
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
  start();
})();
