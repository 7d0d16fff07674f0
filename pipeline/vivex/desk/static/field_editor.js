// One question as it is changed: its words, its answers, how vivex looks for them, and what it finds in a paper.

import { button, el, fill, shortened } from "./dom.js";

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Return a question's editor; `keep` gets the changed question, `look` what it would propose in a study. */
export function fieldEditor(field, { kinds, scopes, mentions, builtIn, papers }, { keep, cancel, look }) {
  const choice = (value, options) => el("select", {}, options.map(([one, words]) => el("option", { value: one, selected: one === value }, words)));
  const name = el("input", { value: field.name, autocomplete: "off", spellcheck: false });
  const wording = el("textarea", { value: field.question, rows: 2 });
  const kind = choice(field.type, kinds);
  const categories = el("textarea", { value: field.allowed.map(([value, words]) => (words.length ? `${value} = ${words.join("; ")}` : value)).join("\n"), rows: Math.min(12, Math.max(3, field.allowed.length + 1)) });
  const per = choice(field.per, scopes);
  const many = el("input", { type: "checkbox", checked: field.many });
  const table = el("input", { value: field.table, autocomplete: "off" });
  const labels = mentions.map((label) => el("input", { type: "checkbox", value: label, checked: field.labels.includes(label) }));
  const keywords = el("textarea", { value: field.keywords.join("\n"), rows: 3 });
  const source = choice(field.source, [["", "as its own name says"], ...builtIn]);
  const study = papers.length ? choice("", papers) : null;
  const found = el("div.found", { role: "status" });
  const categoryPart = el("label", {}, "Categories, one on each line; behind = how papers say it, with ; between: ", el("code", {}, "intraperitoneal = i.p.; IP injection"), categories);
  const shape = () => { categoryPart.hidden = kind.value !== "category"; };
  kind.addEventListener("change", shape);
  shape();

  const made = () => ({
    was: field.was,
    name: name.value.trim(),
    question: wording.value.trim(),
    type: kind.value,
    allowed: kind.value === "category" ? lines(categories.value).map(category) : kind.value === field.type ? field.allowed : [],
    labels: labels.filter((one) => one.checked).map((one) => one.value),
    many: many.checked,
    per: per.value,
    table: table.value.trim() || "study",
    source: source.value,
    keywords: lines(keywords.value),
  });
  const send = (event) => {
    event.preventDefault();
    keep(made());
  };
  const tried = async () => {
    fill(found, [el("p.empty", {}, "One moment…")]);
    try {
      fill(found, [shown(await look(made(), study.value), study)]);
    } catch (error) {
      fill(found, [el("p.note", {}, error.message)]);
    }
  };
  return el("form.entry.field-editor", {
    onsubmit: send,
    onkeydown: (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      cancel();
    },
  },
    el("label", {}, "Short name (lower-case letters, digits, _); another name is another question", name),
    el("label", {}, "The question, as reviewers read it", wording),
    el("label", {}, "An answer is", kind),
    categoryPart,
    el("label", {}, "An answer belongs to", per),
    el("label.option", {}, many, "Several answers may be right together"),
    el("label", {}, "Sheet of the workbook and table", table),
    el("details", {}, el("summary", {}, "How vivex looks for it"),
      el("fieldset", {}, el("legend", {}, "Mentions that may answer it"), el("div.row", {}, labels.map((one) => el("label.option", {}, one, one.value)))),
      el("label", {}, "Words of which its sentence must hold one, one on each line", keywords),
      el("label", {}, "Filled as the question of vivex's own form", source)),
    study ? el("div.row.try", {}, el("label", {}, "Try it on ", study), button("Look", "", tried)) : el("p.hint", {}, "There is no paper to try it on: none is read yet, or all are judged blind."),
    found,
    el("div.row", {}, el("button", { type: "submit", className: "main" }, "Keep"), button("Cancel", "Esc", cancel)));
}

/** Return a line of categories as value and other wordings. */
function category(line) {
  const [value, , words = ""] = line.split(/(\s=\s|=$)/);
  return [value.trim(), words.split(";").map((one) => one.trim()).filter(Boolean)];
}

function shown({ values, further }, study) {
  if (!values.length) return el("p.empty", {}, "It proposes “not reported” here.");
  const name = study.selectedOptions[0].textContent;
  return [
    el("p", {}, `In ${name} it proposes:`),
    el("ul", {}, values.map((one) => el("li", {}, el("strong", {}, one.value), one.group ? ` (${one.group})` : "",
      one.evidence.slice(0, 1).map((place) => el("q.evidence", {}, shortened(place.quote, 220))),
      one.evidence[0]?.page ? ` p. ${one.evidence[0].page}` : ""))),
    further ? el("p.meta", {}, `${further} further candidate${further === 1 ? "" : "s"}`) : null,
    el("p.meta", {}, el("a", { href: `#/study/${study.value}`, target: "_blank", rel: "noopener" }, `Open ${name}`)),
  ];
}
