// The web chat. What is shown and what waits to be sent lies in sessionStorage: a reload loses nothing, and closing the
// tab leaves nothing behind. Messages carry a key of their own, so sending one twice is sending it once.

const words = JSON.parse(document.getElementById("words").textContent);
const conversation = document.getElementById("conversation");
const thinking = document.getElementById("thinking");
const notice = document.getElementById("notice");
const form = document.getElementById("ask");
const question = document.getElementById("question");
const ending = document.getElementById("ending");

const STORE = "lotse";
const MOST_SHOWN = 60;
const RETRY_MILLISECONDS = [500, 1000, 2000, 4000, 8000];

const fresh = () => ({ shown: [], waiting: [], last: 0, started: false });
let memory = recall();
let sending = false;
let stream = null;
let lang = document.documentElement.lang;

function recall() {
  try {
    return { ...fresh(), ...JSON.parse(sessionStorage.getItem(STORE) || "{}") };
  } catch {
    return fresh();
  }
}

function keep() {
  memory.shown = memory.shown.slice(-MOST_SHOWN);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(memory));
  } catch { /* private mode without storage: the conversation lives as long as the page */ }
}

// ---------------------------------------------------------------- words of the page

function speak(code) {
  const text = words[code];
  if (!text) return;
  lang = code;
  document.documentElement.lang = code;
  document.documentElement.dir = text.dir;
  document.title = text.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = text[element.dataset.word];
  document.querySelector(".emergency").href = `/emergency/${code}`;
  question.placeholder = text.placeholder;
  form.querySelector("button").setAttribute("aria-label", text.send);
  conversation.setAttribute("aria-label", text.conversation);
}

function tell(word) {
  notice.hidden = !word;
  notice.textContent = word ? words[lang][word] : "";
}

// ---------------------------------------------------------------- elements

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const SAFE = /^(https:\/\/|tel:|mailto:)/;

function run(part, id) {
  let made = document.createTextNode(part.text);
  if (part.press) {
    made = element("button", { type: "button", class: "inline", "data-press": part.press, "data-screen": id }, made);
  } else if (part.link && SAFE.test(part.link)) {
    const outside = part.link.startsWith("https:");
    made = element("a", { href: part.link, target: outside ? "_blank" : null, rel: outside ? "noopener noreferrer" : null }, made);
  }
  if (part.bold) made = element("strong", {}, made);
  if (part.italic) made = element("em", {}, made);
  return made;
}

function block(part, id) {
  if (part.p) return element("p", {}, ...part.p.map((piece) => run(piece, id)));
  return element(part.numbered ? "ol" : "ul", {}, ...part.list.map((item) => element("li", {}, ...item.map((piece) => run(piece, id)))));
}

function button(part, id) {
  if (part.link && SAFE.test(part.link)) return element("a", { href: part.link, rel: "noopener noreferrer" }, part.label);
  return element("button", { type: "button", lang: part.lang, "data-press": part.press, "data-screen": id }, part.label);
}

function row(parts, id, kind = "row") {
  return element("div", { class: kind }, ...parts.map((part) => button(part, id)));
}

function screen(id, data) {
  const made = element("section", { class: `screen ${data.kind}`, id: `screen-${id}`, lang: data.lang, dir: data.dir });
  if (data.leave) made.append(element("button", { type: "button", class: "leave", "data-leave": "" }, words[data.lang]?.leave ?? words[lang].leave));
  if (data.title) made.append(element("h2", { tabindex: "-1" }, data.title));
  made.append(...data.blocks.map((part) => block(part, id)));
  if (data.notes.length) made.append(element("div", { class: "notes" }, ...data.notes.map((part) => block(part, id))));
  const rows = data.buttons.map((parts) => row(parts, id));
  if (data.back.length) rows.push(row(data.back, id, "row back"));
  if (rows.length) made.append(element("div", { class: "rows" }, ...rows));
  return made;
}

function said(entry) {
  const made = element("p", { class: "said", dir: "auto", id: `said-${entry.key}` }, element("span", { class: "unseen" }, `${words[lang].you}: `), entry.text);
  if (memory.waiting.some((message) => message.key === entry.key)) made.classList.add("waiting");
  return made;
}

function show(entry) {
  conversation.append(entry.data ? screen(entry.id, entry.data) : said(entry));
}

function toEnd(made, { focus = false } = {}) {
  if (!made) return;
  made.scrollIntoView({ block: made.offsetHeight > conversation.parentElement.clientHeight * 0.9 ? "start" : "nearest" });
  if (focus) made.querySelector("h2, button")?.focus({ preventScroll: true });
}

// ---------------------------------------------------------------- out

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function post(message) {
  memory.waiting.push({ key: newKey(), ...message });
  keep();
  thinking.hidden = false;
  send();
}

function ask(text) {
  const key = newKey();
  const entry = { key, text };
  memory.shown.push(entry);
  memory.waiting.push({ key, kind: "text", content: text });
  keep();
  show(entry);
  toEnd(conversation.lastElementChild);
  thinking.hidden = false;
  thinking.scrollIntoView({ block: "nearest" });
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  let tries = 0;
  while (memory.waiting.length) {
    const message = memory.waiting[0];
    let status = 0;
    try {
      const answer = await fetch("/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(message),
        keepalive: true,
      });
      status = answer.status;
    } catch { /* no connection: again below */ }
    if (status === 202) {
      memory.waiting.shift();
      keep();
      document.getElementById(`said-${message.key}`)?.classList.remove("waiting");
      tell(null);
      tries = 0;
      listen();
    } else if (status >= 400 && status < 500 && status !== 429) {
      memory.waiting.shift();
      keep();
      thinking.hidden = true;
      tell("refused");
    } else {
      tell("offline");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS[Math.min(tries, RETRY_MILLISECONDS.length - 1)]));
      tries += 1;
    }
  }
  sending = false;
}

// ---------------------------------------------------------------- in

function listen() {
  if (stream && stream.readyState !== EventSource.CLOSED) return;
  stream = new EventSource(`/chat/events?after=${memory.last}`);
  stream.onmessage = (event) => receive(Number(event.lastEventId), JSON.parse(event.data));
  stream.onopen = () => { if (!memory.waiting.length) tell(null); };
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
}

function receive(id, data) {
  if (id <= memory.last) return;
  memory.last = id;
  thinking.hidden = true;
  if (words[data.lang]) speak(data.lang);
  const entry = { id, data };
  const old = data.replaces ? document.getElementById(`screen-${data.replaces}`) : null;
  const place = old ? memory.shown.findIndex((shown) => shown.id === data.replaces) : -1;
  if (old && place >= 0 && old === conversation.lastElementChild) {
    const focused = old.contains(document.activeElement);
    memory.shown[place] = entry;
    const made = screen(id, data);
    old.replaceWith(made);
    toEnd(made, { focus: focused });
  } else {
    memory.shown.push(entry);
    show(entry);
    toEnd(conversation.lastElementChild);
  }
  keep();
}

// ---------------------------------------------------------------- hands

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (!text) return;
  question.value = "";
  grow();
  ask(text);
});

function grow() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight + 2}px`;
}

question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

conversation.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-press]");
  if (pressed) post({ kind: "press", content: pressed.dataset.press, screen: Number(pressed.dataset.screen) });
  if (event.target.closest("[data-leave]")) leave();
});

// Out of sight at once: no way back to this page by the back button.
function leave() {
  sessionStorage.removeItem(STORE);
  navigator.sendBeacon("/chat/end");
  window.location.replace("https://www.wikipedia.org/");
}

document.getElementById("end").addEventListener("click", () => ending.showModal());
ending.addEventListener("close", async () => {
  if (ending.returnValue !== "yes") return;
  stream?.close();
  stream = null;
  memory = fresh();
  sessionStorage.removeItem(STORE);
  conversation.replaceChildren();
  try {
    await fetch("/chat/end", { method: "POST" });
  } catch { /* the cookie ends with the browser, the conversation with its time */ }
  begin();
});

window.addEventListener("online", () => { send(); listen(); });

function begin() {
  memory.started = true;
  keep();
  post({ kind: "start" });
}

const lastScreen = memory.shown.findLast((entry) => entry.data && words[entry.data.lang]);
if (lastScreen) speak(lastScreen.data.lang);
memory.shown.forEach(show);
toEnd(conversation.lastElementChild);
if (!memory.started) {
  begin();
} else {
  listen();
  send();
}
