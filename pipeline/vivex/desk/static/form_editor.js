// The form editor: questions added, changed, moved, taken out and tried on a paper; SYRCLE's conventions as questions.

import { get, post } from "./api.js";
import { fieldEditor } from "./field_editor.js";
import { ask, button, el, fill, say, tell } from "./dom.js";

let kept = null; // what was not saved when the screen was left

export async function formScreen(main) {
  const editor = new FormEditor(main, await get("/api/form"));
  return { title: "The form", keys: {}, close: () => editor.close() };
}

class FormEditor {
  constructor(main, data) {
    this.main = main;
    this.open = null; // the question that is being changed
    this.said = [];
    this.take(data);
    if (kept?.seen === data.seen) ({ fields: this.fields, gone: this.gone, policy: this.policy } = kept);
    kept = null;
    this.draw();
  }

  take(data) {
    this.data = data;
    this.fields = data.fields.map((field) => ({ ...field }));
    this.gone = []; // questions that are to be taken out
    this.policy = Object.fromEntries(data.policy.map(({ key, value }) => [key, value]));
  }

  close() {
    if (this.dirty) kept = { seen: this.data.seen, fields: this.fields, gone: this.gone, policy: this.policy };
  }

  get dirty() {
    const settings = this.data.policy.some(({ key, value }) => this.policy[key] !== value);
    return settings || JSON.stringify(this.fields) !== JSON.stringify(this.data.fields);
  }

  /** Return the form as the desk takes it; `fields` where one of them is being changed. */
  sent(fields = this.fields) {
    const changed = this.data.policy.filter(({ key, value }) => this.policy[key] !== value);
    return { seen: this.data.seen, fields, policy: Object.fromEntries(changed.map(({ key }) => [key, this.policy[key]])) };
  }

  draw() {
    const { data } = this;
    const items = this.fields.map((field, n) => (field === this.open ? el("li", {}, this.editor(field)) : this.line(field, n)));
    fill(this.main, [
      el("p.meta", {}, el("a", { href: "#/setup" }, "← Set-up")),
      el("h1", {}, "The form"),
      el("p.hint", {}, "What is asked of each paper. It stands in ", el("code", {}, "codebook.yaml"), ", which keeps its comments; SYRCLE's ten items and the reporting items are asked of every paper besides."),
      this.said.length ? el("div.card", { role: "status" }, el("ul", {}, this.said.map((words) => el("li", {}, words)))) : null,
      el("ol.asked", {}, items),
      this.gone.length ? el("section", {}, el("h2", {}, "To be taken out"), el("ul.asked", {}, this.gone.map((field) => el("li.gone", {}, el("span", {}, field.name), " ", button("Put back", "", () => this.putBack(field), { ariaLabel: `Put ${field.name} back` }))))) : null,
      data.canEdit && !this.open ? button("Add a question", "", () => this.add(), { id: "add-question" }) : null,
      el("h2", {}, "SYRCLE conventions"),
      el("p.hint", {}, "Teams read the tool differently. What you choose decides judgements: write it into your protocol."),
      el("div.conventions", {}, data.policy.map((one) => this.convention(one))),
      data.canEdit ? this.foot() : null,
    ]);
  }

  foot() {
    this.footer = el("div.foot");
    this.drawFoot();
    return this.footer;
  }

  drawFoot() {
    if (!this.footer) return;
    this.main.classList.toggle("dirty", this.dirty);
    fill(this.footer, [
      el("span", { role: "status" }, this.dirty ? "Not saved yet" : "Saved as it stands"),
      button("Discard", "", () => { this.take(this.data); this.open = null; this.draw(); }, { disabled: !this.dirty }),
      button("Save the form…", "", () => this.save(), { className: "main", disabled: !this.dirty || Boolean(this.open) }),
    ]);
  }

  line(field, n) {
    const before = this.data.fields.find((one) => one.was && one.was === field.was);
    const mark = !field.was ? "new" : JSON.stringify(before) !== JSON.stringify(field) ? "changed" : "";
    const kind = this.data.kinds.find(([name]) => name === field.type)?.[1] ?? field.type;
    const scope = field.per === "study" ? "" : `, for ${this.data.scopes.find(([name]) => name === field.per)?.[1] ?? field.per}`;
    const words = field.allowed.map(([value]) => value);
    return el("li", { dataset: { name: field.name } },
      el("div", {}, el("strong", {}, field.name), mark ? el("span.tag.since", {}, mark) : null, el("span.meta", {}, ` ${kind}${scope}${field.many ? "" : ", one answer"} · ${field.table}`)),
      el("p.wording", {}, field.question),
      words.length ? el("p.meta", {}, words.slice(0, 12).join(" · "), words.length > 12 ? ` and ${words.length - 12} more` : "") : null,
      this.data.canEdit && !this.open ? el("div.row", {},
        button("Change", "", () => this.change(field), { className: "small", ariaLabel: `Change ${field.name}` }),
        button("↑", "", () => this.move(n, -1), { className: "small", ariaLabel: `Move ${field.name} up`, disabled: n === 0 }),
        button("↓", "", () => this.move(n, 1), { className: "small", ariaLabel: `Move ${field.name} down`, disabled: n === this.fields.length - 1 }),
        button("Take out", "", () => this.takeOut(field), { className: "small", ariaLabel: `Take ${field.name} out`, disabled: this.fields.length === 1 })) : null);
  }

  editor(field) {
    return fieldEditor(field, this.data, {
      keep: (made) => {
        this.fields = this.fields.map((one) => (one === field ? made : one));
        this.shut(made.name);
      },
      cancel: () => {
        if (!field.was && !field.name) this.fields = this.fields.filter((one) => one !== field);
        this.shut(field.name);
      },
      look: (made, study) => post("/api/form/preview", { ...this.sent(this.fields.map((one) => (one === field ? made : one))), study, field: made.name }, { quiet: true }),
    });
  }

  shut(name) {
    this.open = null;
    this.draw();
    this.focus(name, "Change");
  }

  focus(name, word) {
    const line = [...this.main.querySelectorAll(".asked li")].find((one) => one.dataset.name === name);
    const found = line?.querySelector(`button[aria-label^="${word}"]`) ?? this.main.querySelector("#add-question");
    found?.focus();
  }

  change(field) {
    this.open = field;
    this.draw();
    this.main.querySelector(".field-editor input, .field-editor textarea")?.focus();
  }

  add() {
    const table = this.fields.at(-1)?.table ?? "study";
    const field = { was: "", name: "", question: "", type: "text", allowed: [], labels: [], many: true, per: "study", table, source: "", keywords: [] };
    this.fields = [...this.fields, field];
    this.change(field);
  }

  move(n, by) {
    const fields = [...this.fields];
    const [field] = fields.splice(n, 1);
    fields.splice(n + by, 0, field);
    this.fields = fields;
    this.draw();
    const words = `Move ${field.name} ${by < 0 ? "up" : "down"}`;
    const again = this.main.querySelector(`button[aria-label="${CSS.escape(words)}"]:not(:disabled)`);
    if (again) again.focus();
    else this.focus(field.name, "Change");
    say(`${field.name} is question ${n + by + 1} of ${fields.length}`);
  }

  takeOut(field) {
    this.fields = this.fields.filter((one) => one !== field);
    if (field.was) this.gone = [...this.gone, field];
    this.draw();
    this.main.querySelector("#add-question")?.focus();
    say(`${field.name} is to be taken out`);
  }

  putBack(field) {
    this.gone = this.gone.filter((one) => one !== field);
    const place = this.data.fields.findIndex((one) => one.was === field.was);
    this.fields = [...this.fields.slice(0, place), field, ...this.fields.slice(place)];
    this.draw();
    this.focus(field.name, "Change");
  }

  convention({ key, items, asked, choices, usual }) {
    const some = items.length > 1 ? `items ${items.join(" and ")}` : `item ${items[0]}`;
    return el("fieldset", {}, el("legend", {}, asked, el("span.meta", {}, items.length ? ` (${some})` : "")),
      choices.map(([value, words]) => el("label.option", {},
        el("input", { type: "radio", name: key, checked: this.policy[key] === value, disabled: !this.data.canEdit, onchange: () => { this.policy[key] = value; this.drawFoot(); } }),
        words, value === usual ? el("span.meta", {}, " (usual)") : null)));
  }

  /** Tell what becomes of what was decided, and save. */
  async save() {
    const sent = this.sent();
    try {
      const { said, newFields } = await post("/api/form/check", sent, { quiet: true });
      const words = said.length ? el("ul", {}, said.map((line) => el("li", {}, line))) : el("p", {}, "Nobody is asked anything else than before; only how vivex looks for it changes.");
      const answer = await ask("Save the form?", words, [["Not yet", ""], ["Save", "save"]]);
      if (!answer) return;
      this.take(await post("/api/form/save", sent));
      this.said = ["Saved in codebook.yaml. `dvc repro` asks the papers anew."];
      if (newFields.length && this.data.handedOut) await this.handOut(newFields);
      this.draw();
    } catch (error) {
      await tell("Not saved", el("p", {}, error.message));
    }
  }

  async handOut(fields) {
    const words = `${fields.join(", ")}: studies are handed out already. Hand the new ${fields.length === 1 ? "question" : "questions"} to their reviewers? Who was done is then asked it alone; who judges a study blind, without its proposal. Do it before \`dvc repro\`.`;
    if (!await ask("Hand it out?", el("p", {}, words), [["Not now", ""], ["Hand out", "yes"]])) {
      this.said.push(`Not handed out yet: vivex assign --fields ${fields.join(" ")}`);
      return;
    }
    const { said } = await post("/api/form/hand-out", { fields });
    this.said.push(...said);
  }
}
