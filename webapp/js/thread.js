// The messages of one conversation: what is there, what arrives, what is on its way out.
import { Growing } from "./live.js";

export class Thread {
  static #NEAR = 48; // px from the end that still count as "at the end"
  static #FAR = 20; // parts of 50 messages that are fetched to show one that was searched for
  #element;
  #scroll;
  #newest;
  #earlier;
  #usage;
  #path;
  #server;
  #texts;
  #clock;
  #say;
  #onRunning;
  #onDo;
  #blocks = new Map(); // "message/block" → Growing
  #missed = new Map(); // message → deltas that came while its fragment was fetched
  #waiting = new Set(); // what goes on with fetching that failed
  #cuts = 0;
  #frame = 0;
  #loading = null;
  #near = null;

  constructor({ element, scroll, newest, earlier, usage, path, server, texts, clock, say, onRunning, onDo }) {
    this.#element = element;
    this.#scroll = scroll;
    this.#newest = newest;
    this.#earlier = earlier;
    this.#usage = usage;
    this.#path = path;
    this.#server = server;
    this.#texts = texts;
    this.#clock = clock;
    this.#say = say;
    this.#onRunning = onRunning;
    this.#onDo = onDo;
    this.#dress(element);
    addEventListener("online", () => this.reached());
    scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    newest.addEventListener("click", () => {
      this.toNewest();
      scroll.focus({ preventScroll: true });
    });
    element.addEventListener("click", (event) => this.#clicked(event.target.closest("[data-do]")));
    if (earlier) {
      const margin = { root: scroll, rootMargin: "600px 0px 0px 0px" };
      this.#near = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && this.#loadEarlier(), margin);
      this.#near.observe(earlier);
      earlier.addEventListener("click", () => this.#loadEarlier());
    }
  }

  /** The scroll is upside down: its end is 0, above it is negative. */
  toNewest() {
    this.#scroll.scrollTop = 0;
  }

  // ——— on its way out

  /** Shows a letter of the outbox in its state. */
  pending(letter, { state, id, queued, reason, detail }) {
    let message = this.#element.querySelector(`[data-key="${CSS.escape(letter.key)}"]`);
    if (state === "saved") {
      this.#keep(message, id, queued);
      return;
    }
    if (!message) {
      message = this.#copyOf("pending-message");
      message.dataset.key = letter.key;
      message.querySelector(".typed").textContent = letter.text;
      this.#element.append(message);
    }
    this.#mark(message, state);
    message.querySelector("[data-part=unsent]").hidden = state !== "unsent";
    const words = state === "unsent" ? this.#texts.say(reason, detail) : "";
    const place = message.querySelector("[data-part=reason]");
    if (place.textContent !== words) {
      place.textContent = words;
    }
  }

  #keep(message, id, queued) {
    if (!message) {
      return;
    }
    if (id && this.#find(id)) {
      message.remove(); // it came by the stream already
      return;
    }
    this.#name(message, id);
    delete message.dataset.key;
    message.querySelector("[data-part=unsent]")?.remove();
    const time = message.querySelector("time");
    time.dateTime = new Date().toISOString();
    this.#mark(message, "complete");
    this.#wait(message, queued);
    message.querySelectorAll("[name=message]").forEach((field) => (field.value = id));
    const edit = message.querySelector("[name=text]");
    if (edit) {
      edit.defaultValue = message.querySelector(".typed").textContent;
    }
    this.#clock.show(message);
    this.#divide(message);
  }

  // ——— what the stream says

  async saved({ id, parent, queued }) {
    const held = this.#find(id);
    if (!held && !queued && !this.#leave(parent)) {
      await this.reload();
      return;
    }
    this.#wait(held ?? this.#place(id), queued);
    // What the server says of one that waits has no Edit.
    if (!held || (!queued && !held.querySelector("[data-part=edit]"))) {
      await this.#fetch(id);
    }
  }

  started({ id, parent, model, replaces }) {
    this.#onRunning(true);
    if (this.#find(id)) {
      return;
    }
    if (!this.#leave(parent)) {
      this.reload();
      return;
    }
    const message = this.#copyOf("started-reply");
    this.#name(message, id);
    message.querySelector("[data-part=author]").textContent = model;
    message.querySelector("[data-part=model]").textContent = model;
    message.querySelector("[data-part=waiting]").textContent = this.#texts.say(replaces ? "again" : "waiting", model);
    const before = this.#find(parent);
    if (before) {
      this.#wait(before, false);
      before.after(message);
    } else {
      this.#element.append(message);
    }
    this.#say(this.#texts.say("replying"));
  }

  /**
   * What comes now comes behind `parent` (null: at the beginning), so what stands there is on another branch. Returns false
   * if that message is not shown.
   */
  #leave(parent) {
    const before = parent ? this.#find(parent) : null;
    if (parent && !before) {
      return false;
    }
    let other = before ? before.nextElementSibling : this.#element.firstElementChild;
    while (other) {
      const next = other.nextElementSibling;
      if (other.matches(".cut") || (other.dataset.id && other.dataset.state !== "queued")) {
        other.remove();
      }
      other = next;
    }
    return true;
  }

  /** The active path leads elsewhere: shows it as the server has it. What is on its way out stays. */
  async reload() {
    const page = await this.#server.document(this.#path.replace(/\/messages$/, ""));
    const fresh = [...page.getElementById("thread").children].map((message) => document.adoptNode(message));
    if (Boolean(page.getElementById("earlier")) !== Boolean(this.#earlier?.isConnected)) {
      location.reload();
      return;
    }
    const { dataset } = document.activeElement;
    const around = document.activeElement.closest?.(".message")?.dataset.parent;
    this.#blocks.clear();
    this.#element.replaceChildren(...fresh, ...this.#element.querySelectorAll("[data-key]"));
    this.#dress(this.#element);
    const same = dataset.do && around !== undefined ? `[data-parent="${CSS.escape(around)}"] [data-do="${dataset.do}"]` : null;
    (same && this.#element.querySelector(same))?.focus({ preventScroll: true });
  }

  /** What the model is sent begins at `from` now: the note about that is taken along, as the server has it. */
  async cut({ from }) {
    const turn = ++this.#cuts;
    const page = this.#find(from) && (await this.#server.document(`${this.#path}/${from}`).catch(() => null));
    const first = this.#find(from);
    if (turn !== this.#cuts || (first && !page)) {
      return; // the next event, or the next page, brings it
    }
    const old = this.#element.querySelector(".cut");
    const focused = old?.contains(document.activeElement);
    this.#still(() => {
      old?.remove();
      first?.before(page.querySelector(".cut") ?? "");
    });
    if (focused) {
      this.#scroll.focus({ preventScroll: true });
    }
  }

  kept({ id, kept }) {
    const button = this.#find(id)?.querySelector("[name=keep]");
    if (button) {
      button.value = !kept;
      button.closest(".message").toggleAttribute("data-kept", kept);
    }
  }

  delta(event) {
    const message = this.#find(event.id);
    if (this.#missed.has(event.id)) {
      this.#missed.get(event.id).push(event);
    } else if (!message || message.dataset.state !== "streaming") {
      return; // complete already: an old event of a replayed stream
    } else if (!this.#block(message, event).write(event.at, event.text)) {
      this.#fetch(event.id);
    } else {
      this.#frame ||= requestAnimationFrame(() => this.#flush());
    }
  }

  async done({ id, usage }) {
    this.#flush();
    const message = this.#find(id) ?? this.#place(id);
    this.#onRunning(false);
    if (!message.matches(".message") || message.dataset.state === "streaming") {
      this.#count(usage);
      await this.#fetch(id);
      this.#say(this.#texts.say("done"));
    }
  }

  /** Keeps a message's place while its fragment is on its way: before what is not saved yet, as on disk. */
  #place(id) {
    const place = document.createElement("div");
    place.dataset.id = id;
    this.#element.insertBefore(place, this.#element.querySelector(":scope > [data-key]"));
    return place;
  }

  #block(message, { id, block, kind }) {
    const name = `${id}/${block}`;
    if (!this.#blocks.has(name)) {
      const place = message.querySelector("[data-part=blocks]");
      let element = place.querySelector(`[data-block="${block}"]`);
      if (!element) {
        message.querySelector("[data-part=waiting]")?.remove();
        element = document.createElement("div");
        element.className = `block ${kind}`;
        element.dataset.block = block;
        place.append(element);
      }
      this.#blocks.set(name, new Growing(element));
    }
    return this.#blocks.get(name);
  }

  #flush() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#still(() => this.#blocks.forEach((block) => block.flush()));
  }

  /**
   * Puts the server's own words in the place of what is held by then, trying for a while. What came meanwhile is added
   * after. Words from before the message's turn began are not taken once that is known.
   */
  async #fetch(id) {
    if (this.#missed.has(id)) {
      return;
    }
    this.#missed.set(id, []);
    for (let seconds = 1; this.#find(id); seconds = Math.min(30, seconds * 2)) {
      const page = await this.#server.document(`${this.#path}/${id}`).catch(() => null);
      const fresh = page?.querySelector(".message");
      const held = this.#find(id);
      if (fresh && held && (fresh.dataset.state !== "queued" || held.dataset.state === "queued")) {
        this.#swap(id, held, document.adoptNode(fresh));
        break;
      }
      await new Promise((wake) => {
        this.#waiting.add(wake);
        setTimeout(wake, seconds * 1000);
      });
    }
    const missed = this.#missed.get(id);
    this.#missed.delete(id);
    missed.forEach((event) => this.delta(event));
  }

  /** The server can be reached again. */
  reached() {
    this.#waiting.forEach((wake) => wake());
    this.#waiting.clear();
  }

  #swap(id, held, fresh) {
    [...this.#blocks.keys()].filter((name) => name.startsWith(`${id}/`)).forEach((name) => this.#blocks.delete(name));
    const focused = held.contains(document.activeElement) ? document.activeElement.dataset.do : null;
    this.#dress(fresh);
    this.#still(() => held.replaceWith(fresh));
    this.#divide(fresh);
    if (focused) {
      (fresh.querySelector(`[data-do="${focused}"]`) ?? this.#scroll).focus({ preventScroll: true });
    }
  }

  #count({ input = 0, output = 0, cacheRead = 0, cacheWrite = 0 } = {}) {
    const sums = this.#usage.dataset;
    sums.input = Number(sums.input) + input + cacheRead + cacheWrite;
    sums.cached = Number(sums.cached) + cacheRead;
    sums.output = Number(sums.output) + output;
    const figures = [sums.input, sums.cached, sums.output].map((sum) => Number(sum).toLocaleString());
    this.#usage.textContent = this.#texts.say("usage", ...figures);
    this.#usage.hidden = Number(sums.input) + Number(sums.output) === 0;
  }

  // ——— scrolling

  /** Changes the thread without moving what the reader looks at: at the end it follows, above it stands still. */
  #still(change) {
    const before = this.#scroll.scrollTop;
    const height = this.#scroll.scrollHeight;
    change();
    if (before < -Thread.#NEAR && this.#scroll.scrollTop === before) {
      this.#scroll.scrollTop = before - (this.#scroll.scrollHeight - height);
    }
  }

  #scrolled() {
    this.#newest.hidden = this.#scroll.scrollTop > -2 * Thread.#NEAR;
  }

  /** Scrolls to a message that an address or a search names. What lies before the page is fetched, up to a bound. */
  async reveal(id) {
    if (!id || this.#find(id)) {
      return; // nothing is named, or the browser has done it
    }
    for (let parts = 0; parts < Thread.#FAR && !this.#find(id) && this.#earlier?.isConnected; parts++) {
      await this.#loadEarlier();
    }
    if (this.#find(id)) {
      location.replace(location.href); // now there is what it names
    }
  }

  /** Once at a time. */
  #loadEarlier() {
    this.#loading ??= this.#fetchEarlier().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #fetchEarlier() {
    const first = this.#element.querySelector(".message[data-id]");
    if (!first) {
      return;
    }
    try {
      const page = await this.#server.document(`${this.#path}?before=${first.dataset.id}&limit=50`);
      const older = page.querySelector("[data-more]");
      const messages = [...older.children].map((message) => document.adoptNode(message));
      messages.forEach((message) => this.#dress(message));
      this.#element.prepend(...messages);
      [...messages, first].forEach((message) => this.#divide(message));
      this.#near.unobserve(this.#earlier);
      if (older.dataset.more === "true") {
        this.#near.observe(this.#earlier); // looks again: what came may not fill the view
      } else {
        this.#earlier.remove();
      }
    } catch {
      // The button is still there.
    }
  }

  // ——— one message

  #find(id) {
    return id ? this.#element.querySelector(`:scope > [data-id="${CSS.escape(id)}"]`) : null;
  }

  /** From now on it can be found, also by an address. */
  #name(message, id) {
    message.dataset.id = id ?? "";
    message.id = id ? `message-${id}` : "";
  }

  #copyOf(template) {
    return document.getElementById(template).content.firstElementChild.cloneNode(true);
  }

  #mark(message, state) {
    message.dataset.state = state;
    const words = this.#texts.say({ sending: "sending", unsent: "unsent" }[state] ?? "saved");
    const tick = message.querySelector("[data-part=tick]");
    tick.title = words;
    tick.querySelector("span").textContent = words;
  }

  /** Whether it waits for its turn; then it stays when what is shown before it changes. */
  #wait(message, queued) {
    message.dataset.state = queued ? "queued" : "complete";
    if (message.matches(".message")) {
      this.#remark(message, queued ? this.#texts.say("queued") : "");
    }
  }

  #remark(message, words) {
    let remark = message.querySelector("[data-part=remark]");
    if (!remark && words) {
      remark = document.createElement("p");
      remark.className = "remark";
      remark.dataset.part = "remark";
      message.querySelector(".about").before(remark);
    }
    if (words) {
      remark.textContent = words;
    } else {
      remark?.remove();
    }
  }

  /** Adds what only JavaScript can: local times, days, a copy button on code. */
  #dress(element) {
    this.#clock.show(element);
    for (const code of element.querySelectorAll(".words pre")) {
      const box = document.createElement("div");
      box.className = "code-box";
      code.replaceWith(box);
      box.append(code, this.#copyOf("copy-code"));
    }
    if (element === this.#element) {
      element.querySelectorAll(".message").forEach((message) => this.#divide(message));
    }
  }

  /** Writes the day above the first message of each. */
  #divide(message) {
    const day = (of) => {
      const time = of?.querySelector("time[datetime]");
      return time ? this.#clock.day(new Date(time.dateTime)) : null;
    };
    const own = day(message);
    const above = message.previousElementSibling;
    const before = day(above?.matches(".cut") ? above.previousElementSibling : above);
    if (own && before && own !== before) {
      message.dataset.day = own;
    } else {
      delete message.dataset.day;
    }
  }

  #clicked(button) {
    const message = button?.closest(".message");
    const act = button?.dataset.do;
    if (act === "copy") {
      const words = message.querySelector("[data-part=words], [data-part=blocks]");
      this.#copy(button, words.innerText.trim(), this.#texts.say("copy"));
    } else if (act === "copy-code") {
      const code = button.parentElement.querySelector("code");
      this.#copy(button, code.textContent, this.#texts.say("copyCode"));
    } else if (act === "retry") {
      this.#onDo.retry(message.dataset.key);
    } else if (act === "edit") {
      this.#onDo.edit(message.dataset.key);
      message.remove();
    }
  }

  async #copy(button, text, label) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Plain http has no clipboard: the old way.
      const field = document.body.appendChild(document.createElement("textarea"));
      field.className = "unseen";
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = this.#texts.say("copied");
    this.#say(this.#texts.say("copied"));
    setTimeout(() => (button.textContent = label), 2000);
  }
}
