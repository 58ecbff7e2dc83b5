// Reloads the page when it would look different now. The server tells by the mark of what was shown.
(() => {
  "use strict";
  const { mark } = document.currentScript.dataset;
  const address = `/.statusgen/events?page=${encodeURIComponent(location.pathname)}&mark=${mark}`;
  const place = "statusgen-place";
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
      // A browser would keep what was at the top in its place, and leave the problems above it.
      sessionStorage.setItem(place, scrollY);
      history.scrollRestoration = "manual";
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
    if (sessionStorage.getItem(place) !== null) {
      scrollTo(0, Number(sessionStorage.getItem(place)));
      sessionStorage.removeItem(place);
      // Later, or the browser would still do it.
      addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }));
    }
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
