"use strict";

const SECONDS = 120;
const SVG = "http://www.w3.org/2000/svg";
const byId = id => document.getElementById(id);
const cards = new Map();
const events = [];
let view = { nodes: [], contexts: [], orders: [], peers: [] };

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const rate = value => (value < 10 ? value.toFixed(1) : number.format(value));
const millis = value => (value === 0 ? "–" : value < 1000 ? value + " ms" : (value / 1000).toFixed(1) + " s");

function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

/** Runs of equal states: [state, first second, seconds]. */
function runs(history) {
  const found = [];
  history.forEach((state, i) => {
    const last = found[found.length - 1];
    if (last && last[0] === state) {
      last[2]++;
    } else {
      found.push([state, i, 1]);
    }
  });
  return found;
}

function card(node) {
  if (!cards.has(node.name)) {
    const made = byId("node").content.firstElementChild.cloneNode(true);
    made.querySelector(".name").textContent = node.name;
    made.querySelector(".orders").setAttribute("aria-label", "What node " + node.name + " is to be");
    made.querySelectorAll("[data-order]").forEach(button => {
      button.setAttribute("aria-label", button.textContent + " " + node.name);
      button.addEventListener("click", () => order(node.name, button.dataset.order));
    });
    cards.set(node.name, made);
    byId("nodes").append(made);
  }
  return cards.get(node.name);
}

/** What most nodes have nothing of. */
function showMore(node, at) {
  const own = view.contexts.filter(it => it.node === node.name);
  const more = own.map(it => it.context + " is " + it.state + " (" + it.from + ")");
  at.title = own.map(it => it.context + ": " + it.why).join("\n");
  if (node.weight !== 1) {
    more.push("weight " + node.weight);
  }
  if (node.queued > 0) {
    more.push(number.format(node.queued) + " wait for a connection");
  }
  if (node.retries > 0) {
    more.push(number.format(node.retries) + (node.retries === 1 ? " retry" : " retries"));
  }
  at.hidden = more.length === 0;
  text(at, more.join(" · "));
}

function showNode(node) {
  const at = card(node);
  const show = (selector, value) => text(at.querySelector(selector), value);
  at.dataset.state = node.state;
  show(".state", node.state);
  show(".sessions", node.known ? number.format(node.sessions) : "–");
  show(".unit", node.known ? (node.sessions === 1 ? "session" : "sessions") : "sessions unknown");
  const alone = node.known && !node.replicated && node.state === "draining";
  show(".why", alone ? node.why + "; waits for its sessions to end" : node.why || node.url);
  at.querySelector(".why").classList.toggle("alone", alone);
  showMore(node, at.querySelector(".more"));
  show(".rate", rate(node.perSecond));
  show(".flight", number.format(node.inFlight));
  show(".p99", millis(node.p99));
  show(".adopted", number.format(node.adopted));
  at.title = node.url;
  const given = view.orders.find(it => it.node === node.name && it.context === "");
  at.querySelectorAll("[data-order]").forEach(button =>
    button.setAttribute("aria-pressed", String(button.dataset.order === (given ? given.state : "ready"))));
  const history = at.querySelector(".history");
  history.setAttribute("viewBox", "0 0 " + SECONDS + " 1");
  history.setAttribute("aria-label", "State of " + node.name + " over two minutes, now " + node.state);
  history.replaceChildren(...runs(node.history).map(([state, first, seconds]) =>
    shape("rect", { "data-state": state, x: SECONDS - node.history.length + first, y: 0, width: seconds, height: 1 })));
}

function showLanes() {
  const lanes = byId("lanes");
  const width = lanes.clientWidth || 800;
  const left = Math.min(110, width / 5);
  const row = 34;
  const second = (width - left) / SECONDS;
  const height = view.nodes.length * row + 22;
  lanes.setAttribute("viewBox", "0 0 " + width + " " + height);
  lanes.setAttribute("height", height);
  const shapes = [];
  for (let ago = SECONDS; ago >= 0; ago -= 30) {
    const x = left + (SECONDS - ago) * second;
    shapes.push(shape("line", { class: "grid", x1: x, x2: x, y1: 0, y2: height - 20 }));
    const label = shape("text", { class: "axis", x, y: height - 3, "font-size": 13, "text-anchor": ago === 0 ? "end" : "middle" });
    label.textContent = ago === 0 ? "now" : "−" + ago + " s";
    shapes.push(label);
  }
  view.nodes.forEach((node, i) => {
    const y = i * row;
    const name = shape("text", { x: 0, y: y + 22, "font-size": 16 });
    name.textContent = node.name.length > 12 ? node.name.slice(0, 11) + "…" : node.name;
    shapes.push(name);
    runs(node.history).forEach(([state, first, seconds]) => shapes.push(shape("rect", {
      "data-state": state, x: left + (SECONDS - node.history.length + first) * second, y: y + 7,
      width: seconds * second, height: 18, rx: 4 })));
    events.filter(event => event.node === node.name && event.kind !== "state").forEach(event => {
      const x = left + (SECONDS - (view.at - event.at) / 1000) * second;
      if (x >= left && (event.kind === "takeover" || event.kind === "rebalance")) {
        const seconds = Math.max(1, (event.until - event.at) / 1000 + 1);
        shapes.push(shape("rect", { class: "takeover", x: x - second, y: y + 12, width: seconds * second, height: 8, rx: 4 }));
      }
      if (x >= left && event.kind === "order") {
        shapes.push(shape("path", { class: "order", d: "M" + (x - 6) + " " + y + "h12l-6 9z" }));
      }
    });
  });
  lanes.replaceChildren(...shapes);
}

/** Those that get what is ordered here; one that does not answer is to be seen without being asked for. */
function showPeers(peers) {
  const silent = peers.filter(peer => !peer.answers);
  byId("others").hidden = peers.length === 0;
  byId("others").classList.toggle("silent", silent.length > 0);
  byId("others").title = silent.map(peer => peer.address + ": " + peer.why).join("\n");
  text(byId("peers"), silent.length === 0
    ? number.format(peers.length)
    : (peers.length - silent.length) + "/" + peers.length + ", silent: " + silent.map(peer => peer.address).join(", "));
}

function show() {
  const sum = key => view.nodes.reduce((all, node) => all + node[key], 0);
  text(byId("ready"), view.nodes.filter(node => node.state === "ready").length + "/" + view.nodes.length);
  text(byId("sessions"), number.format(sum("sessions")));
  text(byId("rate"), rate(sum("perSecond")));
  text(byId("flight"), number.format(sum("inFlight")));
  // there is no queue but for the seconds behind a node's death
  byId("queue").hidden = view.waiting === 0;
  text(byId("waiting"), number.format(view.waiting));
  showPeers(view.peers);
  view.nodes.forEach(showNode);
  cards.forEach((at, name) => {
    if (!view.nodes.some(node => node.name === name)) {
      at.remove();
      cards.delete(name);
    }
  });
  showLanes();
}

function showEvent(event) {
  // a run of takeovers is told again as it goes on, and all of it when the connection was lost
  const key = [event.at, event.kind, event.node, (event.kind === "takeover" || event.kind === "rebalance") ? "" : event.text].join("|");
  const known = events.find(it => it.key === key);
  if (known) {
    Object.assign(known, event);
    text(known.item.lastElementChild, event.text);
    return;
  }
  const list = byId("events");
  list.querySelectorAll(".none").forEach(none => none.remove());
  const item = document.createElement("li");
  item.dataset.kind = event.kind;
  item.dataset.at = event.at;
  if (event.state) {
    item.dataset.state = event.state;
  }
  const time = document.createElement("time");
  time.dateTime = new Date(event.at).toISOString();
  time.textContent = new Date(event.at).toLocaleTimeString("en-GB");
  const what = document.createElement("span");
  what.textContent = event.text;
  item.append(time, what);
  list.insertBefore(item, [...list.children].find(other => Number(other.dataset.at) <= event.at) ?? null);
  events.push({ ...event, key, item });
  events.splice(0, Math.max(0, events.length - 300));
  while (list.childElementCount > 100) {
    list.lastElementChild.remove();
  }
}

/** The token of this tab, or what the operator types; empty when it is cancelled. */
function token(why) {
  const kept = sessionStorage.getItem("token");
  if (kept && !why) {
    return Promise.resolve(kept);
  }
  const dialog = byId("ask");
  if (why) {
    byId("ask-why").textContent = why;
  }
  byId("token").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close", () => {
    const typed = dialog.returnValue === "ok" ? byId("token").value : "";
    if (typed) {
      sessionStorage.setItem("token", typed);
    }
    resolve(typed);
  }, { once: true }));
}

// Enter in the token's field is "Go on", not the first button
byId("token").addEventListener("keydown", event => {
  if (event.key === "Enter") {
    event.preventDefault();
    byId("ask").close("ok");
  }
});

async function order(node, state, why) {
  const secret = await token(why);
  if (!secret) {
    return;
  }
  const answer = await fetch("/api/nodes/" + encodeURIComponent(node) + "/state", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: "Bearer " + secret },
    body: JSON.stringify({ state }),
  });
  const json = await answer.json();
  if (answer.status === 401) {
    sessionStorage.removeItem("token");
    await order(node, state, "This is not the admin token of this proxy. Try again.");
    return;
  }
  if (answer.ok) {
    view = json;
    show();
    return;
  }
  showEvent({ at: Date.now(), kind: "refused", node, state: "down", text: json.error });
}

byId("explain").addEventListener("submit", async event => {
  event.preventDefault();
  const session = byId("session").value.trim();
  const path = byId("path").value.trim() || "/";
  const answer = await fetch("/api/explain?session=" + encodeURIComponent(session) + "&path=" + encodeURIComponent(path));
  const json = await answer.json();
  const strong = document.createElement("strong");
  strong.textContent = answer.ok
    ? (json.goesTo ? "It goes to " + json.goesTo + ": " + json.reason : json.reason) + ". "
    : json.error;
  strong.className = answer.ok ? "" : "wrong";
  byId("explained").replaceChildren(strong, answer.ok ? json.why : "");
});

function link(state, words) {
  byId("link").className = state;
  text(byId("link"), words);
}

const source = new EventSource("/api/events");
source.addEventListener("open", () => link("live", "live"));
source.addEventListener("error", () => link("lost", "no connection to the proxy"));
source.addEventListener("nodes", message => {
  view = JSON.parse(message.data);
  show();
});
source.addEventListener("event", message => showEvent(JSON.parse(message.data)));
window.addEventListener("resize", showLanes);
