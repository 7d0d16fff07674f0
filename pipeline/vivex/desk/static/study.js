// The study screen: the paper left, its form right; tabs where the screen is narrow.

import { get, post } from "./api.js";
import { ask, button, el, fill, say, shortened, tell } from "./dom.js";
import { Form } from "./form.js";
import { Paper } from "./paper.js";
import { Given } from "./given.js";

const ZOOMS = [80, 100, 125, 150, 200, 300];

/** Show a study; return what takes keys and what ends the screen. */
export async function studyScreen(main, review, id) {
  const screen = new StudyScreen(main, review, await get(`/api/studies/${id}`));
  return { keys: screen.keys(), close: () => screen.close(), title: screen.study.called };
}

class StudyScreen {
  constructor(main, review, study) {
    this.main = main;
    this.review = review;
    this.left = el("section.pane.paper-pane", { ariaLabel: "Paper" });
    this.right = el("section.pane.form-pane", { ariaLabel: "Form" });
    this.bar = el("div.study-bar");
    this.picked = el("div.picked", { hidden: true });
    this.holder = el("div.paper-holder");
    this.formHolder = el("div.form-holder");
    this.tabs = el("div.tabs", { role: "group", ariaLabel: "Show" },
      ["form", "paper"].map((name) => el("button", { type: "button", dataset: { tab: name }, onclick: () => this.tab(name) }, name === "form" ? "Form" : "Paper")));
    fill(this.left, [this.tools(), this.holder, this.picked]);
    fill(this.right, [this.formHolder]);
    fill(main, [this.bar, this.tabs, el("div.panes", {}, this.left, this.right)]);
    this.refresh = () => document.visibilityState === "visible" && this.redraw({ quiet: true }).catch(() => {});
    this.heard = { "study-changed": () => { this.drawBar(); this.given.draw(); }, "show-paper": () => this.tab("paper"), visibilitychange: this.refresh };
    for (const [name, done] of Object.entries(this.heard)) document.addEventListener(name, done);
    this.open(study);
    this.tab("form");
    this.form.focus(this.form.order.find((label) => this.form.questions.get(label).state !== "answered") ?? this.form.order[0]);
  }

  open(study) {
    this.study = study;
    this.paper?.close();
    this.form?.close();
    this.paper = new Paper(this.holder, study, { selected: (selection) => this.selected(selection), marked: (mark) => this.form.focus(mark.label), zoomed: (zoom) => this.zoomed(zoom) });
    const host = el("div.form");
    fill(this.formHolder, [host]);
    this.form = new Form(host, study, this.review, { paper: this.paper, redraw: () => this.redraw() });
    this.given = new Given(this.form, this.paper, study, this.review.given, () => this.tab("paper"));
    this.given.load().catch(reportError);
    this.drawBar();
  }

  close() {
    for (const [name, done] of Object.entries(this.heard)) document.removeEventListener(name, done);
    this.paper.close();
    this.form.close();
  }

  /** Fetch the study again, and show what changed of it. */
  async redraw({ quiet = false } = {}) {
    this.take(await get(`/api/studies/${this.study.id}`), quiet);
  }

  take(study, quiet = false) {
    if (quiet && study.version === this.study.version && study.blind === this.study.blind) return;
    if (study.blind !== this.study.blind || study.paper !== this.study.paper || study.text !== this.study.text) {
      const { current } = this.form;
      this.open(study);
      if (current) this.form.focus(current);
      return;
    }
    this.form.standing(study);
    for (const question of study.questions) {
      const before = this.form.questions.get(question.label);
      if (!before || before.seen !== question.seen) this.form.update(question);
    }
    this.drawBar();
    this.given.draw();
  }

  drawBar() {
    const { study } = this;
    const meta = [study.meta.journal, study.meta.year, study.meta.doi ? `doi:${study.meta.doi}` : ""].filter(Boolean).join(" · ");
    fill(this.bar, [
      el("div", {}, el("h1", { title: study.title }, study.title), el("p.meta", {}, [study.called, study.study, meta].filter((words, n, all) => words && words !== study.title && all.indexOf(words) === n).join(" · "))),
      el("div.row", {},
        study.blind ? el("span.tag.blind", {}, "blind: proposals are hidden") : null,
        this.review.readOnly ? el("span.tag", {}, "only reading") : null,
        this.closed?.length ? el("span.tag", {}, this.closed.join(" ")) : null,
        study.canClose ? button("Close the study", "", () => this.closeStudy(), { className: "main" }) : null,
        this.form.readOnly ? null : button("Undo", "z", () => this.back("undo"), { disabled: !study.canUndo }),
        this.form.readOnly ? null : button("Redo", "Z", () => this.back("redo"), { disabled: !study.canRedo })),
      study.warnings.length ? el("details.warnings", {}, el("summary", {}, `${study.warnings.length} remarks on how the paper was read`), el("ul", {}, study.warnings.map((words) => el("li", {}, words)))) : null,
    ]);
  }

  /** Make the paper larger by a factor; by 0, as wide as the pane. */
  zoom(by) {
    this.paper.zoomTo(this.paper.zoomed * by);
  }

  tools() {
    return el("div.tools", { role: "toolbar", ariaLabel: "Paper" },
      button("Previous mark", "[", () => this.form.stepMark(-1)),
      button("Next mark", "]", () => this.form.stepMark(1)),
      button("Smaller", "-", () => this.zoom(1 / 1.2), { ariaLabel: "Smaller" }),
      button("Larger", "+", () => this.zoom(1.2), { ariaLabel: "Larger" }),
      this.zooms());
  }

  /** Return the choice of sizes; it shows how large the paper is now. */
  zooms() {
    const choice = el("select", { ariaLabel: "Size of the paper", onchange: (event) => this.paper.zoomTo(Number(event.target.value)) },
      el("option", { value: "0" }, "as wide as the pane"), ZOOMS.map((percent) => el("option", { value: String(percent / 100) }, `${percent} %`)), el("option", { value: "own", hidden: true }, ""));
    this.sizes = choice;
    return choice;
  }

  zoomed(zoom) {
    const known = zoom === 0 || ZOOMS.includes(Math.round(zoom * 100));
    this.sizes.lastElementChild.textContent = `${Math.round(zoom * 100)} %`;
    this.sizes.value = known ? String(zoom) : "own";
  }

  selected(selection) {
    const { picked } = this;
    picked.hidden = !selection || this.form?.readOnly;
    if (!selection || !this.form) return;
    const question = this.form.here();
    const row = question ? this.form.rowOf(question) : null;
    const words = this.paper.quote();
    fill(picked, [
      el("q", {}, shortened(words, 140)),
      el("div.row", {},
        question && row ? button(`Evidence for ${row.value.slice(0, 30)}`, "v", () => this.form.evidence(question)) : null,
        question && !question.single ? button(`New value: ${question.name}`, "a", () => this.form.open(question, null)) : null,
        button("Whole sentence", "s", () => this.paper.selectSentence()),
        button("Let go", "Esc", () => this.paper.select(0, 0))),
    ]);
  }

  tab(name) {
    this.main.dataset.tab = name;
    for (const one of this.tabs.children) one.setAttribute("aria-pressed", String(one.dataset.tab === name));
    this.paper?.fit();
  }

  async back(which) {
    try {
      this.take(await post(`/api/studies/${this.study.id}/${which}`, {}));
      say(which === "undo" ? "Taken back" : "Brought back");
    } catch (error) {
      say(error.message);
      document.getElementById("saved").textContent = error.message.split(": ").pop().slice(0, 80);
    }
    if (!this.form.host.contains(document.activeElement) && this.form.current) this.form.focus(this.form.current);
  }

  async closeStudy() {
    const words = this.study.blind
      ? "All questions are answered. Once the study is closed you see what vivex proposed; what you change from then on is not blind, and is kept so."
      : "All questions are answered. Closing commits what is here; what you change afterwards counts as well.";
    const answer = await ask("Close the study?", el("p", {}, words), [["Not yet", ""], ["Close it", "close"]]);
    if (!answer) return;
    try {
      const closed = await post(`/api/studies/${this.study.id}/close`, {});
      this.take(closed);
      if (closed.said.length) say(closed.said.join(" "));
      this.closed = closed.said;
      this.drawBar();
    } catch (error) {
      await tell("Not closed", el("p", {}, error.message));
    }
  }

  /** Return the keys of the screen: key -> [what it does in words, what it does, group]. */
  keys() {
    const here = (done) => () => {
      const question = this.form.here();
      if (question) done(question);
      else this.form.step(1);
    };
    const choice = (word) => here((question) => question.choices.includes(word) && this.form.judge(question, word, this.form.rowOf(question)?.group ?? ""));
    const paper = (done) => () => {
      if (matchMedia("(max-width: 56rem)").matches) this.tab("paper");
      done(this.paper);
    };
    const digits = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [String(n), [n === 1 ? "take, or leave again, the chip of this number" : "", here((question) => {
      const row = question.rows[n - 1];
      if (!question.single && row) this.form.toggle(question, row);
      else if (question.single && question.choices[n - 1]) this.form.judge(question, question.choices[n - 1], this.form.rowOf(question)?.group ?? "");
    }), "answers"]]));
    return {
      j: ["next question (also ↓)", () => this.form.step(1), "moving"],
      k: ["question before (also ↑)", () => this.form.step(-1), "moving"],
      ArrowDown: ["", () => this.form.step(1), "moving", "form"],
      ArrowUp: ["", () => this.form.step(-1), "moving", "form"],
      ArrowRight: ["next chip", () => this.form.stepChip(1), "moving", "form"],
      ArrowLeft: ["chip before", () => this.form.stepChip(-1), "moving", "form"],
      g: ["next question that is left", () => this.form.nextOpen(), "moving"],
      t: ["take", here((question) => this.form.take(question)), "answers"],
      T: ["take all that is proposed", here((question) => this.form.takeAll(question)), "answers"],
      x: ["drop", here((question) => this.form.drop(question)), "answers"],
      e: ["change the value", here((question) => (question.single ? this.form.note(question, this.form.rowOf(question)) : this.form.open(question, this.form.rowOf(question)))), "answers"],
      a: ["add a value (with the selected words as evidence)", here((question) => !question.single && this.form.open(question, null)), "answers"],
      G: ["add a row of what was given: agent, dose, route, schedule in a group", () => this.given.add(), "answers"],
      n: ["not reported; of a yes-or-no question: no", here((question) => this.form.silent(question)), "answers"],
      y: ["of a yes-or-no question: yes", choice("yes"), "answers"],
      l: ["low risk", choice("low"), "answers"],
      u: ["unclear risk", choice("unclear"), "answers"],
      h: ["high risk", choice("high"), "answers"],
      o: ["show or hide further candidates", here((question) => {
        const more = this.form.element(question.label).querySelector("details.alternatives");
        if (!more) return say("There are no further candidates.");
        more.open = !more.open;
        if (more.open) more.querySelector(".value").focus();
        return undefined;
      }), "answers"],
      ...digits,
      m: ["note, or support for a judgement", here((question) => this.form.note(question, this.form.rowOf(question))), "answers"],
      q: ["ask the adjudicator", here((question) => this.form.askAdjudicator(question)), "answers"],
      d: ["done: drop what is left of it, go to the next question", here((question) => this.form.done(question)), "answers"],
      z: ["undo (also Ctrl+Z)", () => this.back("undo"), "answers"],
      Z: ["redo (also Ctrl+Y)", () => this.back("redo"), "answers"],
      "]": ["next mark of the question", () => this.form.stepMark(1), "paper"],
      "[": ["mark before", () => this.form.stepMark(-1), "paper"],
      ".": ["select the next sentence", paper((shown) => shown.stepSentence(true)), "paper"],
      ",": ["select the sentence before", paper((shown) => shown.stepSentence(false)), "paper"],
      s: ["select the whole sentence", paper((shown) => shown.selectSentence()), "paper"],
      ">": ["the selection a word longer", () => this.paper.stretch(true), "paper"],
      "<": ["the selection a word shorter", () => this.paper.stretch(false), "paper"],
      "}": ["let the selection start a word later", () => this.paper.stretch(true, false), "paper"],
      "{": ["let the selection start a word earlier", () => this.paper.stretch(false, false), "paper"],
      v: ["the selected words are the chip's evidence", here((question) => this.form.evidence(question)), "paper"],
      Escape: ["let go of the selection", () => this.paper.select(0, 0), "paper"],
      "+": ["larger", () => this.zoom(1.2), "paper"],
      "=": ["", () => this.zoom(1.2), "paper"],
      "-": ["smaller", () => this.zoom(1 / 1.2), "paper"],
      0: ["as wide as the pane", () => this.zoom(0), "paper"],
      p: ["to the paper", () => {
        this.tab("paper");
        this.paper.scroller.focus();
      }, "moving"],
      f: ["to the form", () => {
        this.tab("form");
        this.form.focus(this.form.current ?? this.form.order[0], this.form.chip);
      }, "moving"],
    };
  }
}
