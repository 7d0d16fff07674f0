// Set-up: papers and libraries added by dropping their files, studies handed out, taken out with a reason.

import { get, post } from "./api.js";
import { ask, button, el, fill, tell } from "./dom.js";
import { dropPlace } from "./dropping.js";

export async function setupScreen(main, review) {
  const { studies } = await get("/api/board");
  fill(main, [
    el("h1", {}, "Set-up"),
    el("section", {}, el("h2", {}, "The form and the conventions"),
      el("p", {}, el("a", { href: "#/asking" }, "Questions of the form and SYRCLE's conventions"), review.readOnly ? "" : ": add, change, move, try them on a paper")),
    review.readOnly ? null : dropPlace(),
    review.readOnly ? null : handOut(),
    el("section", {}, el("h2", {}, "Studies"),
      el("ul.studies", {}, studies.map((one) => el("li", {}, el("a", { href: `#/study/${one.id}`, title: one.study }, one.called), one.called === one.study ? null : el("span.id", {}, one.study), one.excluded ? el("span.tag", {}, `taken out: ${one.excluded}`) : null,
        review.readOnly ? null : one.excluded
          ? button("Take in again", "", () => change(main, review, one, true), { ariaLabel: `Take ${one.called} in again` })
          : button("Take out…", "", () => change(main, review, one, false), { ariaLabel: `Take ${one.called} out` }))))),
  ]);
  return { title: "Set-up", keys: {} };
}

/** Return the place where studies are handed out. */
function handOut() {
  const names = el("input", { autocomplete: "off", placeholder: "mk th" });
  const each = el("input", { type: "number", min: 1, max: 9, value: "2" });
  const blind = el("input", { type: "number", min: 0, max: 100, value: "20" });
  const said = el("ul", { });
  const send = async (event) => {
    event.preventDefault();
    said.replaceChildren(el("li", {}, "…"));
    try {
      const got = await post("/api/hand-out", { names: names.value.split(/[\s,]+/).filter(Boolean), perStudy: Number(each.value), blind: Number(blind.value) / 100 });
      said.replaceChildren(...got.said.map((words) => el("li", {}, words)));
    } catch (error) {
      said.replaceChildren(el("li", {}, error.message));
    }
  };
  return el("section", {}, el("h2", {}, "Hand studies out"),
    el("form.hand-out", { onsubmit: send },
      el("label", {}, "Reviewers' short names ", names), el("label", {}, "Reviewers for each study ", each), el("label", {}, "Least share of blind studies, in % ", blind),
      el("button", { type: "submit" }, "Hand out")),
    el("div", { role: "status" }, said),
    el("p.hint", {}, "Studies that have their reviewers already stay as they are. Which ones are blind follows from their names: nobody picks."));
}

async function change(main, review, study, again) {
  const reason = el("input", { autocomplete: "off" });
  const content = again ? el("p", {}, "It counts again, with all that was decided about it.") : el("label", {}, "Why, as PRISMA reports it", reason);
  const answer = await ask(again ? `Take ${study.called} in again?` : `Take ${study.called} out?`, content, [["Cancel", ""], [again ? "Take in" : "Take out", "yes"]]);
  if (!answer) return;
  try {
    await post(`/api/studies/${study.id}/exclude`, { reason: reason.value, again });
  } catch (error) {
    await tell("Not done", el("p", {}, error.message));
  }
  await setupScreen(main, review);
}
