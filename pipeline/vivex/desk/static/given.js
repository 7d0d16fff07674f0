// What was given, by group: a row binds agent, dose, route and schedule; rows of one's own are added in one go.

import { get, post } from "./api.js";
import { button, el, fill, say, shortened, tell } from "./dom.js";
import { stands } from "./question.js";

const COLUMNS = { group: "Group", intervention: "Agent", dose: "Dose", route: "Route", frequency: "How often", duration: "How long", purpose: "For" };

export class Given {
  /** Show a study's rows beneath its form; `labels` tells which question a column answers. */
  constructor(form, paper, study, labels, toPaper) {
    Object.assign(this, { form, paper, study, labels, toPaper, rows: [], typing: false });
  }

  async load() {
    this.rows = (await get(`/api/studies/${this.study.id}/bound`)).rows;
    this.draw();
  }

  question(key) {
    return this.form.questions.get(this.labels[key]);
  }

  get asked() {
    return Object.keys(COLUMNS).filter((key) => this.question(key));
  }

  /** Return the groups to which answers of the person's own belong that no row shows, each with them by column. */
  own() {
    const shown = (key, one) => this.rows.some((row) => row[key] === one.value && (row.group || "") === one.group);
    const groups = new Map();
    for (const key of this.asked) {
      for (const one of this.question(key).rows) {
        if (!one.group || !stands(one) || one.silent || shown(key, one)) continue;
        if (!groups.has(one.group)) groups.set(one.group, new Map());
        groups.get(one.group).set(key, [...(groups.get(one.group).get(key) ?? []), one]);
      }
    }
    return [...groups];
  }

  draw() {
    if (this.typing) return;
    const own = this.own();
    const may = this.asked.length > 1 && !this.form.readOnly;
    if (!this.rows.length && !own.length && !may) return;
    const columns = Object.keys(COLUMNS).filter((key) => this.rows.some((row) => row[key]) || (own.length && (key === "group" || this.question(key))));
    const at = [...this.form.bound.querySelectorAll("button")].indexOf(document.activeElement);
    fill(this.form.bound, [
      el("h2", {}, "What was given, by group"),
      columns.length ? el("p.wording", {}, "One row is one agent as it was given. A cell answers its question for the row's group, with the row's sentence as evidence; ¶ shows the sentence.") : null,
      columns.length ? this.table(columns, own) : null,
      may ? button("Add a row", "G", () => this.add()) : null,
    ]);
    if (at >= 0) this.form.bound.querySelectorAll("button")[at]?.focus();
  }

  table(columns, own) {
    return el("div.scroll", { tabIndex: 0, role: "region", ariaLabel: "What was given, by group" },
      el("table", {},
        el("thead", {}, el("tr", {}, columns.map((key) => el("th", { scope: "col" }, COLUMNS[key])), el("th", { scope: "col" }, "Place"))),
        el("tbody", {},
          this.rows.map((row) => el("tr", {}, columns.map((key) => el("td", {}, this.cell(row, key))),
            el("td", {}, row.start === null || row.start === undefined ? "" : el("button", { type: "button", className: "place", ariaLabel: `Show the sentence on ${row.intervention}`, onclick: () => this.show(row) }, "¶")))),
          own.map(([group, answers]) => this.ownRow(columns, group, answers)))));
  }

  ownRow(columns, group, answers) {
    const [place] = [...answers.values()].flat().flatMap((one) => one.evidence).filter((one) => one.start !== null);
    return el("tr.own", {},
      columns.map((key) => el("td", {}, key === "group" ? [group, el("span.tag", {}, "yours")] : (answers.get(key) ?? []).map((one) => this.toggle(key, one)))),
      el("td", {}, place ? el("button", { type: "button", className: "place", ariaLabel: `Show the place of what ${group} got`, onclick: () => this.show(place) }, "¶") : ""));
  }

  toggle(key, one) {
    const question = this.question(key);
    return el("button", { type: "button", className: "cell", ariaPressed: "true", disabled: this.form.readOnly, ariaLabel: `${question.name}: ${one.value}`, onclick: () => this.form.toggle(question, one) },
      el("span.sign", { ariaHidden: "true" }, "✓"), one.value);
  }

  /** Return a cell: a button where its value may answer a question, with a sign where it does. */
  cell(row, key) {
    const question = this.question(key);
    if (!question || !row[key] || this.form.readOnly) return row[key];
    const there = question.rows.find((one) => one.value === row[key] && (one.group === row.group || !row.group));
    const standing = there !== undefined && stands(there);
    const act = () => {
      if (there) return this.form.toggle(question, there);
      const spans = Number.isInteger(row.start) ? [[row.start, row.end]] : undefined;
      return this.form.addValue(question, row[key], { group: row.group || null, spans });
    };
    return el("button", { type: "button", className: "cell", ariaPressed: String(standing), ariaLabel: `${question.name}: ${row[key]}`, onclick: act },
      standing ? el("span.sign", { ariaHidden: "true" }, "✓") : null, row[key]);
  }

  show({ start, end }) {
    this.toPaper();
    this.paper.select(start, end);
    this.paper.reveal(start, end);
  }

  /** Open the place where a row is typed; the words that are selected are its evidence. */
  add() {
    if (this.form.readOnly || this.asked.length < 2 || this.typing) return;
    const { selection } = this.paper;
    const words = this.paper.quote();
    const group = el("input", { autocomplete: "off" });
    const inputs = this.asked.map((key) => {
      const { choices } = this.question(key);
      return [key, choices.length ? el("select", {}, el("option", { value: "" }, "–"), choices.map((one) => el("option", { value: one }, one))) : el("input", { autocomplete: "off" })];
    });
    const slot = el("form.entry.row-entry", {
      onsubmit: (event) => {
        event.preventDefault();
        this.send(group.value.trim(), inputs, selection);
      },
      onkeydown: (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        this.shut();
      },
    },
      el("h3", {}, "A row of what was given"),
      el("label", {}, "Group, as the paper calls it", group),
      inputs.map(([key, input]) => el("label", {}, COLUMNS[key], input)),
      words ? el("p.evidence", {}, "Evidence: ", el("q", {}, shortened(words, 200))) : el("p.hint", {}, "Words of the paper that are selected before become the row's evidence."),
      el("div.row", {}, el("button", { type: "submit", className: "main" }, "Add the row"), button("Cancel", "Esc", () => this.shut())));
    this.typing = true;
    this.form.bound.lastElementChild.replaceWith(slot);
    group.focus();
    slot.scrollIntoView({ block: "nearest" });
  }

  shut() {
    this.typing = false;
    this.draw();
    [...this.form.bound.querySelectorAll("button")].at(-1)?.focus();
  }

  async send(group, inputs, selection) {
    const given = inputs.map(([key, input]) => [this.question(key), input.value.trim()]).filter(([, value]) => value);
    if (!group || !given.length) return say("Name the group, and what it was given.");
    await this.form.turn;
    const cells = given.map(([{ label }, value]) =>
      ({ label, value, seen: this.form.questions.get(label).seen, seconds: this.form.watch.take(label) || null }));
    try {
      const got = await post(`/api/studies/${this.study.id}/row`, { group, cells, spans: selection ? [selection] : null });
      this.form.standing(got);
      for (const question of got.questions) this.form.update(question);
      if (got.changed) {
        await tell("Decided elsewhere", el("p", {}, `${got.changed}. What stands now is shown; add your row again if it still holds.`));
        return undefined;
      }
      this.paper.select(0, 0);
      this.shut();
      document.dispatchEvent(new CustomEvent("study-changed"));
      say(`A row for ${group} was added`);
    } catch (error) {
      await tell("Not saved", el("p", {}, error.message));
    }
    return undefined;
  }
}
