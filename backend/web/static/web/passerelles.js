/* Small comforts: every page works without this file. */
(() => {
  "use strict";

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const byShortcut = (key) => document.querySelector(`[data-shortcut="${key}"]`);

  /* Keyboard: / searches, n notes, ? lists the shortcuts. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]") || !["/", "n", "?"].includes(event.key)) return;
    const target = byShortcut(event.key);
    if (!target) return;
    event.preventDefault();
    if (target.matches("dialog")) target.showModal();
    else if (target.matches("input")) target.focus();
    else target.click();
  });

  /* A sheet slides over the page once its content has arrived. */
  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.detail.target.closest("dialog");
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("[data-error-summary], [autofocus], h2");
    if (first) first.focus();
    watchDrafts(dialog);
  });
  document.addEventListener("click", (event) => {
    const closer = event.target.closest("[data-close-dialog]");
    const opener = event.target.closest("[data-open-dialog]");
    if (closer && closer.closest("dialog")) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.openDialog).showModal();
    }
    if (event.target.closest("[data-print]")) window.print();
    const copier = event.target.closest("[data-copy]");
    if (copier) copy(copier);
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* A text to take away: the button shows where the browser may copy; the text selects itself everywhere. */
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
  });
  async function copy(button) {
    const said = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      said.textContent = "Le lien est copié.";
    } catch {
      said.textContent = "Le navigateur ne permet pas de copier : sélectionnez le lien.";
    }
  }

  /* No network: the page says it and stays, with what was typed; the browser's own error page would take its place. */
  const network = {
    isDown: false,
    words: "Le réseau ne répond pas : rien n’est enregistré. Laissez cette page ouverte, votre saisie y reste ; envoyez à nouveau quand il revient.",
    elsewhere: "Le réseau ne répond pas : restez sur cette page, elle garde ce que vous avez fait. Le lien s’ouvrira quand il revient.",
    say(near, words = this.words) {
      this.hush();
      const told = document.createElement("p");
      told.className = "notice error";
      told.setAttribute("role", "alert");
      told.dataset.network = "";
      const place = near.closest("form, .card, li, dialog") || document.getElementById("contenu");
      const foot = place.querySelector(".form-foot");
      if (foot) foot.prepend(told); // the foot of a sheet sticks: what stands under it is not read
      else place.append(told);
      told.textContent = words;
      if (told.scrollIntoView) told.scrollIntoView({ block: "nearest" });
    },
    hush() { document.querySelectorAll("[data-network]").forEach((told) => told.remove()); },
    answers() { return fetch(document.querySelector("link[rel=icon]").href, { cache: "no-store", method: "HEAD" }); },
  };
  window.addEventListener("online", () => { network.isDown = false; network.hush(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || navigator.onLine || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    network.say(link, network.elsewhere);
  });
  document.addEventListener("htmx:sendError", (event) => network.say(event.detail.elt));
  document.addEventListener("htmx:beforeRequest", () => network.hush());

  /* Drafts: what is being typed is kept on the server a second later; once sent, the form has nothing left to keep. */
  const draftWords = {
    204: "Brouillon gardé.",
    409: "Ce formulaire est déjà enregistré.",
    503: "Le service est très demandé : le brouillon sera gardé dans un instant.",
    413: "Ce texte est trop long pour être gardé comme brouillon : enregistrez-le sans attendre.",
  };
  const connectionClosed = "La connexion est fermée, le brouillon n’est pas gardé : laissez cette page ouverte et reconnectez-vous dans un autre onglet.";
  const watched = new WeakSet();
  function watchDrafts(root) {
    root.querySelectorAll("form[data-draft-url]").forEach((form) => {
      if (watched.has(form)) return;
      watched.add(form);
      let timer = null;
      let sent = false;
      const status = form.querySelector("[data-draft-status]");
      const say = (words) => { if (status) status.textContent = words; };
      const stop = () => {
        clearTimeout(timer);
        timer = null;
      };
      const wait = (delay) => {
        stop();
        timer = setTimeout(keep, delay);
      };
      const keep = () => {
        stop();
        fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true, redirect: "manual" })
          .then((response) => {
            network.isDown = false;
            say(draftWords[response.status] || connectionClosed);
            if (response.status === 503 && !sent) wait(5000);
          })
          .catch(() => {
            network.isDown = true;
            if (sent) return;
            say("Le réseau ne répond pas : le brouillon sera gardé dès son retour.");
            wait(5000);
          });
      };
      const keepNow = () => { if (timer) keep(); };
      form.addEventListener("input", () => {
        sent = false;
        wait(1000);
      });
      form.addEventListener("submit", () => {
        sent = true;
        stop();
      });
      window.addEventListener("pagehide", keepNow);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") keepNow();
      });
    });
  }

  /* What the browser cannot read is never sent as if nothing had been typed: a 31 February, letters in a number. */
  function sayUnder(input, words) {
    const id = `${input.id || input.name}-lu-ici`;
    let told = document.getElementById(id);
    if (!told) {
      told = document.createElement("p");
      told.id = id;
      told.className = "field-error";
      input.before(told);
    }
    told.textContent = words;
    const said = new Set((input.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    input.setAttribute("aria-describedby", [...said.add(id)].join(" "));
    return told;
  }
  function clearUnder(input) {
    const told = document.getElementById(`${input.id || input.name}-lu-ici`);
    if (!told) return;
    told.remove();
    input.removeAttribute("aria-invalid");
  }
  const unread = (input) => input.dataset && input.dataset.unreadable && input.validity.badInput;
  document.addEventListener("input", (event) => {
    if (!unread(event.target)) clearUnder(event.target);
  });
  document.addEventListener("submit", (event) => {
    const wrong = [...event.target.elements].filter(unread);
    if (!wrong.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.forEach((input) => {
      sayUnder(input, input.dataset.unreadable);
      input.setAttribute("aria-invalid", "true");
    });
    wrong[0].focus();
  }, true);

  /* A form leaves its page only when there is somewhere to go: what is known to be down is asked once more, then said. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    const isReached = form.dataset.reached;
    delete form.dataset.reached;
    if (isReached || (navigator.onLine && !network.isDown)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    network.answers().then(() => {
      network.isDown = false;
      network.hush();
      form.dataset.reached = "1";
      form.requestSubmit(button);
    }).catch(() => network.say(form));
  }, true);

  /* A button pressed twice sends once; the server would refuse the second one anyway. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  /* On a narrow frame, the frise opens on the last twelve months. */
  function openFrises(root) {
    root.querySelectorAll("[data-frise]").forEach((frame) => {
      tellWhatIsPointed(frame);
      const today = frame.querySelector("line.today");
      if (!today || frame.scrollWidth <= frame.clientWidth) return;
      const x = (parseFloat(today.getAttribute("x1")) / 100) * frame.scrollWidth;
      // The frame reads from its right end: zero is the far future, so we go back until today has its label's room.
      frame.scrollLeft = Math.min(0, x + 48 - frame.scrollWidth);
      keepWordsWhole(frame);
      frame.addEventListener("scroll", () => requestAnimationFrame(() => keepWordsWhole(frame)), { passive: true });
      window.addEventListener("beforeprint", () => frame.querySelectorAll("text").forEach(release));
    });
  }

  /* What is touched, pointed or reached by the keyboard is told under the picture, where any length has room. */
  function tellWhatIsPointed(frame) {
    const told = frame.parentNode.nextElementSibling;
    if (!told || !told.matches("[data-frise-told]")) return;
    told.hidden = false;
    const tell = (event) => {
      const title = event.target.closest(".step, circle")?.querySelector("title");
      if (title) told.textContent = title.textContent;
    };
    ["pointerover", "focusin", "click"].forEach((name) => frame.addEventListener(name, tell));
  }

  /* The frame cuts no word: the name of a block or of a period slides along while what it names is in sight and it has
     room; another one waits, unseen, until it is scrolled into sight. The table under the frise says them all. */
  function keepWordsWhole(frame) {
    const sight = frame.getBoundingClientRect();
    frame.querySelectorAll("text").forEach((word) => {
      release(word);
      const tries = word.dataset.short ? [word.textContent, word.dataset.short] : [word.textContent];
      if (!tries.some((words) => fits(word, words, sight))) word.classList.add("cut");
    });
  }

  function fits(word, words, sight) {
    if (word.textContent !== words) word.textContent = words;
    const at = word.getBoundingClientRect();
    if (at.left >= sight.left - 1 && at.right <= sight.right + 1) return true;
    const [from, to] = roomOf(word, at, sight);
    const left = Math.min(Math.max(at.left, from), to - at.width);
    if (left < from) return false;
    word.setAttribute("transform", `translate(${left - at.left} 0)`);
    return true;
  }

  /* Between what limits a word may slide; none when it stays where it is. */
  function roomOf(word, at, sight) {
    const from = sight.left + 6, to = sight.right;
    if (word.dataset.until) return roomUnder(word, at, from, to);
    const block = word.matches(".block-text") && word.parentNode.querySelector("rect.block:not(.planned)");
    return block ? [from, Math.min(block.getBoundingClientRect().right - 4, to)] : [0, 0];
  }

  /* Under a period, while a part of it is in sight, and as far as the other words of the line. */
  function roomUnder(word, at, from, to) {
    const picture = word.closest("[data-frise] > svg").getBoundingClientRect();
    const [starts, ends] = [word.getAttribute("x"), word.dataset.until].map((place) => picture.left + parseFloat(place) / 100 * picture.width);
    if (ends < from || starts > to) return [0, 0];
    [...word.parentNode.children].forEach((other) => {
      if (other === word || other.getAttribute("y") !== word.getAttribute("y")) return;
      const its = other.getBoundingClientRect();
      if (its.right <= at.left) from = Math.max(from, its.right + 8);
      else to = Math.min(to, its.left - 8);
    });
    return [from, to];
  }

  function release(word) {
    word.removeAttribute("transform");
    word.classList.remove("cut");
    if (word.dataset.long && word.textContent !== word.dataset.long) word.textContent = word.dataset.long;
  }

  /* The button of a notice leaves with its time, for who asked that nothing move: the page says no longer what it cannot do. */
  function closeUndos() {
    document.querySelectorAll("form[data-leaves-after]").forEach((form) => {
      setTimeout(() => form.remove(), Number(form.dataset.leavesAfter) * 1000);
    });
  }

  const start = () => { watchDrafts(document); openFrises(document); closeUndos(); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
