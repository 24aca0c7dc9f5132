// The web chat. What is shown and what waits to be sent lies in sessionStorage: a reload loses nothing, and closing the
// tab leaves nothing behind. Messages carry a key of their own, so sending one twice is sending it once.

const words = JSON.parse(document.getElementById("words").textContent);
const main = document.querySelector("main");
const conversation = document.getElementById("conversation");
const heard = document.getElementById("heard");
const thinking = document.getElementById("thinking");
const notice = document.getElementById("notice");
const form = document.getElementById("ask");
const question = document.getElementById("question");
const ending = document.getElementById("ending");
const wayOut = document.getElementById("leave");

const STORE = "lotse";
const MOST_SHOWN = 60;
const RETRY_MILLISECONDS = [500, 1000, 2000, 4000, 8000];
// A connection that is half dead answers never; the message's key makes a second try harmless.
const LONGEST_TRY_MILLISECONDS = 20_000;
// Browsers let only short requests outlive their page (Fetch: 64 KiB).
const OUTLIVES_PAGE = 20_000;
// Long enough to be read by every screen reader, short enough not to be found twice.
const HEARD_MILLISECONDS = 15_000;
const SLOW_MILLISECONDS = 2500;

const fresh = () => ({ shown: [], waiting: [], last: 0, started: false });
let memory = recall();
let sending = false;
let underway = null; // aborts the request that is being sent
let hurry = () => {}; // ends the pause before the next try
let stream = null;
let gone = false; // the newcomer left quickly: nothing is kept any more
let pressed = null; // the button whose answer is awaited
let anchor = null; // what must stay in sight while answers come in under it
let opening = true; // the newest screen is the one to look at, not the first one that comes
let slow = 0;
let lang = document.documentElement.lang;

function recall() {
  try {
    return { ...fresh(), ...JSON.parse(sessionStorage.getItem(STORE) || "{}") };
  } catch {
    return fresh();
  }
}

function keep() {
  if (gone) return;
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
  document.querySelector("header .emergency").href = `/emergency/${code}`;
  question.placeholder = text.placeholder;
  form.querySelector("button").setAttribute("aria-label", text.send);
  conversation.setAttribute("aria-label", text.conversation);
}

function tell(word) {
  const text = word ? words[lang][word] : "";
  if (notice.textContent === text) return; // once is enough: an alert that is set again is read out again
  const atEnd = main.scrollHeight - main.scrollTop - main.clientHeight < 5;
  notice.hidden = !word;
  notice.textContent = text;
  if (atEnd) main.scrollTop = main.scrollHeight; // the notice took its room from below
}

// ---------------------------------------------------------------- for the ear

function say(text, code, dir) {
  const spoken = element("p", { lang: code, dir }, text);
  heard.append(spoken);
  setTimeout(() => spoken.remove(), HEARD_MILLISECONDS);
}

// Heading and text; not the small print, and not ten buttons.
function read(made) {
  const parts = made.querySelectorAll(":scope > :is(h2, p, ul, ol)");
  say(Array.from(parts, (part) => part.innerText).join("\n"), made.lang, made.dir);
}

function think(about) {
  thinking.hidden = !about;
  clearTimeout(slow);
  if (about) slow = setTimeout(() => say(words[lang].thinking, lang, words[lang].dir), SLOW_MILLISECONDS);
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
  const made = element("section", { class: `screen ${data.kind}`, id: `screen-${id}`, lang: data.lang, dir: data.dir, tabindex: "-1" });
  if (data.title) made.append(element("h2", { tabindex: "-1" }, data.title));
  made.append(...data.blocks.map((part) => block(part, id)));
  if (data.notes.length) made.append(element("div", { class: "notes" }, ...data.notes.map((part) => block(part, id))));
  const rows = data.buttons.map((parts) => row(parts, id));
  if (data.back.length) rows.push(row(data.back, id, "row back"));
  if (rows.length) made.append(element("div", { class: "rows" }, ...rows));
  return made;
}

function said(entry) {
  // The direction is that of the newcomer's words alone, so they have an element of their own.
  const made = element("p", { class: "said", id: `said-${entry.key}` },
    element("span", { class: "unseen" }, `${words[lang].you}: `), element("span", { dir: "auto" }, entry.text));
  if (memory.waiting.some((message) => message.key === entry.key)) made.classList.add("waiting");
  return made;
}

function show(entry) {
  const made = entry.data ? screen(entry.id, entry.data) : said(entry);
  conversation.append(made);
  // Once something was shown that others must not see, the way out stays, whatever is talked about next. Whoever is
  // in danger at home gets the emergency card first.
  if (entry.data?.leave || entry.data?.kind === "emergency") wayOut.hidden = false;
  return made;
}

// What was asked stays on top and its answer begins right under it; what is shorter than the page is seen as a whole.
function keepInSight(made) {
  if (opening || !anchor?.isConnected) anchor = made;
  main.scrollTop = anchor.offsetTop - 10;
}

// ---------------------------------------------------------------- out

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function post(message) {
  memory.waiting.push({ key: newKey(), ...message });
  keep();
  think(true);
  send();
}

function ask(text) {
  const key = newKey();
  const entry = { key, text };
  memory.started = true;
  memory.shown.push(entry);
  memory.waiting.push({ key, kind: "text", content: text });
  keep();
  const made = show(entry);
  think(true);
  opening = false;
  anchor = made.offsetHeight < main.clientHeight / 3 ? made : null;
  main.scrollTop = main.scrollHeight;
  send();
}

function press(button) {
  if (button === pressed) return; // a trembling hand, or an impatient one
  pressed?.classList.remove("pressed");
  pressed = button;
  pressed.classList.add("pressed");
  opening = false;
  anchor = null;
  post({ kind: "press", content: button.dataset.press, screen: Number(button.dataset.screen) });
  thinking.scrollIntoView({ block: "nearest" });
}

const pause = (milliseconds) => new Promise((resolve) => {
  hurry = resolve;
  setTimeout(resolve, milliseconds);
});

async function attempt(message) {
  underway = new AbortController();
  const timer = setTimeout(() => underway.abort(), LONGEST_TRY_MILLISECONDS);
  const body = message.kind === "end" ? undefined : JSON.stringify(message);
  try {
    const answer = await fetch(body ? "/chat/messages" : "/chat/end", {
      method: "POST",
      headers: body ? { "Content-Type": "application/json" } : {},
      body,
      keepalive: !body || body.length < OUTLIVES_PAGE,
      signal: underway.signal,
    });
    return answer.status;
  } catch {
    return 0; // no connection
  } finally {
    clearTimeout(timer);
  }
}

async function send() {
  if (sending) return;
  sending = true;
  let tries = 0;
  while (memory.waiting.length) {
    const message = memory.waiting[0];
    const status = await attempt(message);
    if (message !== memory.waiting[0]) continue; // ended meanwhile
    if (status >= 200 && status < 300) {
      memory.waiting.shift();
      keep();
      tell(null);
      tries = 0;
      if (message.kind === "end") {
        ended();
      } else {
        document.getElementById(`said-${message.key}`)?.classList.remove("waiting");
        listen();
      }
    } else if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
      memory.waiting.shift();
      refused(message);
    } else {
      tell("offline");
      await pause(RETRY_MILLISECONDS[Math.min(tries, RETRY_MILLISECONDS.length - 1)]);
      tries += 1;
    }
  }
  sending = false;
}

// The words go back to where they were written: nobody has to write them again.
function refused(message) {
  memory.shown = memory.shown.filter((entry) => entry.key !== message.key);
  keep();
  document.getElementById(`said-${message.key}`)?.remove();
  if (message.kind === "text" && !question.value) question.value = message.content;
  grow();
  answered();
  tell("refused");
}

function answered() {
  think(false);
  pressed?.classList.remove("pressed");
  pressed = null;
}

// ---------------------------------------------------------------- in

function listen() {
  if (!memory.started || (stream && stream.readyState !== EventSource.CLOSED)) return;
  const mine = new EventSource(`/chat/events?after=${memory.last}`);
  stream = mine;
  mine.onmessage = (event) => { if (mine === stream) receive(Number(event.lastEventId), JSON.parse(event.data)); };
  mine.onopen = () => { if (!memory.waiting.length) tell(null); };
  // A browser tries again by itself, unless a proxy answered in the place of Lotse.
  mine.onerror = () => { if (mine.readyState === EventSource.CLOSED) setTimeout(listen, 3000); };
}

function receive(id, data) {
  if (id <= memory.last) return;
  memory.last = id;
  answered();
  if (words[data.lang]) speak(data.lang);
  const entry = { id, data };
  const follow = conversation.contains(document.activeElement); // whoever presses buttons by keyboard goes on from there
  const old = data.replaces ? document.getElementById(`screen-${data.replaces}`) : null;
  const place = old ? memory.shown.findIndex((shown) => shown.id === data.replaces) : -1;
  let made;
  if (old && place >= 0 && old === conversation.lastElementChild) {
    memory.shown[place] = entry;
    made = screen(id, data);
    old.replaceWith(made);
  } else {
    memory.shown.push(entry);
    made = show(entry);
  }
  keep();
  keepInSight(made);
  if (follow && (anchor === made || !conversation.contains(document.activeElement))) (made.querySelector("h2") ?? made).focus({ preventScroll: true });
  read(made);
}

// ---------------------------------------------------------------- hands

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (!text) return;
  question.value = "";
  grow();
  if (matchMedia("(pointer: coarse)").matches) question.blur(); // the keyboard makes room for the answer
  ask(text);
});

function grow() {
  question.dir = question.value ? "auto" : ""; // the placeholder goes with the page, the words go their own way
  question.style.height = "";
  if (question.value) question.style.height = `${question.scrollHeight + question.offsetHeight - question.clientHeight}px`;
}

question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

conversation.addEventListener("click", (event) => {
  const button = event.target.closest("[data-press]");
  if (button) press(button);
});

// Out of sight at once, on a slow line too; the back button leads elsewhere.
wayOut.addEventListener("click", () => {
  gone = true;
  stream?.close();
  underway?.abort();
  memory = fresh();
  sessionStorage.removeItem(STORE);
  document.body.replaceChildren();
  document.title = "…";
  navigator.sendBeacon("/chat/end");
  window.location.replace("https://www.wikipedia.org/");
});

document.getElementById("end").addEventListener("click", () => {
  ending.returnValue = "";
  ending.showModal();
});
ending.addEventListener("close", () => {
  if (ending.returnValue !== "yes") return;
  stream?.close();
  stream = null;
  conversation.replaceChildren();
  wayOut.hidden = true;
  answered();
  // Erasing waits in the same queue as messages: a lost connection does not make it forgotten.
  memory = { ...fresh(), waiting: [{ key: newKey(), kind: "end" }] };
  keep();
  underway?.abort();
  hurry();
  send();
});

function ended() {
  if (memory.shown.length) return; // the next question is already asked
  const made = element("section", { class: "screen", tabindex: "-1" }, element("p", {}, words[lang].ended));
  conversation.replaceChildren(made);
  made.focus();
}

window.addEventListener("online", () => {
  hurry();
  listen();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

// ---------------------------------------------------------------- start

const lastScreen = memory.shown.findLast((entry) => entry.data && words[entry.data.lang]);
if (lastScreen) speak(lastScreen.data.lang);
document.querySelector("footer").hidden = false;
memory.shown.forEach(show);
const last = conversation.lastElementChild;
if (last) keepInSight(last);
if (memory.started) {
  // The answer to what was asked before the reload is still to come.
  if (memory.waiting.length || last?.matches(".said")) think(true);
  if (last?.matches(".said")) opening = false;
  listen();
  send();
} else {
  memory.started = true;
  post({ kind: "start" });
}
