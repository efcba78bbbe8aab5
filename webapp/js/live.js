// What keeps the page in step with the server: the event stream, text that grows, the banner about the state, the
// search while one types.

/** Whether cursor `a`, "12" or "12.0.345", lies before cursor `b`. An unknown one lies before all others. */
function liesBefore(a, b) {
  const [left, right] = [a, b].map((cursor) => (cursor || "-1").split(".").map(Number));
  const differs = [0, 1, 2].find((part) => (left[part] ?? 0) !== (right[part] ?? 0));
  return differs !== undefined && (left[differs] ?? 0) < (right[differs] ?? 0);
}

/**
 * The connection. A browser's own reconnecting gives up after a 502 and does not say when it tries, so a lost connection
 * is closed and opened again here, after 1, 2, 4 … 30 seconds, where each conversation was heard last.
 *
 * name: its own; to the server a connection takes the place of the last one with the name. shown(): the conversations that
 * are shown somewhere. tell(message): {heard: {name, data, id}}; {wait, why, again}: wait is null when all is well, else
 * the seconds to the next try (0: trying), and why says what is wrong: lost, full (one more connection was refused) or
 * signin; or {gone: true}: this browser is not known.
 */
class Connection {
  static #EVENTS = ["saved", "reply", "delta", "done", "head", "window", "kept", "idle", "title", "gone", "failed", "listed", "ping"];
  static #MOST = 50; // conversations that a stream takes
  static #GATHER = 50; // ms in which several tabs may say what they show
  static #LONGEST_WAIT = 30; // s
  static #SILENCE = 60_000; // ms; the server pings more often, so a longer silence is a dead line
  static #FRESH = 35_000; // ms since it was heard of last in which it surely works
  #url;
  #name;
  #shown;
  #tell;
  #cursors = new Map(); // of the conversations that are heard of
  #state = { wait: null };
  #alive = Date.now();
  #source = null;
  #failures = 0;
  #timer = 0;
  #watch = 0;
  #soon = 0;

  constructor({ url, name, shown, tell }) {
    this.#url = url;
    this.#name = name;
    this.#shown = shown;
    this.#tell = tell;
    this.#openSoon();
  }

  /** Hears of a conversation from `cursor` on. What is heard from there already needs no other connection. */
  add(conversation, cursor) {
    const held = this.#cursors.get(conversation);
    if (held === undefined || liesBefore(cursor, held)) {
      this.#cursors.delete(conversation); // else it would not be the newest
      this.#cursors.set(conversation, cursor);
      this.#openSoon();
    }
  }

  /** Tells again how it is, unless that will be told soon, or this tab is half asleep and cannot know. */
  greet() {
    if (!this.#soon && Date.now() - this.#alive < Connection.#FRESH) {
      this.#tell(this.#state);
    }
  }

  /** Tries now. */
  retry() {
    if (this.#source?.readyState !== EventSource.OPEN) {
      this.#openSoon();
    }
  }

  close() {
    clearTimeout(this.#soon);
    clearInterval(this.#timer);
    clearTimeout(this.#watch);
    this.#soon = 0;
    this.#timer = 0;
    this.#source?.close();
    this.#source = null;
  }

  #openSoon() {
    this.#soon ||= setTimeout(() => this.#open(), Connection.#GATHER);
  }

  #open() {
    this.close();
    if (this.#failures > 1) {
      this.#say({ wait: 0 });
    }
    const shown = this.#shown();
    this.#cursors = new Map([...this.#cursors].filter(([id]) => shown.has(id)).slice(-Connection.#MOST));
    const at = [...this.#cursors].map(([id, cursor]) => `${id}:${cursor ?? ""}`).join();
    this.#source = new EventSource(`${this.#url}?as=${this.#name}&at=${at}`);
    this.#listen();
    this.#source.onopen = () => {
      const again = this.#failures > 0;
      this.#failures = 0;
      this.#say({ wait: null }, again);
      this.#listen();
    };
    this.#source.onerror = () => this.#lost();
    for (const name of Connection.#EVENTS) {
      this.#source.addEventListener(name, (event) => this.#hear(name, event));
    }
  }

  #say(state, again = false) {
    this.#state = state;
    this.#tell({ ...state, again });
  }

  #hear(name, { data: text, lastEventId: id }) {
    this.#listen();
    const data = JSON.parse(text);
    const [conversation, cursor] = id.split(":");
    if (cursor && conversation === data.conversation && this.#cursors.has(conversation)) {
      this.#cursors.set(conversation, cursor);
    }
    if (name === "gone" || name === "failed" || (name === "idle" && /paused|expired/.test(data.state))) {
      this.#cursors.delete(data.conversation); // nothing more comes of it on this connection
    }
    this.#tell({ heard: { name, data, id } });
  }

  #listen() {
    this.#alive = Date.now();
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), Connection.#SILENCE);
  }

  /** One quick try goes unmentioned: most losses are a blink. */
  #lost() {
    const refused = this.#source?.readyState === EventSource.CLOSED;
    this.close();
    this.#retryIn(Math.min(Connection.#LONGEST_WAIT, 2 ** this.#failures++), "lost");
    if (refused) {
      this.#ask();
    }
  }

  #retryIn(seconds, why) {
    clearInterval(this.#timer);
    const tell = () => {
      this.#alive = Date.now();
      if (why !== "lost" || this.#failures > 1) {
        this.#say({ wait: seconds, why });
      }
    };
    tell();
    this.#timer = setInterval(() => (--seconds > 0 ? tell() : this.#open()), 1000);
  }

  /** An EventSource does not say why it was refused. */
  async #ask() {
    const answer = await fetch(this.#url, { method: "HEAD" }).catch(() => null);
    if (!this.#timer) {
      return; // it was opened, or closed for good, in the meantime
    }
    if (answer?.status === 404) {
      this.close();
      this.#tell({ gone: true });
    } else if (answer?.status === 401) {
      this.#failures = Math.max(1, this.#failures); // so that it is told when it works again
      this.#retryIn(Connection.#LONGEST_WAIT, "signin");
    } else if (answer?.status === 429) {
      this.#retryIn(Number(answer.headers.get("Retry-After")) || Connection.#LONGEST_WAIT, "full");
    }
  }
}

/**
 * What the server tells, in every tab of the browser, over one connection: a browser has six for a server. The tab that
 * has a lock holds the connection and passes on what it hears; when it goes, the next one has the lock, asks all tabs what
 * they show and how far they have heard it, and opens a connection with that. From a tab that neither passes on nor says
 * anything, because it is frozen, the lock is stolen. Where there are no locks (plain http beyond localhost) each tab has
 * a connection of its own.
 *
 * While a conversation is paused its part of the stream rests: the server has let go of it.
 *
 * on: by name of the event. onConnection({wait, why, again}): see Connection; again: it was lost before. onGone(): the
 * conversation is not there any more; coming back to the page tries again.
 */
export class Stream {
  static #PATIENCE = 37_000; // ms without a word of the tab that has the connection; the server pings each 15 s
  static #LAST_CALL = 3_000; // ms to answer when it is asked
  static #UNREADABLE = 30_000; // ms until the server is asked again for what it could not read
  #url;
  #conversation;
  #cursor;
  #on;
  #onConnection;
  #onGone;
  #tab = Math.random().toString(36).slice(2);
  #channel = null;
  #leader = null; // the tab that has the connection, as far as this one knows
  #connection = null;
  #shown = new Map(); // tab → conversation, where the connection is
  #queue = null;
  #release = null;
  #silence = 0;
  #resting = false;
  #gone = false;

  constructor({ url, conversation, cursor, on, onConnection, onGone }) {
    this.#url = url;
    this.#conversation = conversation;
    this.#cursor = cursor;
    this.#on = on;
    this.#onConnection = onConnection;
    this.#onGone = onGone;
    addEventListener("online", () => this.retry());
    addEventListener("pagehide", () => this.#stop());
    addEventListener("pageshow", (event) => event.persisted && this.#start());
    document.addEventListener("visibilitychange", () => document.hidden || this.retry());
    addEventListener("focus", () => this.#resting && this.retry());
    this.#start();
  }

  /** Hears nothing of the conversation until there is a reason: the person resumes, or comes back to the page. */
  rest() {
    this.#resting = true;
    this.#show();
  }

  /** Tries now. */
  retry() {
    if (this.#resting) {
      this.#resting = false;
      this.#gone = false;
      this.#show();
    }
    if (this.#connection) {
      this.#connection.retry();
    } else {
      this.#post({ retry: true });
    }
  }

  #start() {
    if (navigator.locks && "BroadcastChannel" in window) {
      this.#channel = new BroadcastChannel(this.#url);
      this.#channel.onmessage = ({ data }) => this.#receive(data);
      this.#follow();
    } else {
      this.#alone();
    }
  }

  #alone() {
    this.#channel?.close();
    this.#channel = null;
    this.#lead(() => {});
  }

  #stop() {
    this.#post({ left: true });
    this.#queue?.abort();
    this.#dethrone();
    clearTimeout(this.#silence);
    this.#channel?.close();
    this.#channel = null;
  }

  // ——— who has the connection

  #follow() {
    this.#queue = new AbortController();
    this.#request({ signal: this.#queue.signal });
    this.#show();
    this.#listen();
  }

  #request(options) {
    let mine = false;
    const hold = () => {
      mine = Boolean(this.#channel); // else the page was left while it waited
      return mine ? new Promise((release) => this.#lead(release)) : null;
    };
    navigator.locks.request(this.#url, options, hold).catch((error) => {
      if (mine) {
        this.#dethrone(); // another tab has stolen it
        this.#follow();
      } else if (error.name !== "AbortError") {
        this.#alone(); // locks are not for this page
      }
    });
  }

  #lead(release) {
    clearTimeout(this.#silence);
    this.#release = release;
    this.#leader = this.#tab;
    this.#shown.clear();
    this.#connection = new Connection({
      url: this.#url,
      name: encodeURIComponent(this.#channel ? location.origin : this.#tab),
      shown: () => new Set(this.#shown.values()),
      tell: (message) => {
        this.#post(message);
        this.#take(message);
      },
    });
    this.#post({ ask: true });
    this.#show();
  }

  #dethrone() {
    this.#connection?.close();
    this.#connection = null;
    this.#release?.();
    this.#release = null;
  }

  /** Has the tab with the connection fallen silent? This one may have slept itself, so the other is asked first. */
  #listen() {
    clearTimeout(this.#silence);
    const wait = Stream.#PATIENCE + Math.random() * 1000; // not all tabs at once
    this.#silence = setTimeout(() => {
      this.#show();
      this.#silence = setTimeout(() => this.#steal(), Stream.#LAST_CALL);
    }, wait);
  }

  #steal() {
    this.#queue.abort();
    this.#request({ steal: true });
  }

  // ——— what tabs say to each other

  #post(message) {
    this.#channel?.postMessage({ ...message, from: this.#tab });
  }

  /** Says what this tab shows. */
  #show() {
    const place = { conversation: this.#resting ? null : this.#conversation, cursor: this.#cursor };
    if (this.#connection) {
      this.#shows(this.#tab, place);
    } else {
      this.#post({ shows: place });
    }
  }

  #shows(tab, { conversation, cursor }) {
    this.#shown.set(tab, conversation);
    if (conversation) {
      this.#connection.add(conversation, cursor);
    }
  }

  #receive(message) {
    if (message.ask) {
      this.#leader = message.from;
      this.#dethrone(); // if it was this one, it has slept
      this.#listen();
      this.#show();
    } else if (this.#connection) {
      if (message.shows) {
        this.#shows(message.from, message.shows);
        this.#connection.greet();
      } else if (message.left) {
        this.#shown.delete(message.from);
      } else if (message.retry) {
        this.#connection.retry();
      }
    } else if ("heard" in message || "wait" in message || message.gone) {
      this.#leader ??= message.from;
      if (message.from === this.#leader) {
        this.#listen();
        this.#take(message);
      }
    }
  }

  // ——— what the server says

  #take({ heard, gone, wait, why, again }) {
    if (heard) {
      this.#hear(heard);
    } else if (!gone) {
      this.#onConnection({ wait, why, again });
    } else if (this.#conversation) {
      this.#leave();
    }
  }

  #hear({ name, data, id }) {
    const own = data.conversation === this.#conversation;
    if (name === "listed") {
      const awake = this.#gone ? data.state !== "deleted" : data.state === "active" || data.state === "running";
      if (own && this.#resting && awake) {
        this.retry();
      }
      this.#on.listed?.(data);
    } else if (own && name === "gone") {
      this.#leave();
    } else if (own && name === "failed") {
      setTimeout(() => this.#show(), Stream.#UNREADABLE);
    } else if (own) {
      this.#advance(id);
      this.#on[name]?.(data);
    }
  }

  #advance(id) {
    const [conversation, cursor] = id.split(":");
    if (conversation === this.#conversation) {
      this.#cursor = cursor;
    }
  }

  #leave() {
    this.#gone = true;
    this.rest();
    this.#onGone();
  }
}

/** A block of a reply that grows: gathers text and writes it once a frame, so that typing never waits for it. */
export class Growing {
  #node;
  #length;
  #coming = "";

  constructor(element) {
    // The length as the server counts it: parsing may have turned CR LF into LF.
    this.#length = Number(element.dataset.length ?? 0);
    this.#node = element.firstChild ?? element.appendChild(document.createTextNode(""));
  }

  /** Returns false if text before this is missing. Text that is there already is replaced from there. */
  write(at, text) {
    if (at > this.#length) {
      return false;
    }
    if (at < this.#length) {
      this.flush();
      this.#node.data = this.#node.data.slice(0, at);
    }
    this.#coming += text;
    this.#length = at + text.length;
    return true;
  }

  flush() {
    if (this.#coming) {
      this.#node.appendData(this.#coming);
      this.#coming = "";
    }
  }
}

/**
 * One place, one thing at a time: the lost connection, else what the conversation's state has to say. The server writes
 * the banner; this only counts down, to a deadline on the wall clock, which goes on while a laptop sleeps.
 */
export class Banner {
  static #LAST_CALL = 20; // s
  #lost;
  #path;
  #server;
  #texts;
  #say;
  #deadline = 0;
  #timer = 0;
  #announced = Infinity;

  constructor({ lost, path, server, texts, say }) {
    this.#lost = lost;
    this.#path = path;
    this.#server = server;
    this.#texts = texts;
    this.#say = say;
    this.#count(Number(this.#element.dataset.seconds));
    addEventListener("focus", () => this.#tick());
    addEventListener("pageshow", () => this.#tick());
    document.addEventListener("visibilitychange", () => this.#tick());
  }

  get #element() {
    return document.getElementById("banner");
  }

  /** seconds: null if all is well, else to the next try; why: see Connection. */
  connection(seconds, why) {
    if (seconds === null) {
      this.#lost.hidden = true;
    } else if (seconds) {
      this.#tell(this.#texts.say(why, seconds), why === "signin" ? "signin" : "");
    } else {
      this.#tell(this.#texts.say("lostNow"), "");
    }
  }

  /** The conversation was moved to the trash, or is no longer open to this browser. */
  gone() {
    this.#tell(this.#texts.say("gone"), "trash");
    this.#say(this.#texts.say("gone"));
  }

  /** way: which of the links leads on; may be none. */
  #tell(words, way) {
    this.#lost.querySelector("[data-part=words]").textContent = words;
    for (const link of this.#lost.querySelectorAll("a")) {
      link.hidden = link.dataset.part !== way;
    }
    this.#lost.hidden = false;
  }

  /** The server says how long the conversation has been left alone. */
  async idle({ state, secondsLeft }) {
    const shown = this.#element.dataset.kind;
    if (state === "active") {
      if (shown !== "resumed") {
        this.clear();
      }
    } else if (state !== shown) {
      await this.refresh();
    }
    if (state === "warned") {
      this.#count(secondsLeft);
    }
  }

  /** The person has gone on with the conversation, here or elsewhere. */
  awake() {
    if (["paused", "expired"].includes(this.#element.dataset.kind)) {
      this.clear();
    }
  }

  clear() {
    clearInterval(this.#timer);
    this.#element.hidden = true;
    this.#element.dataset.kind = "none";
  }

  /** Shows the banner as the server has it now. */
  async refresh() {
    try {
      const fresh = (await this.#server.document(this.#path)).getElementById("banner");
      this.#element.replaceWith(document.adoptNode(fresh));
      this.#count(Number(fresh.dataset.seconds));
    } catch {
      // The next event, or the next page, brings it.
    }
  }

  #count(seconds) {
    clearInterval(this.#timer);
    if (this.#element.dataset.kind === "warned") {
      this.#deadline = Date.now() + seconds * 1000;
      this.#announced = Infinity;
      this.#timer = setInterval(() => this.#tick(), 1000);
      this.#tick();
    }
  }

  #tick() {
    const place = this.#element.querySelector("[data-part=countdown]");
    if (!place || this.#element.hidden) {
      return;
    }
    const left = Math.max(0, Math.ceil((this.#deadline - Date.now()) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.textContent = this.#texts.say("warned", clock);
    this.#announce(left);
  }

  /** To screen readers: at first, each minute, and at the last call. */
  #announce(left) {
    const mark = left <= Banner.#LAST_CALL ? 0 : Math.ceil(left / 60);
    if (mark >= this.#announced) {
      return;
    }
    this.#announced = mark;
    if (mark === 0) {
      this.#say(this.#texts.say("seconds", left));
    } else {
      this.#say(this.#texts.say(mark === 1 ? "minutesOne" : "minutesOther", mark));
    }
  }
}

/** Looks for words while they are typed, and shows what is found in the place of the list. */
export class Search {
  static #PAUSE = 250; // ms without a key before it is worth asking
  #list;
  #field;
  #found;
  #server;
  #texts;
  #say;
  #timer = 0;
  #request = new AbortController();

  constructor({ list, form, found, server, texts, say }) {
    this.#list = list;
    this.#field = form.elements.q;
    this.#found = found;
    this.#server = server;
    this.#texts = texts;
    this.#say = say;
    this.#field.addEventListener("input", () => this.#soon(this.#words ? Search.#PAUSE : 0));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#soon(0);
    });
    // A hit on the page that is open already leads nowhere else: the drawer would stay in front of it.
    found.addEventListener("click", () => list.matches(":popover-open") && list.hidePopover());
    this.#soon(0); // what was typed comes back with the page
  }

  get #words() {
    return this.#field.value.trim();
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(this.#words), wait);
  }

  async #search(words) {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    if (!words) {
      this.#show();
      return;
    }
    try {
      const page = await this.#server.document(`search?q=${encodeURIComponent(words)}`, signal);
      const hits = document.adoptNode(page.querySelector("[data-part=hits]"));
      this.#show(hits);
      this.#say(hits.querySelector("[data-part=count]").textContent);
    } catch ({ wait }) {
      if (!signal.aborted) {
        const why = wait ? this.#texts.say("searchBusy", wait) : this.#texts.say("searchFailed");
        this.#show(why);
        this.#say(why);
        if (wait) {
          this.#soon(wait * 1000);
        }
      }
    }
  }

  /** Nothing: the list again. */
  #show(...found) {
    this.#found.replaceChildren(...found);
    this.#found.hidden = found.length === 0;
    this.#list.classList.toggle("searching", found.length > 0);
  }
}
