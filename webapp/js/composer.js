// What is typed, and its way to the server. Text is only let go of when the server says that it is on disk.

/** localStorage where there is one; a private window may refuse it. */
export class BrowserStore {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /** Removes with null or "". */
  set(key, value) {
    try {
      if (value) {
        localStorage.setItem(key, value);
      } else {
        localStorage.removeItem(key);
      }
    } catch {
      // Full or refused: the text still stands on the page.
    }
  }
}

/** A send key; randomUUID is missing on plain http beyond localhost. */
function newKey() {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  );
}

/** This tab's name, which outlives a reload: a tab sends its own letters only. */
function tabName() {
  try {
    return (sessionStorage["holdfast.tab"] ??= newKey());
  } catch {
    return newKey();
  }
}

/**
 * Letters on their way: {key, conversation (null: a new one), text, at, tab}, kept in storage until the server has them
 * on disk, sent one after the other. A letter keeps its send key over retries and reloads, so it arrives once.
 *
 * onState(letter, state): {state: "sending"}, {state: "saved", id, queued} or
 * {state: "unsent", reason, detail, seconds, held}.
 */
export class Outbox {
  static #NAME = "holdfast.outbox";
  static #ABANDONED = 30_000; // ms after which another tab's letter is offered here
  static #LONGEST_WAIT = 30; // s
  #storage;
  #server;
  #conversation;
  #onState;
  #onNew;
  #tab = tabName();
  #letters = [];
  #held = new Map();
  #busy = false;
  #failures = 0;
  #timer = 0;
  #unreached = false; // it waits because the server was out of reach
  #asked = false; // it waits because the server asked it to

  constructor({ storage, server, conversation, onState, onNew }) {
    this.#storage = storage;
    this.#server = server;
    this.#conversation = conversation;
    this.#onState = onState;
    this.#onNew = onNew;
    addEventListener("online", () => this.reached());
  }

  /** The server can be reached again, and its person is known there. */
  reached() {
    const waits = [...this.#held].filter(([, reason]) => reason === "unsentSignin");
    waits.forEach(([key]) => this.#held.delete(key));
    if (this.#unreached || waits.length) {
      this.#deliver();
    }
  }

  /** Shows what an earlier visit could not deliver, and goes on with it. */
  start() {
    const now = Date.now();
    for (const letter of this.#stored().filter((other) => other.conversation === this.#conversation)) {
      if (letter.tab === this.#tab) {
        this.#letters.push(letter);
        this.#onState(letter, { state: "sending" });
      } else if (now - letter.at > Outbox.#ABANDONED) {
        this.#letters.push(letter);
        this.#hold(letter, "unsentElsewhere");
      }
    }
    this.#deliver();
  }

  send(text) {
    const letter = { key: newKey(), conversation: this.#conversation, text, at: Date.now(), tab: this.#tab };
    this.#letters.push(letter);
    this.#store([...this.#stored(), letter]);
    this.#onState(letter, { state: "sending" });
    if (!this.#asked) {
      this.#deliver();
    }
  }

  retry(key) {
    this.#held.delete(key);
    this.#deliver();
  }

  /** Takes a letter back; returns its text. */
  withdraw(key) {
    const letter = this.#letters.find((other) => other.key === key);
    this.#forget(key);
    return letter?.text ?? "";
  }

  /** The server says that the message sent with this key is on disk. queued: it waits for its turn. */
  confirm(key, id, queued) {
    const letter = key && this.#letters.find((other) => other.key === key);
    if (letter) {
      this.#forget(key);
      this.#onState(letter, { state: "saved", id, queued });
    }
  }

  async #deliver() {
    clearInterval(this.#timer);
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    this.#unreached = false;
    this.#asked = false;
    try {
      for (let letter = this.#next(); letter; letter = this.#next()) {
        if (!(await this.#post(letter))) {
          break;
        }
      }
    } finally {
      this.#busy = false;
    }
  }

  #next() {
    return this.#letters.find((letter) => !this.#held.has(letter.key));
  }

  /** Returns whether the next letter may go now. */
  async #post(letter) {
    this.#onState(letter, { state: "sending" });
    const path = letter.conversation ? `c/${letter.conversation}/messages` : "c";
    let result;
    try {
      result = await this.#server.post(path, { text: letter.text, key: letter.key });
    } catch {
      return this.#later(letter, "unsentOffline", 0);
    }
    const { ok, status, wait, answer } = result;
    if (ok) {
      this.#failures = 0;
      this.confirm(letter.key, answer.message, answer.queued);
      if (!letter.conversation) {
        this.#readdress(answer.id);
        this.#onNew(answer.id);
        return false;
      }
    } else if (status === 429 || status >= 500) {
      return this.#later(letter, status === 429 ? "unsentBusy" : "unsentServer", wait);
    } else {
      const cause = answer.detail ?? answer.title; // a proxy's own page has none
      const other = cause ? "unsentRefused" : status === 413 ? "unsentLong" : "unsentOnTheWay";
      const reason = { 401: "unsentSignin", 404: "unsentGone" }[status] ?? other;
      this.#hold(letter, reason, cause ?? String(status));
    }
    return true;
  }

  /** Waits for the person. */
  #hold(letter, reason, detail) {
    if (this.#letters.includes(letter)) {
      this.#held.set(letter.key, reason);
      this.#onState(letter, { state: "unsent", reason, detail });
    }
  }

  /** Waits for the clock, longer each time. */
  #later(letter, reason, wait) {
    if (!this.#letters.includes(letter)) {
      return true; // confirmed by the stream, or withdrawn, in the meantime
    }
    this.#asked = reason === "unsentBusy";
    this.#unreached = !this.#asked;
    let seconds = wait || Math.min(Outbox.#LONGEST_WAIT, 2 ** ++this.#failures);
    // One that was taken back meanwhile does not come up again.
    const tell = () =>
      this.#letters.includes(letter) && this.#onState(letter, { state: "unsent", reason, detail: seconds });
    tell();
    this.#timer = setInterval(() => (--seconds > 0 ? tell() : this.#deliver()), 1000);
    return false;
  }

  /** What was written after the first letter of a new conversation belongs to the same one. */
  #readdress(conversation) {
    const own = (letter) => letter.tab === this.#tab && !letter.conversation;
    this.#store(this.#stored().map((letter) => (own(letter) ? { ...letter, conversation } : letter)));
  }

  #forget(key) {
    this.#letters = this.#letters.filter((letter) => letter.key !== key);
    this.#held.delete(key);
    this.#store(this.#stored().filter((letter) => letter.key !== key));
  }

  #stored() {
    try {
      return JSON.parse(this.#storage.get(Outbox.#NAME) ?? "[]");
    } catch {
      return []; // not ours
    }
  }

  #store(letters) {
    this.#storage.set(Outbox.#NAME, letters.length ? JSON.stringify(letters) : null);
  }
}

/**
 * What is typed and not sent, kept twice: in this browser, as it is, with every key; and on the server, without its
 * secrets, once the typing pauses. Of two copies the later counts. The local one has the server's time while both are the
 * same, and a later one from the next change on, whatever this browser's clock says. A new conversation has only the
 * local one.
 */
export class Draft {
  static #PAUSE = 2000; // ms without a key before it goes to the server
  #storage;
  #server;
  #conversation;
  #name;
  #text = "";
  #at = 0; // of the text here
  #saved; // of the server's copy; 0: it has none
  #onItsWay = false; // what was here is being sent as a message: until that is on disk, the server's copy stays
  #reachable = true;
  #taken = true; // the server takes so much
  #busy = false;
  #timer = 0;

  /** @param saved when the server kept its copy; NaN or 0 if it has none */
  constructor({ storage, server, conversation, saved }) {
    this.#storage = storage;
    this.#server = server;
    this.#conversation = conversation;
    this.#name = `holdfast.draft.${conversation ?? "new"}`;
    this.#saved = saved || 0;
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    addEventListener("pagehide", () => this.#unsaved && this.#post({ keepalive: true }).catch(() => {}));
  }

  /** The later of the server's copy and the one here. */
  begin(served) {
    const at = Number(this.#storage.get(this.#timeName)) || 0;
    const local = this.#storage.get(this.#name) ?? "";
    const here = at >= this.#saved && (local || at);
    this.#text = here ? local : served;
    this.#at = here ? at : this.#saved;
    this.#onItsWay = !this.#text;
    if (this.#unsaved) {
      this.#later();
    }
    return this.#text;
  }

  /** @param taken whether the server would take so much */
  change(text, taken) {
    this.#onItsWay &&= !text;
    this.#taken = taken;
    this.#keep(text);
    this.#later();
  }

  /** It became a message, which is on its way. */
  send() {
    clearTimeout(this.#timer);
    this.#onItsWay = true;
    this.#taken = true;
    this.#keep("");
  }

  /** The message is on disk. */
  sent() {
    this.#onItsWay = false;
    this.reach(true);
  }

  /** Whether there is somebody to save it with. */
  reach(reachable) {
    this.#reachable = reachable;
    if (reachable) {
      this.save();
    }
  }

  /** The conversation was moved to the trash, with the server's copy. */
  leave() {
    this.#reachable = false;
    this.#conversation = null;
    this.#forget();
  }

  /** Failure is silent: the copy here is the better one. */
  async save() {
    if (!this.#unsaved || this.#busy || !navigator.onLine) {
      return;
    }
    clearTimeout(this.#timer);
    this.#busy = true;
    const at = this.#at;
    try {
      const { ok, status, answer } = await this.#post();
      if (ok) {
        this.#savedAs(at, Date.parse(answer.at));
      } else if ([401, 403, 404].includes(status)) {
        this.#reachable = false; // until something says otherwise
      }
    } catch {
      // It is tried again with the next key, or when the connection is back.
    } finally {
      this.#busy = false;
    }
    if (this.#at !== at && this.#unsaved) {
      this.#later();
    }
  }

  get #unsaved() {
    const blocked = !this.#conversation || !this.#reachable || !this.#taken || (this.#onItsWay && !this.#text);
    return !blocked && this.#at !== this.#saved;
  }

  get #timeName() {
    return `${this.#name}.at`;
  }

  #post(options) {
    return this.#server.post(`c/${this.#conversation}/draft`, { text: this.#text }, options);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), Draft.#PAUSE);
  }

  /** @param at of what was posted; the text may have changed meanwhile */
  #savedAs(at, saved) {
    const same = this.#at === at;
    this.#saved = same && !this.#text ? 0 : saved;
    this.#at = same ? this.#saved : Math.max(this.#at, saved + 1);
    this.#store();
  }

  #keep(text) {
    this.#text = text;
    this.#at = text || this.#saved ? Math.max(Date.now(), this.#at + 1, this.#saved + 1) : 0;
    this.#store();
  }

  #forget() {
    this.#text = "";
    this.#at = 0;
    this.#store();
  }

  #store() {
    this.#storage.set(this.#name, this.#text);
    this.#storage.set(this.#timeName, this.#at ? String(this.#at) : null);
  }
}

/** The field one writes in: it grows, keeps what is typed, and sends. */
export class Composer {
  #form;
  #text;
  #stopButton;
  #tooLong;
  #draft;
  #texts;
  #onSend;
  #grows = CSS.supports("field-sizing", "content");
  #touch = matchMedia("(pointer: coarse)");

  constructor({ form, stop, stopButton, tooLong, draft, conversation, server, texts, onSend }) {
    this.#form = form;
    this.#text = form.elements.text;
    this.#stopButton = stopButton;
    this.#tooLong = tooLong;
    this.#draft = draft;
    this.#texts = texts;
    this.#onSend = onSend;
    const given = this.#text.value; // by a form that failed, unless the server says that it is the draft
    this.#text.value = given && !this.#text.dataset.savedAt ? given : draft.begin(given);
    this.#text.selectionStart = this.#text.value.length; // one goes on typing where one stopped
    this.#fit();
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("change", () => draft.save());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(this.#text.value);
    });
    stop?.addEventListener("submit", (event) => {
      event.preventDefault();
      stopButton.disabled = true;
      server
        .post(`c/${conversation}/stop`)
        .catch(() => {})
        .finally(() => (stopButton.disabled = false));
    });
    if (!this.#touch.matches) {
      this.focus();
    }
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  /** Whether there is something to stop. */
  running(running) {
    if (!this.#stopButton) {
      return; // a conversation that is not there yet has nothing to stop
    }
    if (!running && document.activeElement === this.#stopButton) {
      this.focus();
    }
    this.#stopButton.hidden = !running;
  }

  /** Puts a text back in front of what is there. */
  edit(text) {
    this.#text.value = [text, this.#text.value].filter(Boolean).join("\n\n");
    this.#typed();
    this.focus();
  }

  submit(text) {
    if (!text.trim() || this.#isTooLong(text)) {
      this.focus();
      return;
    }
    const usage = text.trim() === "/tokens" && document.getElementById("usage");
    if (usage) {
      this.#text.value = "";
      this.#typed();
      location.assign(usage.href);
      return;
    }
    this.#text.value = "";
    this.#draft.send();
    this.#isTooLong("");
    this.#fit();
    this.focus();
    this.#onSend(text);
  }

  #typed() {
    this.#draft.change(this.#text.value, !this.#isTooLong(this.#text.value));
    this.#fit();
  }

  /** Enter that ends the typing of a word in an input method (229) is not ours. */
  #key(event) {
    const plain = !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229;
    if (event.key === "Enter" && plain && (!this.#touch.matches || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#form.requestSubmit();
    }
  }

  #isTooLong(text) {
    const most = Number(this.#form.dataset.max);
    const bytes = text.length * 3 > most ? new TextEncoder().encode(text).length : 0;
    this.#tooLong.hidden = bytes <= most;
    this.#tooLong.textContent =
      bytes > most ? this.#texts.say("tooLong", bytes.toLocaleString(), most.toLocaleString()) : "";
    return bytes > most;
  }

  #fit() {
    if (!this.#grows) {
      this.#text.style.height = "auto";
      this.#text.style.height = `${this.#text.scrollHeight}px`;
    }
  }
}
