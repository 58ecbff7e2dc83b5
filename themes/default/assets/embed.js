// The state of a status page within another page: <script async src="https://status.example.com/embed.js"></script>
// data-show="badge" is short, data-component="ID" about one component.
(() => {
  try {
    const script = document.currentScript;
    const { component, show } = script.dataset;
    const root = new URL(".", script.src).href;
    // Shapes, for colour alone tells nothing, and colours that can be seen in light and dark.
    const green = "●#1d8150", yellow = "▲#8f6a00", orange = "◆#b8560f", red = "✖#cf3a30", blue = "■#3a6fd8";
    const looks = {
      none: green, operational: green, brightgreen: green, minor: yellow, degraded_performance: yellow, yellow,
      major: orange, partial_outage: orange, orange, critical: red, major_outage: red, red,
    };
    const host = document.createElement("span");
    const view = (host.attachShadow ? host.attachShadow({ mode: "open" }) : host)
      .appendChild(document.createElement("span"));
    view.setAttribute("role", "status");
    view.setAttribute("aria-live", "polite");
    script.after(host);
    let shown, asked = 0;

    // Styles are set one by one: policies forbid style elements and attributes.
    const add = (tag, text, style, href) => {
      const made = document.createElement(tag);
      made.textContent = text;
      made.dir = "auto";
      if (/^https?:/.test(href)) made.href = href;
      Object.assign(made.style, style);
      view.append(made);
      return made;
    };
    const read = async (path) => {
      const answer = await fetch(root + path, { credentials: "omit" });
      return answer.ok ? answer.json() : Promise.reject();
    };
    // [text, look, address, incidents]
    const find = async () => {
      const all = await read("api/v2/summary.json");
      if (!component) return [all.status.description, all.status.indicator, root, all.incidents];
      const one = all.components.find(({ id }) => id === component);
      if (one) return [`${one.name}: ${one.status.replace(/_/g, " ")}`, one.status, root, []];
      const name = encodeURIComponent(component);
      const own = await read(`badges/${name}.json`);
      return [`${own.label}: ${own.message}`, own.color, `${root}components/${name}/`, []];
    };
    const draw = ([text, look, href, incidents]) => {
      const [shape, color] = (looks[look] || blue).split(/(?=#)/);
      const badge = show === "badge";
      add("span", shape, { color, marginInlineEnd: ".4em" }).setAttribute("aria-hidden", "true");
      add("a", text, badge
        ? { background: color, color: "#fff", borderRadius: "4px", padding: "2px 8px", textDecoration: "none" }
        : { color: "inherit" }, href);
      for (const { name, shortlink } of badge ? [] : incidents) {
        view.append(" · ");
        add("a", name, { color: "inherit" }, shortlink);
      }
    };
    const refresh = async () => {
      if (document.hidden || !host.isConnected || Date.now() - asked < 240000) return;
      asked = Date.now();
      // What cannot be known is not shown: nobody shall take the past for the present.
      const found = await find().catch(() => 0);
      if (shown === (shown = JSON.stringify(found))) return;
      view.textContent = "";
      if (found) draw(found);
    };
    const look = () => refresh().catch(() => {});
    look();
    setInterval(look, 60000);
    document.addEventListener("visibilitychange", look);
  } catch {}
})();
