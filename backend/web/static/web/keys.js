/* Security keys: asks the browser the question that the page carries, and sends its answer with the form.
   Without this file, or where the browser knows no key, the page says so and its other way in stays. */
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const words = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  /* The question comes as text, the browser wants bytes; and the other way round for the answer. */
  function asked(question) {
    const { publicKey } = JSON.parse(question);
    return {
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
        allowCredentials: named(publicKey.allowCredentials),
        excludeCredentials: named(publicKey.excludeCredentials),
      },
    };
  }
  function answered(key) {
    const said = { clientDataJSON: words(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) said[part] = words(key.response[part]);
    }
    return JSON.stringify({ id: key.id, rawId: words(key.rawId), type: key.type, response: said, clientExtensionResults: {} });
  }

  const WHY = {
    InvalidStateError: "Cette clé est déjà celle de votre compte.",
    NotAllowedError: "La clé n’a pas répondu, ou la demande a été annulée. Réessayez quand vous voulez.",
    SecurityError: "Cette adresse ne permet pas d’employer une clé.",
  };
  const OTHERWISE = "La clé n’a pas pu être employée. Réessayez, ou prenez l’autre moyen.";

  document.querySelectorAll("form[data-key]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    const button = form.querySelector("[data-key-ask]");
    const said = form.querySelector("[data-key-said]");
    form.querySelector("[data-key-none]").hidden = true;
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      button.disabled = true;
      try {
        const key = await navigator.credentials[form.dataset.key](asked(form.dataset.question));
        form.elements.credential.value = answered(key);
        form.submit();
      } catch (error) {
        said.textContent = WHY[error.name] || OTHERWISE;
        said.hidden = false;
        button.disabled = false;
      }
    });
  });
})();
