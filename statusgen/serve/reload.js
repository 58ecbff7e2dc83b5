// Reloads the page when it would look different now. The server tells by the mark of what was shown.
(() => {
  "use strict";
  const { mark } = document.currentScript.dataset;
  const address = `/.statusgen/events?page=${encodeURIComponent(location.pathname)}&mark=${mark}`;
  let stream = null;

  const close = () => {
    if (stream) stream.close();
    stream = null;
  };
  // Browsers allow only a few connections to one host: what is not seen needs none.
  const tend = () => {
    if (document.hidden) return close();
    if (stream) return undefined;
    stream = new EventSource(address);
    stream.addEventListener("reload", () => {
      close();
      location.reload();
    });
    return undefined;
  };
  document.addEventListener("visibilitychange", tend);
  addEventListener("pagehide", close);
  addEventListener("pageshow", tend);
  tend();

  const key = "statusgen-problems";
  addEventListener("DOMContentLoaded", () => {
    const details = document.querySelector(".statusgen-problems > details");
    if (!details) return sessionStorage.removeItem(key);
    // What was closed stays so until all is well.
    if (sessionStorage.getItem(key)) details.open = sessionStorage.getItem(key) === "open";
    details.querySelector("summary").addEventListener("click", () => {
      sessionStorage.setItem(key, details.open ? "closed" : "open");
    });
    return undefined;
  });
})();
