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
            say(draftWords[response.status] || connectionClosed);
            if (response.status === 503 && !sent) wait(5000);
          })
          .catch(() => {
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
      const today = frame.querySelector("line.today");
      if (!today || frame.scrollWidth <= frame.clientWidth) return;
      const x = (parseFloat(today.getAttribute("x1")) / 100) * frame.scrollWidth;
      // The frame reads from its right end: zero is the far future, so we go back until today has its label's room.
      frame.scrollLeft = Math.min(0, x + 48 - frame.scrollWidth);
    });
  }

  /* Something that can be undone for a few seconds only. */
  function expireUndos(root) {
    root.querySelectorAll("[data-expires-after]").forEach((node) => {
      setTimeout(() => node.remove(), Number(node.dataset.expiresAfter) * 1000);
    });
  }
  document.addEventListener("htmx:load", (event) => expireUndos(event.detail.elt));

  const start = () => { watchDrafts(document); openFrises(document); expireUndos(document); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
