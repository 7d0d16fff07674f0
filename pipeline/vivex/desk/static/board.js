// The board: my studies with what is left of each; how far the others are, and nothing of what they say.

import { get, post } from "./api.js";
import { button, el, fill, tell } from "./dom.js";

const FILTERS = {
  all: ["All", () => true],
  mine: ["Mine", (one) => one.mine],
  left: ["Mine, not finished", (one) => one.mine && one.answered < one.asked && !one.excluded],
  unsure: ["With unsure proposals", (one) => one.noticed?.unsure],
  changed: ["Changed or added to by me", (one) => one.noticed?.mine],
  high: ["With high risk of bias", (one) => one.noticed?.high],
  since: ["Paper or question changed", (one) => one.noticed?.paperChanged || one.noticed?.questionsChanged?.length],
  blind: ["Blind", (one) => one.blind],
  out: ["Taken out", (one) => one.excluded],
};

export async function boardScreen(main, review) {
  const { studies, handedOut } = await get("/api/board");
  const body = el("tbody");
  const count = el("p", { role: "status" });
  let filter = "all";
  let words = "";
  const draw = () => {
    const found = studies.filter((one) => FILTERS[filter][1](one) && `${one.called} ${one.study}`.toLowerCase().includes(words));
    fill(body, found.map((one) => line(one)));
    const minutes = found.reduce((sum, one) => sum + one.minutes, 0);
    count.textContent = `${found.length} of ${studies.length} studies${minutes ? `, about ${minutes} minutes of deciding left for you` : ""}`;
  };
  fill(main, [
    el("h1", {}, review.readOnly ? "Studies" : "My studies"),
    handedOut ? null : el("p.hint", {}, "Nothing is handed out yet: ", el("code", {}, "vivex assign NAME NAME"), " shares the studies out, some of them blind."),
    el("div.row.filter", {},
      el("label", {}, "Show ", el("select", { onchange: (event) => { filter = event.target.value; draw(); } }, Object.entries(FILTERS).map(([key, [name]]) => el("option", { value: key }, name)))),
      el("label", {}, "Find ", el("input", { type: "search", oninput: (event) => { words = event.target.value.toLowerCase(); draw(); } })),
      count,
      review.canSend ? button("Send and get", "", () => send(main, review)) : null),
    el("div.scroll", { tabIndex: 0, role: "region", ariaLabel: "Studies" }, el("table.board-table", {},
      el("thead", {}, el("tr", {}, ["Study", "Answered", "About", "How", "Others"].map((name) => el("th", { scope: "col" }, name)))),
      body)),
  ]);
  draw();
  const closing = { gone: false };
  get("/api/noticed").then(({ studies: noticed }) => { // it takes reading each study; the board stands before
    if (closing.gone) return;
    for (const one of studies) one.noticed = noticed[one.id];
    draw();
  }).catch(() => {});
  return { title: "Board", keys: {}, close: () => { closing.gone = true; } };
}

/** Bring this copy and the team's together, and show what that did. */
async function send(main, review) {
  let said;
  try {
    ({ said } = await post("/api/send", {}));
  } catch (error) {
    said = [error.message];
  }
  await tell("Send and get", el("ul", {}, said.map((words) => el("li", {}, words))));
  await boardScreen(main, review);
}

/** Return the signs of what is to be noticed of a study. */
function marks({ noticed }) {
  if (!noticed) return null;
  const { paperChanged = 0, questionsChanged = [] } = noticed;
  const quotes = `${paperChanged} of your answers rest on words that the paper holds no more`;
  const asked = `asked otherwise since you answered: ${questionsChanged.join(", ")}`;
  return [
    paperChanged ? el("span.tag.since", { title: quotes }, "paper changed", el("span.unseen", {}, ` (${quotes})`)) : null,
    questionsChanged.length ? el("span.tag.since", { title: asked }, questionsChanged.length === 1 ? "question changed" : "questions changed", el("span.unseen", {}, ` (${asked})`)) : null,
  ];
}

function line(one) {
  const done = one.answered >= one.asked;
  const how = one.excluded ? `taken out: ${one.excluded}` : !one.mine ? "not handed to me" : one.blind ? "blind" : "pre-filled";
  const others = one.others.map(({ name, answered }) => `${name} ${answered >= one.asked ? "done" : answered ? `${answered}/${one.asked}` : "not begun"}`);
  if (one.adjudicated) others.push("adjudicated");
  return el("tr", { className: one.excluded ? "out" : "" },
    el("th", { scope: "row" }, el("a", { href: `#/study/${one.id}`, title: one.study }, one.called),
      one.called === one.study ? null : el("span.id", {}, one.study), marks(one)),
    el("td", {}, el("progress", { max: one.asked, value: one.answered, ariaLabel: `${one.answered} of ${one.asked} questions answered` }), ` ${done ? "done" : `${one.answered}/${one.asked}`}`),
    el("td", {}, one.minutes ? `${one.minutes} min` : ""),
    el("td", {}, el("span", { className: `tag ${one.blind ? "blind" : ""}` }, how)),
    el("td", {}, others.join(", ")));
}
