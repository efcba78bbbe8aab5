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
 * onState(letter, state): {state: "sending"}, {state: "saved", id} or {state: "unsent", reason, detail, seconds, held}.
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

  constructor({ storage, server, conversation, onState, onNew }) {
    this.#storage = storage;
    this.#server = server;
    this.#conversation = conversation;
    this.#onState = onState;
    this.#onNew = onNew;
    addEventListener("online", () => this.#deliver());
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
    this.#deliver();
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

  /** The server says that the message sent with this key is on disk. */
  confirm(key, id) {
    const letter = key && this.#letters.find((other) => other.key === key);
    if (letter) {
      this.#forget(key);
      this.#onState(letter, { state: "saved", id });
    }
  }

  async #deliver() {
    clearInterval(this.#timer);
    if (this.#busy) {
      return;
    }
    this.#busy = true;
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
      this.confirm(letter.key, answer.message);
      if (!letter.conversation) {
        this.#readdress(answer.id);
        this.#onNew(answer.id);
        return false;
      }
    } else if (status === 429 || status >= 500) {
      return this.#later(letter, status === 429 ? "unsentBusy" : "unsentServer", wait);
    } else {
      const reason = { 401: "unsentSignin", 404: "unsentGone" }[status] ?? "unsentRefused";
      this.#hold(letter, reason, answer.detail ?? answer.title ?? String(status));
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
    let seconds = wait || Math.min(Outbox.#LONGEST_WAIT, 2 ** ++this.#failures);
    const tell = () => this.#onState(letter, { state: "unsent", reason, detail: seconds });
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

/** The field one writes in: it grows, keeps a draft in this browser, and sends. */
export class Composer {
  #form;
  #text;
  #stopButton;
  #tooLong;
  #storage;
  #draft;
  #texts;
  #onSend;
  #grows = CSS.supports("field-sizing", "content");
  #touch = matchMedia("(pointer: coarse)");

  constructor({ form, stop, stopButton, tooLong, storage, conversation, server, texts, onSend }) {
    this.#form = form;
    this.#text = form.elements.text;
    this.#stopButton = stopButton;
    this.#tooLong = tooLong;
    this.#storage = storage;
    this.#draft = `holdfast.draft.${conversation ?? "new"}`;
    this.#texts = texts;
    this.#onSend = onSend;
    this.#text.value ||= storage.get(this.#draft) ?? "";
    this.#fit();
    this.#text.addEventListener("input", () => this.#typed());
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
    this.#text.value = "";
    this.#typed();
    this.focus();
    this.#onSend(text);
  }

  #typed() {
    this.#storage.set(this.#draft, this.#text.value);
    this.#isTooLong(this.#text.value);
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
