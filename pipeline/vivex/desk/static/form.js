// The form beside the paper: which question is before the reviewer, and what each act sends.

import { post } from "./api.js";
import { ask, el, fill, say, tell } from "./dom.js";
import { entry, questionElement, stands } from "./question.js";
import { Stopwatch } from "./stopwatch.js";

const FILTERS = {
  all: ["All questions", () => true],
  open: ["Left to answer", (q) => q.state !== "answered"],
  unsure: ["Unsure proposals", (q) => q.rows.some((row) => row.unsure && row.status === "proposed")],
  mine: ["Changed or added by me", (q) => q.rows.some((row) => ["changed", "mine", "dropped"].includes(row.status))],
  high: ["High risk", (q) => q.rows.some((row) => row.value === "high" && row.status !== "dropped")],
};
const FOR_ADJUDICATOR = "For the adjudicator: ";

export class Form {
  /** Show a study's form in `host`; `paper` gives the selection and shows places, `redraw` shows a study anew. */
  constructor(host, study, review, { paper, redraw }) {
    this.host = host;
    this.study = study;
    this.review = review;
    this.paper = paper;
    this.redraw = redraw;
    this.readOnly = review.readOnly || !study.mine && study.blind;
    this.blind = study.blind;
    this.questions = new Map(study.questions.map((question) => [question.label, question]));
    this.order = review.tables.flatMap((table) => table.labels);
    this.current = null;
    this.chip = 0;
    this.filter = "all";
    this.watch = new Stopwatch();
    this.turn = Promise.resolve(); // acts follow one another, each on what the one before left
    this.build();
    host.addEventListener("focusin", (event) => this.focused(event));
  }

  close() {
    this.watch.close();
  }

  build() {
    this.count = el("p.count", { role: "status" });
    const choose = el("select", { onchange: (event) => this.show(event.target.value) },
      Object.entries(FILTERS).map(([key, [words]]) => el("option", { value: key }, words)));
    this.tables = this.review.tables.map((table) => {
      const body = el("div.questions", {}, table.labels.map((label) => questionElement(this.questions.get(label), this)));
      const left = el("span.left");
      return { table, left, element: el("details.table", { open: true }, el("summary", {}, el("h2", {}, table.heading), left), body) };
    });
    const bound = el("div.bound");
    fill(this.host, [el("div.filter", {}, el("label", {}, "Show ", choose), this.count), this.tables.map((t) => t.element), bound]);
    this.bound = bound;
    this.tally();
  }

  tally() {
    let left = 0;
    for (const { table, left: place } of this.tables) {
      const open = table.labels.filter((label) => this.questions.get(label).state !== "answered").length;
      place.textContent = open ? `${open} left` : "done";
      left += open;
    }
    this.count.textContent = left ? `${left} of ${this.order.length} left` : "All questions are answered";
  }

  show(filter) {
    this.filter = filter;
    for (const [label, question] of this.questions) {
      this.element(label).hidden = !FILTERS[filter][1](question);
    }
    for (const { table, element } of this.tables) {
      element.hidden = table.labels.every((label) => this.element(label).hidden);
    }
  }

  element(label) {
    return this.host.querySelector(`[data-label="${CSS.escape(label)}"]`);
  }

  /** Show a question as it stands now, and keep the place of the person in it. */
  update(question) {
    const old = this.element(question.label);
    const had = old.contains(document.activeElement);
    const opened = old.querySelector("details.alternatives")?.open;
    this.questions.set(question.label, question);
    const made = questionElement(question, this);
    if (opened && made.querySelector("details.alternatives")) made.querySelector("details.alternatives").open = true;
    const slot = old.querySelector(".slot");
    const at = document.activeElement;
    const typing = slot.childElementCount && !slot.dataset.sent; // somebody types there: it stays as it is
    if (typing) made.querySelector(".slot").replaceWith(slot);
    old.replaceWith(made);
    this.tally();
    if (question.label === this.current) made.classList.add("current");
    if (typing && slot.contains(at)) at.focus();
    else if (had) this.focus(question.label, this.chip);
    else if (question.label === this.current) this.marks();
  }

  // -- where the person is

  focused(event) {
    const at = event.target.closest(".question");
    if (!at) return;
    const { label } = at.dataset;
    const question = this.questions.get(label);
    const row = event.target.dataset.row;
    if (row !== undefined) this.chip = Math.max(0, question.rows.findIndex((one) => one.row === row));
    else if (label !== this.current) this.chip = 0;
    if (label !== this.current) {
      this.host.querySelector(".question.current")?.classList.remove("current");
      at.classList.add("current");
      this.current = label;
      this.watch.start(label);
    }
    this.marks({ reveal: event.target.classList.contains("value") || event.target === at || row !== undefined });
  }

  /** Put the focus on a question: on one of its chips, else on itself. */
  focus(label, chip = 0) {
    const element = this.element(label);
    if (!element) return;
    const table = element.closest("details");
    if (table) table.open = true;
    element.hidden = false;
    const targets = this.targets(element);
    const question = this.questions.get(label);
    const pressed = question.single ? targets.find((one) => one.getAttribute("aria-pressed") === "true") ?? targets.find((one) => one.classList.contains("is-proposed")) : null;
    const target = pressed ?? targets[Math.min(chip, targets.length - 1)] ?? element;
    target.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  /** Return what of a question can be answered with: its chips, or the choices of a judgement. */
  targets(element) {
    return [...element.querySelectorAll(":scope > .chips .value, .choice")];
  }

  step(by) {
    const shown = this.order.filter((label) => !this.element(label).hidden);
    const at = shown.indexOf(this.current);
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next) this.focus(next);
  }

  stepChip(by) {
    const question = this.here();
    if (!question) return;
    const targets = this.targets(this.element(question.label));
    if (!targets.length) return;
    const at = targets.indexOf(document.activeElement);
    targets[(at + by + targets.length) % targets.length].focus();
  }

  here() {
    return this.current ? this.questions.get(this.current) : null;
  }

  rowOf(question) {
    return question.rows[Math.min(this.chip, question.rows.length - 1)] ?? null;
  }

  nextOpen() {
    const at = this.order.indexOf(this.current);
    const ahead = [...this.order.slice(at + 1), ...this.order.slice(0, at)];
    const next = ahead.find((label) => this.questions.get(label).state !== "answered" && !this.element(label).hidden);
    if (next) this.focus(next);
    else say("No question is left.");
    return next;
  }

  marks({ reveal = false } = {}) {
    const question = this.here();
    const found = [];
    const add = (row, label, strong) => {
      for (const place of row.evidence) {
        if (place.start !== null) found.push({ ...place, kind: row.status, strong, label });
      }
    };
    for (const [label, one] of this.questions) {
      if (label !== this.current) one.rows.forEach((row) => row.status !== "dropped" && add({ ...row, evidence: row.evidence.slice(0, 1) }, label, false));
    }
    const row = question ? this.rowOf(question) : null;
    if (question) question.rows.forEach((one) => add(one, question.label, one === row || question.rows.length === 1));
    this.paper.show(found);
    this.places = question ? question.rows.flatMap((one) => one.evidence).filter((place) => place.start !== null) : [];
    const [first] = row ? row.evidence : [];
    if (reveal && first && first.start !== null) this.paper.reveal(first.start, first.end, first.page);
  }

  go(place) {
    document.dispatchEvent(new CustomEvent("show-paper"));
    if (place.start === null) say(`The paper's text holds this no more: ${place.quote}`);
    else this.paper.reveal(place.start, place.end, place.page);
  }

  stepMark(by) {
    const places = [...(this.places ?? [])].sort((a, b) => a.start - b.start);
    if (!places.length) return say("This question has no marks.");
    this.place = ((this.place ?? -1) + by + places.length) % places.length;
    this.go(places[this.place]);
    say(`Mark ${this.place + 1} of ${places.length}: ${places[this.place].quote}`);
    return undefined;
  }

  // -- acts

  act(question, what, more = {}, options = {}) {
    if (this.readOnly) {
      say("This desk only reads.");
      return Promise.resolve(false);
    }
    const turn = this.turn.then(() => this.send(this.questions.get(question.label), what, more, options));
    this.turn = turn.catch(() => {});
    return turn;
  }

  async send(question, what, more, { next = false } = {}) {
    const sent = { what, label: question.label, seen: question.seen, version: this.study.version, seconds: this.watch.take(question.label), ...more };
    try {
      const got = await post(`/api/studies/${this.study.id}/act`, sent);
      if (got.changed) return await this.changedElsewhere(question, got, what, more);
      this.standing(got);
      this.update(got.question);
      document.dispatchEvent(new CustomEvent("study-changed"));
      if (got.stale) await this.redraw();
      if (next) this.nextOpen();
      return true;
    } catch (error) {
      delete this.element(question.label).querySelector(".slot").dataset.sent;
      await tell("Not saved", el("p", {}, error.message));
      if (!this.element(question.label).querySelector(".slot").childElementCount) this.focus(question.label, this.chip);
      return false;
    }
  }

  /** Take over what changes with each act beside the questions. */
  standing({ version, canUndo, canRedo, canClose }) {
    Object.assign(this.study, { version, canUndo, canRedo, canClose });
  }

  /** Ask what is to stand where the question was decided in another window, or by an import, meanwhile. */
  async changedElsewhere(question, got, what, more) {
    const said = (of) => of.rows.filter(stands).map((row) => row.value).join("; ") || "nothing";
    const content = el("dl", {}, el("dt", {}, "You saw"), el("dd", {}, said(question)), el("dt", {}, "It stands now"), el("dd", {}, said(got.question)));
    const answer = await ask(`${question.name}: decided elsewhere`, [el("p", {}, got.changed), content], [["Keep what stands", ""], ["Do mine as well", "mine"]]);
    this.study.version = got.version;
    this.update(got.question);
    if (answer === "mine") return this.send(got.question, what, more);
    if (got.stale) await this.redraw();
    return false;
  }

  async toggle(question, row) {
    this.chip = question.rows.indexOf(row);
    await this.turn;
    const now = this.questions.get(question.label).rows.find((one) => one.row === row.row) ?? row;
    return this.act(question, stands(now) ? "clear" : "take", { row: now.row });
  }

  take(question) {
    const row = this.rowOf(question);
    if (question.single) {
      const at = document.activeElement?.dataset.choice ?? row?.proposed;
      return at ? this.judge(question, at, row?.group ?? "") : undefined;
    }
    return row ? this.act(question, "take", { row: row.row }) : this.open(question, null);
  }

  judge(question, choice, group) {
    return this.act(question, "add", { value: choice, group: group || null });
  }

  drop(question) {
    const row = this.rowOf(question);
    return row && !question.single ? this.act(question, "drop", { row: row.row }) : undefined;
  }

  silent(question) {
    if (!question.silence) return question.choices.includes("no") ? this.judge(question, "no", "") : undefined;
    return this.act(question, "silent");
  }

  takeAll(question) {
    return question.rows.length && !question.single ? this.act(question, "take_all") : undefined;
  }

  /** Be done with a question: what is left of its proposals is dropped, and the next one comes. */
  async done(asked) {
    await this.turn;
    const question = this.questions.get(asked.label);
    if (question.state === "answered" || this.readOnly) return this.nextOpen();
    return this.act(question, "finish", {}, { next: true });
  }

  addValue(question, value, { group = null, spans } = {}) {
    return this.act(question, "add", { value, group, ...(spans ? { spans } : {}) });
  }

  /** Open the place to type: for a new value, or to change a row's. */
  open(question, row) {
    if (this.readOnly) return;
    const slot = this.element(question.label).querySelector(".slot");
    const { selection } = this.paper;
    const close = () => {
      fill(slot, []);
      this.focus(question.label, this.chip);
    };
    const given = async (value, group) => {
      if (!value && !row) return say("Type a value, or press Escape.");
      const spans = selection ? { spans: [selection] } : {};
      const same = row && value === row.value;
      const sent = row ? { row: row.row, value: same ? "" : value, group, ...spans } : { value, group: group || null, ...spans };
      slot.dataset.sent = "yes";
      if (await this.act(question, row ? "answer" : "add", sent)) this.paper.select(0, 0);
      return undefined;
    };
    const start = { value: row?.value ?? "", group: row?.group ?? "", selected: this.paper.quote(), changing: Boolean(row) };
    delete slot.dataset.sent;
    fill(slot, [entry(question, start, given, close)]);
    const field = slot.querySelector("textarea, select");
    field.focus();
    field.select?.();
  }

  /** Make the selected words the evidence of the row before the person; without a row, open a new value. */
  evidence(question) {
    const { selection } = this.paper;
    if (!selection) return say("Select words of the paper first: with the mouse, or with the keys . and ,");
    const row = this.rowOf(question);
    if (!row) return this.open(question, null);
    return this.act(question, "answer", { row: row.row, spans: [selection] }).then((good) => good && this.paper.select(0, 0));
  }

  note(question, row, start = "") {
    if (!row || row.status === "proposed") return say("Decide first; then a note can be kept with the decision.");
    const slot = this.element(question.label).querySelector(".slot");
    const close = () => {
      fill(slot, []);
      this.focus(question.label, this.chip);
    };
    const text = el("textarea", { rows: 3, value: row.note || start });
    const send = (event) => {
      event.preventDefault();
      slot.dataset.sent = "yes";
      this.act(question, "note", { row: row.row, note: text.value });
    };
    delete slot.dataset.sent;
    fill(slot, [el("form.entry", {
      onsubmit: send,
      onkeydown: (event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          close();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
      },
    }, el("label", {}, question.single ? "Support for the judgement, in your words" : "Note", text),
      el("div.row", {}, el("button", { type: "submit", className: "main" }, "Keep"), el("button", { type: "button", onclick: close }, "Cancel")))]);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    return undefined;
  }

  askAdjudicator(question) {
    const row = question.rows.find(stands) ?? this.rowOf(question);
    return this.note(question, row, FOR_ADJUDICATOR);
  }
}
