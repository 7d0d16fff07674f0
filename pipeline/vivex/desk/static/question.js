// One question of the form: its answers as chips, what may be done with each, and a place to type.

import { button, el, shortened } from "./dom.js";

const STATES = { open: ["○", "open"], "in part": ["◐", "decided in part"], answered: ["●", "answered"] };
const CHIPS = {
  proposed: ["○", "proposed"],
  taken: ["✓", "taken"],
  changed: ["✎", "changed by you"],
  dropped: ["✕", "dropped"],
  mine: ["+", "yours"],
};

/** Tell whether a row is an answer: taken, changed or one's own. */
export const stands = (row) => ["taken", "changed", "mine"].includes(row.status);
const LOST = "the paper, as it is read now, holds the words no more";
const SIGNS = { low: "+", unclear: "?", high: "−" };

/** Return a question as an element; `form` does what is asked of it. */
export function questionElement(question, form) {
  const [sign, words] = STATES[question.state];
  const name = question.number ? `${question.number}. ${question.name}` : question.name;
  const id = `q-${question.label.replace(/\W/g, "-")}`;
  return el("div", {
    className: `question ${question.state.replace(" ", "-")}`,
    role: "group",
    tabIndex: -1,
    id,
    ariaLabelledby: `${id}-name`,
    dataset: { label: question.label },
  },
    el("div.head", {},
      el("h3", { id: `${id}-name` }, name, question.bias ? el("span.bias", {}, ` ${question.bias} bias`) : null),
      el("span.state", { title: words }, el("span", { ariaHidden: "true" }, sign), el("span.unseen", {}, words))),
    el("p.wording", {}, question.wording),
    question.changed?.length ? el("p.since", {}, el("span", { ariaHidden: "true" }, "↻ "), changedSince(question)) : null,
    question.single ? judgement(question, form) : chips(question, form),
    alternatives(question, form),
    el("div.slot"),
    form.readOnly ? null : actions(question, form));
}

const PARTS = { question: "its wording", type: "its kind", allowed: "its categories", several: "whether several answers may hold", per: "what an answer belongs to" };

/** Say what of a question is otherwise than when the person answered it. */
function changedSince({ changed }) {
  if (changed.includes("policy")) return "The review's SYRCLE conventions have changed since you answered; look at it again.";
  return `Changed since you answered: ${changed.map((part) => PARTS[part] ?? part).join(", ")}.`;
}

function judgement(question, form) {
  const groups = question.rows.length ? question.rows : [null];
  return groups.map((row) => {
    const standing = row && stands(row) ? row.value : "";
    const proposed = row?.proposed ?? "";
    const group = row?.group ?? "";
    const choices = question.choices.map((choice) => {
      const notes = [choice === proposed ? "proposed" : "", choice === standing ? "your answer" : ""].filter(Boolean);
      return el("button", {
        type: "button",
        className: `choice ${choice} ${choice === proposed ? "is-proposed" : ""} ${row?.unsure ? "unsure" : ""}`,
        ariaPressed: String(choice === standing),
        disabled: form.readOnly,
        dataset: { row: row?.row ?? "", choice, group },
        onclick: () => form.judge(question, choice, group),
      },
        el("span.sign", { ariaHidden: "true" }, SIGNS[choice] ?? ""),
        choice,
        notes.length ? el("small", {}, notes.join(", ")) : null);
    });
    return el("div.judged", {},
      group ? el("p.group", {}, `For: ${group}`) : null,
      el("div.choices", { role: "group", ariaLabel: `Judgement${group ? ` for ${group}` : ""}` }, choices),
      row ? support(row, form, question) : null);
  });
}

function support(row, form, question) {
  const quotes = row.evidence.slice(0, 3).map((place, n) => placeButton(place, form, `Quote ${n + 1}`));
  return [
    row.signalling.length || row.rule
      ? el("details", { className: "why", open: row.status === "proposed" },
        el("summary", {}, "Why this is proposed"),
        row.signalling.length
          ? el("dl.signalling", {}, row.signalling.map(([asked, answer]) => [el("dt", {}, asked), el("dd", {}, answer)]))
          : null,
        row.rule ? el("p.rule", {}, row.rule) : null)
      : null,
    quotes.length ? el("ul.quotes", {}, quotes.map((quote) => el("li", {}, quote))) : null,
    row.note ? el("p.note", {}, row.note) : row.support && row.status === "proposed" ? el("p.note.faint", {}, row.support) : null,
    row.status !== "proposed" && !form.readOnly
      ? button("Support, in your words", "m", () => form.note(question, row), { className: "small" })
      : null,
  ];
}

function placeButton(place, form, label) {
  const where = place.page ? `p. ${place.page}` : "";
  return el("button", { type: "button", className: "quote", ariaLabel: `${label}, ${where}: ${place.quote}`, onclick: () => form.go(place) },
    el("span.where", {}, where), " ", shortened(place.quote, 160));
}

function chips(question, form) {
  if (!question.rows.length) {
    const words = question.silent ? "not reported (all that was proposed is dropped)" : form.blind ? "Not answered yet" : "Nothing is proposed";
    return el("p.empty", {}, words);
  }
  return el("ul.chips", {}, question.rows.map((row, n) => chip(question, row, n, form)));
}

function chip(question, row, n, form) {
  const [sign, words] = CHIPS[row.status];
  const [place] = row.evidence;
  const sure = row.unsure ? ", unsure" : "";
  return el("li", { className: `chip ${row.status} ${row.unsure && row.status === "proposed" ? "unsure" : ""}` },
    el("button", {
      type: "button",
      className: "value",
      dataset: { row: row.row },
      ariaPressed: String(stands(row)),
      disabled: form.readOnly,
      ariaLabel: `${row.value}${row.group ? `, ${row.group}` : ""}: ${words}${sure}`,
      onclick: () => form.toggle(question, row),
    },
      el("span.sign", { ariaHidden: "true" }, sign),
      el("span", {}, row.value),
      row.group ? el("span.group", {}, row.group) : null,
      row.unsure && row.status === "proposed" ? el("small", {}, "unsure") : null,
      n < 9 ? el("kbd", { ariaHidden: "true" }, String(n + 1)) : null),
    place && place.start === null
      ? el("button", { type: "button", className: "place since", title: LOST, ariaLabel: `${row.value}: ${LOST}`, onclick: () => form.go(place) }, "⚠ words gone")
      : place ? el("button", { type: "button", className: "place", ariaLabel: `Show the place of ${row.value}`, onclick: () => form.go(place) },
        place.page ? `p. ${place.page}` : "¶") : el("span.place.none", { title: "no place in the paper" }, "–"),
    row.status === "changed" && row.proposed !== row.value ? el("small.was", {}, `proposed: ${row.proposed}`) : null,
    row.note ? el("p.note", {}, row.note) : null);
}

function alternatives(question, form) {
  if (!question.alternatives.length || form.readOnly) return null;
  const count = question.alternatives.length;
  return el("details.alternatives", {},
    el("summary", {}, `${count} further candidate${count === 1 ? "" : "s"} `, el("kbd", { ariaHidden: "true" }, "o")),
    el("ul.chips", {}, question.alternatives.map((one) =>
      el("li.chip.alternative", {},
        el("button", { type: "button", className: "value", onclick: () => form.addValue(question, one.value, { group: one.group || null }) },
          el("span.sign", { ariaHidden: "true" }, "+"), one.value),
        one.evidence[0] ? el("button", { type: "button", className: "place", ariaLabel: `Show the place of ${one.value}`, onclick: () => form.go(one.evidence[0]) },
          one.evidence[0].page ? `p. ${one.evidence[0].page}` : "¶") : null))));
}

function actions(question, form) {
  const has = question.rows.length > 0;
  return el("div.actions", {},
    question.single ? null : button("Add", "a", () => form.open(question, null)),
    has && !question.single ? button("Change", "e", () => form.open(question, form.rowOf(question))) : null,
    has && !question.single ? button("Drop", "x", () => form.drop(question)) : null,
    question.silence ? button("Not reported", "n", () => form.silent(question)) : null,
    has && question.rows.some((row) => row.status !== "proposed") && !question.single ? button("Note", "m", () => form.note(question, form.rowOf(question))) : null,
    has && question.rows.some((row) => row.status !== "proposed") ? button("Ask the adjudicator", "q", () => form.askAdjudicator(question)) : null,
    button("Done", "d", () => form.done(question)));
}

/** Return a small form in which a value is typed; `given` gets value and group. */
export function entry(question, { value = "", group = "", selected = "", changing = false }, given, dropped) {
  const input = question.choices.length
    ? el("select", { name: "value" }, el("option", { value: "" }, "choose…"), question.choices.map((choice) => el("option", { value: choice, selected: choice === value }, choice)))
    : el("textarea", { name: "value", value: value || (selected.length < 120 ? selected : ""), rows: 1, autocomplete: "off" });
  const groups = el("input", { name: "group", value: group, autocomplete: "off" });
  const send = (event) => {
    event.preventDefault();
    given(input.value.trim(), groups.value.trim());
  };
  return el("form.entry", {
    onsubmit: send,
    onkeydown: (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        dropped();
      } else if (event.key === "Enter" && !event.shiftKey && event.target.tagName !== "BUTTON") send(event);
    },
  },
    el("label", {}, changing ? "Your value" : "A value", input),
    el("label.narrow", {}, "Group or outcome (if it is of one)", groups),
    selected ? el("p.evidence", {}, "Evidence: ", el("q", {}, shortened(selected, 200))) : null,
    el("div.row", {}, el("button", { type: "submit", className: "main" }, changing ? "Change" : "Add"), button("Cancel", "Esc", dropped)));
}
