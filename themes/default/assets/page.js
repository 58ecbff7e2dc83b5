// Adds to pages that are whole without it. Each part stands alone: where one cannot work, the page stays as it was.
// No words of its own: pages hand them over in data attributes.
(() => {
  "use strict";
  const script = document.currentScript;
  const words = script.dataset;
  const root = new URL("..", script.src);
  // The folder of the page's language.
  const tree = words.tree || "";
  const main = document.querySelector("main");
  const served = location.protocol.startsWith("http");
  const minute = 60000;
  let source = main.innerHTML;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (tag, attributes, ...inner) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inner);
    return made;
  };
  const tryTo = (act) => {
    try { return act(); } catch { return undefined; }
  };

  // Said to screen readers, and to be seen at the end of the page.
  const said = make("p", { class: "said", role: "status" });
  (document.querySelector("footer") || document.body).append(said);

  // Times of the visitor's zone, in the page's language as it is written where the visitor is.
  const { lang } = document.documentElement;
  const locale = navigator.languages.find((one) => one.split("-")[0] === lang.split("-")[0]) || lang;
  const formats = {};
  const format = (options, from, until) => {
    const form = formats[JSON.stringify(options)] ||= new Intl.DateTimeFormat(locale, options);
    return until ? form.formatRange(from, until) : form.format(from);
  };
  const day = { day: "numeric", month: "long", year: "numeric" };
  const clock = { hour: "numeric", minute: "numeric" };
  const differs = (text) => {
    const found = /([+-])(\d\d):(\d\d)(?::\d\d)?$/.exec(text);
    return found && `${found[1]}1` * (found[2] * 60 + +found[3]) !== -new Date(text).getTimezoneOffset();
  };
  const key = "statusgen-times";
  let ofSite = tryTo(() => localStorage.getItem(key)) !== "local";
  const addLocal = (time) => {
    const { until } = time.dataset;
    const [from, to] = [time.dateTime, until].map((text) => text && new Date(text));
    if (!differs(time.dateTime) && !(until && differs(until))) return;
    const seconds = from.getSeconds() || (to && to.getSeconds()) ? { second: "numeric" } : {};
    const local = format({ ...day, ...clock, ...seconds, timeZoneName: "short" }, from, to);
    [time.textContent, time.title] = ofSite ? [time.textContent, local] : [local, time.textContent];
  };
  const localise = (tree) => {
    for (const time of tree.querySelectorAll("time[datetime*=T]")) tryTo(() => addLocal(time));
  };
  const zone = document.querySelector("[data-local]");
  const offerZones = () => {
    if (!zone || zone.nextElementSibling?.matches("button") || !main.querySelector("time[title]")) return;
    const own = zone.textContent;
    const button = make("button", { type: "button" });
    const tell = () => {
      const values = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
      zone.textContent = ofSite ? own : fill(zone.dataset.local, values);
      button.textContent = fill(ofSite ? zone.dataset.toLocal : zone.dataset.toSite, values);
    };
    button.addEventListener("click", () => {
      ofSite = !ofSite;
      tryTo(() => localStorage.setItem(key, ofSite ? "" : "local"));
      for (const time of main.querySelectorAll("time[title]")) {
        [time.textContent, time.title] = [time.title, time.textContent];
      }
      tell();
    });
    tell();
    zone.after(" ", button);
  };

  // Planned work that the clock moves, on hosts that publish later than it does.
  const turn = () => {
    for (const status of main.querySelectorAll("[data-starts], [data-ends]")) {
      const { starts, ends } = status.dataset;
      const passed = (at) => at && Date.parse(at) <= Date.now();
      const [name, word] = passed(ends) ? ["completed", words.completed]
        : passed(starts) ? ["in_progress", words.inProgress] : [];
      if (!name || status.classList.contains(name)) continue;
      status.classList.remove("scheduled", "in_progress");
      status.classList.add(name);
      status.textContent = word;
    }
  };
  const tick = () => {
    tryTo(turn);
    setTimeout(tick, minute + 20 - Date.now() % minute);
  };

  // A link to each update.
  const addCopies = (tree) => {
    if (!navigator.clipboard) return;
    for (const list of tree.querySelectorAll("[data-copy]")) {
      for (const update of list.querySelectorAll(":scope > li[id]")) {
        const head = update.firstElementChild;
        const label = fill(list.dataset.copy, { update: head.textContent.trim().replace(/\s+/g, " ") });
        head.after(make("button", { type: "button", class: "hash", "aria-label": label, title: label }, "#"));
      }
    }
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("button.hash");
    if (!button) return;
    const update = button.closest("li[id]");
    try {
      await navigator.clipboard.writeText(new URL(`#${update.id}`, location.href).href);
      said.textContent = update.parentElement.dataset.copied;
      button.textContent = "✓";
      setTimeout(() => { button.textContent = "#"; }, 2000);
    } catch {
      location.hash = update.id;
    }
  });

  // Fields to find components and entries by words: all of them, in any order, in upper or lower case.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase();
  const matcher = (text) => {
    const parts = plain(text).split(/\s+/);
    return (of, on = "") => parts.every((part) => of.includes(part) || on.startsWith(part));
  };
  const addFields = (tree) => {
    for (const place of tree.querySelectorAll("[data-find]")) {
      if (place.dataset.find === "history" && !served) continue;
      const field = make("input", { type: "search", autocomplete: "off" });
      place.append(make("label", {}, `${place.dataset.label} `, field), make("span", { role: "status" }));
      if (place.dataset.find === "history") place.after(make("ul", { class: "rows results" }));
    }
  };
  const filter = (place, text) => {
    const fits = matcher(text);
    const all = [...place.parentElement.querySelectorAll(".component")];
    for (const one of all) {
      const group = one.closest("details");
      one.hidden = !fits(plain(`${group ? group.querySelector("summary").textContent : ""} ${one.querySelector(".name").textContent}`));
    }
    for (const group of place.parentElement.querySelectorAll("details")) {
      group.hidden = !group.querySelector(".component:not([hidden])");
      if (text && !group.hidden) group.open = true;
    }
    return text && fill(place.dataset.found, { count: all.filter((one) => !one.hidden).length, total: all.length });
  };

  // The history by years, loaded once somebody searches, the newest first.
  const most = 50;
  const entries = [];
  let loading, loaded;
  const load = async (years, then) => {
    for (const year of years) {
      const answer = await fetch(new URL(`${tree}history/${year}.json`, root));
      if (!answer.ok) throw answer.status;
      const { components, entries: rows } = await answer.json();
      for (const [path, title, on, ids] of rows) {
        const names = ids.map((id) => components[id]).join(", ");
        entries.push({ path, title, on, names, text: plain(`${title} ${names} ${ids.join(" ")}`) });
      }
      then();
    }
    loaded = true;
    then();
  };
  const row = ({ path, title, on, names }) => make("li", {},
    make("time", { datetime: on }, format({ ...day, timeZone: "UTC" }, new Date(on))), " ",
    make("div", { class: "what" }, make("a", { href: new URL(tree + path, root) }, title), " ", make("span", {}, names)));
  const search = (place, text) => {
    const { dataset, nextElementSibling: list } = place;
    if (text) {
      loading ||= load(dataset.years.split(" ").filter(Boolean), () => find(main)).catch(() => {
        loading = undefined;
        entries.length = 0;
        place.lastElementChild.textContent = dataset.failed;
      });
    }
    const fits = matcher(text);
    const found = text ? entries.filter((one) => fits(one.text, one.on)) : [];
    list.replaceChildren(...found.slice(0, most).map(row));
    if (!text || !(loaded || found.length)) return "";
    return fill(found.length > most ? dataset.more : dataset.found, { count: found.length, shown: most });
  };
  const finders = { components: filter, history: search };
  const find = (tree) => {
    for (const place of tree.querySelectorAll("[data-find]")) {
      const field = place.querySelector("input");
      if (field) place.lastElementChild.textContent = finders[place.dataset.find](place, field.value.trim());
    }
  };
  document.addEventListener("input", ({ target }) => {
    if (target.closest?.("[data-find]")) find(main);
  });

  // Makes one tree of another without touching what is the same, so that focus, folds and selection stay.
  const nameOf = (node) => {
    const own = node.id || node.getAttribute?.("aria-labelledby")
      || (/^(LI|DIV|ARTICLE)$/.test(node.nodeName) && node.querySelector("a")?.getAttribute("href")) || "";
    return `${node.nodeName} ${own}`;
  };
  const morph = (old, next) => {
    if (old.isEqualNode(next)) return;
    if (old.nodeType !== 1) {
      old.data = next.data;
      return;
    }
    // Which groups are open is up to the visitor.
    for (const { name } of [...old.attributes]) if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (name !== "open") old.setAttribute(name, value);
    const wanted = [...next.childNodes].map((node) => [nameOf(node), node]);
    const names = new Set(wanted.map(([name]) => name));
    for (const node of [...old.childNodes]) if (!names.has(nameOf(node))) node.remove();
    let place = old.firstChild;
    for (const [name, node] of wanted) {
      let same = place;
      while (same && nameOf(same) !== name) same = same.nextSibling;
      if (same && same === place) place = place.nextSibling;
      else old.insertBefore(same || node, place);
      if (same) morph(same, node);
    }
    while (place) {
      const following = place.nextSibling;
      place.remove();
      place = following;
    }
  };

  // What is new comes into the page by itself.
  const assetsOf = (tree) => [...tree.querySelectorAll("link[rel=stylesheet], script[src]")]
    .map((one) => one.getAttribute("href") || one.getAttribute("src")).join();
  const enhance = (tree) => {
    for (const add of [localise, addCopies, addFields]) tryTo(() => add(tree));
  };
  const ask = async (address) => {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw answer.status;
    return answer;
  };
  const refresh = async () => {
    const text = await (await ask(location.href.split("#")[0])).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = page.querySelector("main");
    if (!next || next.innerHTML === source) return;
    // Made by another theme or version, for which neither styles nor this script may be right.
    if (assetsOf(page) !== assetsOf(document)) {
      location.reload();
      return;
    }
    source = next.innerHTML;
    document.title = page.title;
    const [icon, newIcon] = [document, page].map((one) => one.querySelector("link[rel=icon]"));
    if (icon && newIcon && !icon.isEqualNode(newIcon)) icon.replaceWith(newIcon);
    enhance(next);
    morph(main, next);
    for (const then of [turn, offerZones, () => find(main)]) tryTo(then);
    const title = main.querySelector("h1")?.textContent.trim();
    said.textContent = fill(words.updated, { time: format(clock, new Date()), title });
  };
  let known, timer, asked = Date.now(), wait = minute;
  const poll = async () => {
    asked = Date.now();
    // Offline or hidden, nothing is asked; what then comes into view asks at once.
    if (navigator.onLine && !document.hidden) {
      try {
        const { page } = await (await ask(new URL("api/v2/status.json", root))).json();
        if (page.updated_at !== known) await refresh();
        known = page.updated_at;
        wait = minute;
      } catch {
        wait = Math.min(wait * 2, 16 * minute);
      }
    }
    clearTimeout(timer);
    timer = setTimeout(poll, wait * (.9 + Math.random() * .2));
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    tryTo(turn);
    if (timer && Date.now() - asked > wait) poll();
  });

  enhance(main);
  tryTo(offerZones);
  tick();
  if (served && words.updated) timer = setTimeout(poll, wait * (.9 + Math.random() * .2));
})();
