// What keeps the page in step with the server: the event stream, text that grows, the banner about the state, the
// search while one types.

/**
 * The event stream of one conversation. A browser's own reconnecting gives up after a 502 and does not say when it
 * tries, so a lost connection is closed and opened again here, with the last cursor, after 1, 2, 4 … 30 seconds. While
 * the conversation is paused the stream rests: its server has let go of the conversation.
 *
 * onConnection(seconds): null when all is well, else the seconds to the next try (0: trying). onGone(): there is nothing
 * to connect to any more; coming back to the page tries again.
 */
export class Stream {
  static #EVENTS = ["saved", "reply", "delta", "done", "head", "idle", "title", "ping"];
  static #LONGEST_WAIT = 30; // s
  static #SILENCE = 60_000; // ms; the server pings more often, so a longer silence is a dead line
  #url;
  #cursor;
  #on;
  #onConnection;
  #onGone;
  #source = null;
  #failures = 0;
  #timer = 0;
  #watch = 0;

  constructor({ url, cursor, on, onConnection, onGone }) {
    this.#url = url;
    this.#cursor = cursor;
    this.#on = on;
    this.#onConnection = onConnection;
    this.#onGone = onGone;
    addEventListener("online", () => this.retry());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.retry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#source || this.retry());
    addEventListener("focus", () => this.#source || this.#timer || this.retry());
    this.#open();
  }

  /** Closes the connection until there is a reason to look again: the person resumes, or comes back to the page. */
  rest() {
    this.#close();
    this.#onConnection(null);
  }

  /** Tries now. */
  retry() {
    if (this.#source?.readyState !== EventSource.OPEN) {
      this.#open();
    }
  }

  #open() {
    this.#close();
    if (this.#failures > 1) {
      this.#onConnection(0);
    }
    this.#source = new EventSource(`${this.#url}?after=${encodeURIComponent(this.#cursor)}`);
    this.#source.onopen = () => {
      this.#failures = 0;
      this.#onConnection(null);
      this.#listen();
    };
    this.#source.onerror = () => this.#lost();
    for (const name of Stream.#EVENTS) {
      this.#source.addEventListener(name, (event) => this.#hear(name, event));
    }
  }

  #hear(name, event) {
    this.#cursor = event.lastEventId || this.#cursor;
    this.#listen();
    this.#on[name]?.(JSON.parse(event.data));
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), Stream.#SILENCE);
  }

  /** One quick try goes unmentioned: most losses are a blink. */
  #lost() {
    const refused = this.#source?.readyState === EventSource.CLOSED;
    this.#close();
    let seconds = Math.min(Stream.#LONGEST_WAIT, 2 ** this.#failures++);
    const tell = () => this.#failures > 1 && this.#onConnection(seconds);
    tell();
    this.#timer = setInterval(() => (--seconds > 0 ? tell() : this.#open()), 1000);
    if (refused) {
      this.#ask();
    }
  }

  /** An EventSource does not say why it was refused. */
  async #ask() {
    const answer = await fetch(this.#url, { method: "HEAD" }).catch(() => null);
    if (answer?.status === 404) {
      this.#close();
      this.#onGone();
    }
  }

  #close() {
    clearInterval(this.#timer);
    clearTimeout(this.#watch);
    this.#timer = 0;
    this.#source?.close();
    this.#source = null;
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

  /** null: all is well; else seconds to the next try. */
  connection(seconds) {
    if (seconds === null) {
      this.#lost.hidden = true;
    } else {
      this.#tell(seconds ? this.#texts.say("lost", seconds) : this.#texts.say("lostNow"), false);
    }
  }

  /** The conversation was moved to the trash, or is no longer open to this browser. */
  gone() {
    this.#tell(this.#texts.say("gone"), true);
    this.#say(this.#texts.say("gone"));
  }

  #tell(words, gone) {
    this.#lost.querySelector("[data-part=words]").textContent = words;
    this.#lost.querySelector("[data-part=trash]").hidden = !gone;
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
    } catch {
      if (!signal.aborted) {
        this.#show(this.#texts.say("searchFailed"));
        this.#say(this.#texts.say("searchFailed"));
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
