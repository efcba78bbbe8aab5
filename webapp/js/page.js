// Puts the page's parts together. Without this file everything still works, by forms.
import { BrowserStore, Composer, Draft, Outbox } from "./composer.js";
import { Thread } from "./thread.js";
import { Banner, Search, Stream } from "./live.js";

/** The page's texts, in the reader's language; {0}, {1} … are filled in. */
class Texts {
  #texts;

  constructor(element) {
    this.#texts = element.dataset;
  }

  say(key, ...values) {
    return (this.#texts[key] ?? key).replace(/\{(\d)\}/g, (place, index) => values[index] ?? place);
  }
}

/** Requests to the server. All reject when it cannot be reached. */
class Server {
  #base;

  constructor(base) {
    this.#base = base;
  }

  url(path) {
    return this.#base + path;
  }

  /** Sends a form. Resolves whatever the status: {ok, status, wait (seconds or 0), answer (an object, maybe empty)}. */
  async post(path, fields = {}, options = {}) {
    const response = await fetch(this.url(path), {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout?.(60_000),
      ...options,
    });
    const answer = await response.json().catch(() => ({}));
    return { ok: response.ok, status: response.status, wait: Server.#wait(response), answer };
  }

  static #wait(response) {
    return Number(response.headers.get("Retry-After")) || 0;
  }

  /** Gets a page or fragment, parsed but not live. Rejects with {wait: seconds or 0} if the server does not give it. */
  async document(path, signal = undefined) {
    const response = await fetch(this.url(path), { headers: { Accept: "text/html" }, signal });
    if (!response.ok) {
      throw Object.assign(new Error(`${response.status} for ${path}`), { wait: Server.#wait(response) });
    }
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }
}

/** Writes times as the reader's place and language have them. */
class Clock {
  #time;
  #full;
  #day;
  #date;

  constructor(language) {
    this.#time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
    this.#full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
    this.#day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
    this.#date = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  }

  /** Rewrites all times inside. */
  show(element) {
    for (const time of element.querySelectorAll("time[datetime]")) {
      // A bare date is a day of the calendar, not midnight in Greenwich.
      const bare = time.dataset.show === "day";
      const moment = new Date(time.dateTime + (bare ? "T00:00" : ""));
      time.textContent = bare ? this.day(moment) : this.#time.format(moment);
      time.title = bare ? "" : this.#full.format(moment);
    }
  }

  /** The day, with the year if it is another. */
  day(moment) {
    return (moment.getFullYear() === new Date().getFullYear() ? this.#day : this.#date).format(moment);
  }
}

/** The list of conversations. It begins with the newest; older ones come when they are asked for, and stay. */
class List {
  static #PART = 50;
  static #MOST = 200; // at once
  #element;
  #server;
  #clock;
  #conversation;
  #timer = 0;
  #stale = false;

  constructor({ element, server, clock, conversation }) {
    this.#element = element;
    this.#server = server;
    this.#clock = clock;
    this.#conversation = conversation;
    clock.show(element);
    element.addEventListener("click", (event) => {
      if (event.target.dataset.do === "older" && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.#older(event.target);
      }
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  get #days() {
    return this.#element.querySelector("[data-part=days]");
  }

  /** Soon, and once for many calls. While nobody looks it can wait until somebody does. */
  refresh() {
    this.#stale = true;
    if (!this.#timer && !document.hidden) {
      this.#timer = setTimeout(() => this.#renew(), 300);
    }
  }

  async #renew() {
    this.#stale = false;
    await this.#load().catch(() => {});
    this.#timer = 0;
    if (this.#stale) {
      this.refresh();
    }
  }

  /** The end of a reply may have passed between the making of the page and the beginning of the stream. */
  caughtUp() {
    if (this.#element.querySelector("[data-state=running]")) {
      this.refresh();
    }
  }

  /** Fetches as many as are shown. */
  async #load() {
    const count = (days) => days.querySelectorAll("[data-id]").length;
    const fresh = await this.#get({});
    const missing = () => Math.min(List.#MOST, count(this.#days) - count(fresh));
    while (missing() > 0 && (await this.#append(fresh, missing())));
    const old = this.#days;
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset : null;
    old.replaceWith(fresh);
    if (focused) {
      const same = focused.id ? `[data-id="${CSS.escape(focused.id)}"]` : "[data-do=older]";
      fresh.querySelector(same)?.focus();
    }
  }

  async #get(query) {
    const here = this.#conversation ? { current: this.#conversation } : {};
    const page = await this.#server.document(`conversations?${new URLSearchParams({ ...here, ...query })}`);
    const days = document.adoptNode(page.querySelector("[data-part=days]"));
    this.#clock.show(days);
    return days;
  }

  /** The link leads to a page of its own, where this fails. */
  async #older(link) {
    try {
      (await this.#append(this.#days, List.#PART))?.focus();
    } catch {
      location.assign(link.href);
    }
  }

  /** Puts those behind the last of `days` in the place of the link to them. Resolves to the first that is new, if any is. */
  async #append(days, limit) {
    const link = days.querySelector("[data-do=older]");
    if (!link) {
      return null;
    }
    const older = await this.#get({ after: link.dataset.after, limit });
    for (const item of older.querySelectorAll("[data-id]")) {
      if (days.querySelector(`[data-id="${item.dataset.id}"]`)) {
        item.closest("li").remove(); // the list has moved meanwhile
      }
    }
    const first = older.querySelector("[data-id]");
    for (const day of older.querySelectorAll("[data-day]:has(li)")) {
      const same = days.querySelector(`[data-day="${day.dataset.day}"] ul`);
      if (same) {
        same.append(...day.querySelectorAll("li"));
      } else {
        link.parentElement.before(day);
      }
    }
    link.parentElement.replaceWith(older.querySelector("[data-do=older]")?.parentElement ?? "");
    return first;
  }
}

/** The small forms: Stay, Resume, rename, delete, link and code. They stay on the page and say how it went. */
class Forms {
  #server;
  #language;
  #texts;
  #result;
  #done;

  constructor({ server, language, texts, result, done }) {
    this.#server = server;
    this.#language = language;
    this.#texts = texts;
    this.#result = result;
    this.#done = done;
    document.addEventListener("submit", (event) => {
      if (event.target.dataset.send) {
        event.preventDefault();
        this.#send(event.target, event.submitter);
      }
    });
  }

  async #send(form, button) {
    const what = form.dataset.send;
    const path = new URL(form.action).pathname.slice(this.#server.url("").length);
    form.inert = true;
    try {
      const { ok, status, answer } = await this.#server.post(path, new FormData(form, button));
      if (!ok) {
        throw new Error(answer.detail ?? answer.title ?? status);
      }
      this.#say(what, answer);
      this.#done(what);
    } catch (problem) {
      this.#result.textContent = this.#texts.say("failed", problem.message);
      this.#result.closest("[popover]").showPopover?.();
    } finally {
      form.inert = false;
      if (form.isConnected) {
        form.querySelector("button").focus();
      }
    }
  }

  #say(what, answer) {
    const until = new Date(answer.expires).toLocaleString(this.#language, {
      dateStyle: "long",
      timeStyle: "short",
    });
    if (what === "title") {
      this.#result.textContent = this.#texts.say("renamed");
    } else if (what === "undo" || what === "redo") {
      this.#result.textContent = this.#texts.say(what === "undo" ? "undone" : "redone");
    } else if (answer.code) {
      const code = document.createElement("code");
      code.className = "code";
      code.textContent = answer.code;
      const use = this.#texts.say("code", answer.url, until);
      this.#result.replaceChildren(code, what === "link" ? `${this.#texts.say("written")} ${use}` : use);
    } else if (what === "link") {
      this.#result.textContent = answer.sent ? this.#texts.say("sent", until) : this.#texts.say("waits", answer.trouble);
    }
  }
}

const find = (id) => document.getElementById(id);
const { base, conversation = null } = document.documentElement.dataset;
document.documentElement.classList.add("scripted");

const texts = new Texts(find("texts"));
const server = new Server(base);
const { lang } = document.documentElement;
// The reader's own spelling of times and numbers, if it is of the page's language (en-GB on an English page).
const language = navigator.language.split("-")[0] === lang ? navigator.language : lang;
const clock = new Clock(language);
const say = (text) => (find("status").textContent = text);
const list = new List({ element: find("list"), server, clock, conversation });
new Search({ list: find("list"), form: find("find"), found: find("found"), server, texts, say });
const thread = new Thread({
  element: find("thread"),
  scroll: find("scroll"),
  newest: find("newest"),
  earlier: find("earlier"),
  usage: find("usage"),
  path: `c/${conversation}/messages`,
  server,
  texts,
  clock,
  say,
  onRunning: (running) => composer.running(running),
  onDo: { retry: (key) => outbox.retry(key), edit: (key) => composer.edit(outbox.withdraw(key)) },
});
const outbox = new Outbox({
  storage: new BrowserStore(),
  server,
  conversation,
  onState: (letter, state) => {
    ["welcome", "tries", "notice", "trashed"].forEach((id) => find(id)?.remove());
    thread.pending(letter, state);
    if (state.state === "saved") {
      draft.sent();
      stream.retry(); // it rests while the conversation is paused
    }
  },
  onNew: (id) => location.assign(server.url(`c/${id}`)),
});
const draft = new Draft({
  storage: new BrowserStore(),
  server,
  conversation,
  saved: Date.parse(find("text").dataset.savedAt),
});
const composer = new Composer({
  form: find("composer"),
  stop: find("stop"),
  stopButton: find("stop-button"),
  tooLong: find("too-long"),
  draft,
  conversation,
  server,
  texts,
  onSend: (text) => {
    thread.toNewest();
    outbox.send(text);
  },
});

const banner = conversation && new Banner({ lost: find("lost"), path: `c/${conversation}`, server, texts, say });
const stream = new Stream({
  url: server.url("events"),
  conversation,
  cursor: find("thread").dataset.cursor,
  onConnection: ({ wait, why, again }) => {
    banner?.connection(wait, why);
    draft.reach(wait === null);
    if (again) {
      outbox.reached();
      thread.reached();
      list.refresh();
    } else if (wait === null) {
      list.caughtUp();
    }
  },
  onGone: () => {
    banner.gone();
    draft.reach(false);
  },
  on: {
    listed: ({ conversation: id, state }) => {
      if (id === conversation && (state === "active" || state === "running")) {
        banner.awake();
      }
      list.refresh();
    },
    saved: (event) => {
      banner.clear();
      outbox.confirm(event.key, event.id, event.queued);
      thread.saved(event);
    },
    reply: (event) => {
      banner.clear();
      thread.started(event);
    },
    head: () => thread.reload(),
    window: (event) => thread.cut(event),
    kept: (event) => thread.kept(event),
    delta: (event) => thread.delta(event),
    done: (event) => thread.done(event),
    idle: (event) => {
      banner.idle(event);
      if (event.state === "paused" || event.state === "expired") {
        stream.rest();
      }
    },
    title: ({ title }) => {
      find("title").textContent = title || texts.say("untitled");
      document.title = title ? `${title} · Holdfast` : "Holdfast";
    },
  },
});

if (conversation) {
  new Forms({
    server,
    language,
    texts,
    result: find("more-result"),
    done: (what) => {
      if (what === "stay" || what === "resume") {
        banner.clear();
        banner.refresh();
        stream.retry();
        composer.focus();
      } else if (what === "summary") {
        find("scroll").focus({ preventScroll: true }); // its button may be gone
      } else if (what === "delete") {
        stream.rest();
        draft.leave();
        location.replace(server.url(`?trashed=${conversation}`)); // back leads past what is not there any more
      }
    },
  });
  find("lost").addEventListener("click", (event) => event.target.dataset.do === "try" && stream.retry());
  const reveal = () => thread.reveal(location.hash.match(/^#message-([\w-]+)$/)?.[1]);
  addEventListener("hashchange", reveal);
  reveal();
} else {
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // come back to: a new one again
  find("tries").addEventListener("submit", (event) => {
    event.preventDefault();
    composer.submit(event.submitter.value);
  });
  const trashed = find("trashed")?.querySelector("p").textContent;
  if (trashed) {
    say(trashed);
    history.replaceState(null, "", base); // said once
  }
}
outbox.start();
