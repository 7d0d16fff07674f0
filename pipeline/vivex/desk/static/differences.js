// Differences: what reviewers say apart, both evidences on one page, and a ruling by one key.

import { get, post } from "./api.js";
import { ask, button, el, fill, tell } from "./dom.js";
import { Paper } from "./paper.js";

const SIDES = ["first", "second", "third"];

export async function differencesScreen(main) {
  const screen = new Differences(main);
  await screen.load();
  return { title: "Differences", keys: screen.keys(), close: () => screen.close() };
}

class Differences {
  constructor(main) {
    this.list = el("div.pane.form-pane", { role: "region", ariaLabel: "Items" });
    this.holder = el("div.paper-holder");
    this.left = el("section.pane.paper-pane", { ariaLabel: "Paper" }, this.holder);
    this.at = 0;
    this.turn = 0; // the paper asked for last; one that comes later than another is not shown
    fill(this.list, [el("p.empty", {}, "One moment…")]);
    fill(main, [el("div.study-bar", {}, el("h1", {}, "Differences")), el("div.panes", {}, this.left, this.list)]);
  }

  async load() {
    this.data = await get("/api/differences");
    this.at = Math.min(this.at, Math.max(0, this.data.items.length - 1));
    await this.draw();
  }

  get item() {
    return this.data.items[this.at];
  }

  async draw() {
    const { items, asked, withheld } = this.data;
    const questions = asked.length ? el("section.card", {}, el("h2", {}, "For the adjudicator"), el("ul", {}, asked.map((one) =>
      el("li", {}, el("a", { href: `#/study/${one.id}` }, `${one.called}: ${one.name}`), ` (${one.reviewer}) ${one.note}`)))) : null;
    const hidden = withheld.length ? el("p.hint", {}, `Not shown, for they are still judged blind: ${withheld.join(", ")}`) : null;
    if (!items.length) {
      fill(this.list, [el("p.empty", {}, "Nobody disagrees on what is open to see."), hidden, questions]);
      this.left.hidden = true;
      return;
    }
    this.left.hidden = false;
    fill(this.list, [
      el("p.count", { role: "status" }, `${this.at + 1} of ${items.length}`),
      hidden,
      el("ol.items", {}, items.map((item, n) => el("li", {}, el("button", { type: "button", ariaCurrent: n === this.at ? "true" : null, onclick: () => this.choose(n) }, `${item.called}: ${item.name}`)))),
      this.card(this.item),
      questions,
    ]);
    this.showPaper().catch(reportError); // the keys work before the paper is there
  }

  card(item) {
    const value = (one) => el("div.value", {},
      el("p", {}, el("strong", {}, one.text), one.group ? ` (${one.group})` : "", one.agreed ? el("small", {}, " all say this") : null),
      one.evidence.map((place) => el("button", { type: "button", className: "quote", onclick: () => this.paper?.reveal(place.start, place.end, place.page) }, el("span.where", {}, place.page ? `p. ${place.page}` : ""), " ", place.quote)),
      one.reasons ? el("p.note", {}, one.reasons) : null);
    const sides = item.sides.map((side, n) => el("article", { className: `answer ${SIDES[n] ?? "third"}` },
      el("h3", {}, el("span.sign", { ariaHidden: "true" }, "ABC"[n] ?? "·"), ` ${side.reviewers.join(", ")}`),
      side.values.map(value),
      this.data.canSettle ? button(`Take ${side.reviewers.join(" and ")}'s answer`, String(n + 1), () => this.take([n])) : null));
    return el("section.card", { ariaLabel: item.name },
      el("h2", {}, item.name), el("p.wording", {}, item.wording),
      el("div.answers", {}, sides),
      this.data.canSettle ? el("div.row.end", {},
        item.single ? null : button("Take both", "b", () => this.take(item.sides.keys())),
        button("Another answer…", "o", () => this.other())) : null);
  }

  /** Settle the item with the answers of some sides. */
  take(sides) {
    return this.settle({ take: [...sides].map((n) => this.item.sides[n].reviewers[0]) });
  }

  async showPaper() {
    const { item } = this;
    const turn = ++this.turn;
    if (this.paper?.study.id !== item.id) {
      const study = await get(`/api/studies/${item.id}`);
      if (turn !== this.turn) return;
      this.paper?.close();
      this.paper = new Paper(this.holder, study);
    }
    const own = (side) => side.values.filter((one) => !one.agreed);
    const marks = item.sides.flatMap((side, n) => own(side).flatMap((one) => one.evidence.map((place) => ({ ...place, kind: SIDES[n] ?? "third", strong: true }))));
    this.paper.show(marks);
    const [first] = marks.filter((mark) => mark.start !== null);
    if (first) await this.paper.reveal(first.start, first.end, first.page);
  }

  close() {
    this.turn += 1;
    this.paper?.close();
  }

  async choose(n) {
    this.at = Math.min(Math.max(n, 0), this.data.items.length - 1);
    await this.draw();
    this.list.querySelector("[aria-current=true]")?.focus();
  }

  async settle(ruling) {
    const { item } = this;
    try {
      await post(`/api/studies/${item.id}/settle`, { label: item.label, note: "", ...ruling });
      await this.load();
    } catch (error) {
      await tell("Not settled", el("p", {}, error.message));
    }
  }

  async other() {
    const { item } = this;
    const value = item.choices.length ? el("select", {}, item.choices.map((choice) => el("option", { value: choice }, choice))) : el("input", { autocomplete: "off" });
    const note = el("textarea", { rows: 2 });
    const answer = await ask(item.name, [el("label", {}, "The answer", value), el("label", {}, "Why", note)], [["Cancel", ""], ["Settle", "settle"]]);
    if (answer && value.value.trim()) await this.settle({ value: value.value.trim(), note: note.value.trim() });
  }

  keys() {
    const taking = (n) => () => this.data.canSettle && this.item?.sides[n] && this.take([n]);
    return {
      j: ["next item", () => this.choose(this.at + 1), "moving"],
      k: ["item before", () => this.choose(this.at - 1), "moving"],
      1: ["take the answer of this number", taking(0), "answers"],
      2: ["", taking(1), "answers"],
      3: ["", taking(2), "answers"],
      b: ["take both", () => this.data.canSettle && this.item && !this.item.single && this.take(this.item.sides.keys()), "answers"],
      o: ["another answer", () => this.data.canSettle && this.item && this.other(), "answers"],
    };
  }
}
