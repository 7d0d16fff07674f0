// Screens, keys and help.

import { enter } from "./api.js";
import { boardScreen } from "./board.js";
import { differencesScreen } from "./differences.js";
import { ask, el, fill, typing } from "./dom.js";
import { formScreen } from "./form_editor.js";
import { resultsScreen } from "./results.js";
import { setupScreen } from "./setup.js";
import { setTiming, timing } from "./stopwatch.js";
import { studyScreen } from "./study.js";

const SCREENS = { board: ["Board", boardScreen], differences: ["Differences", differencesScreen], results: ["Results", resultsScreen], setup: ["Set-up", setupScreen] };
const INNER = { asking: ["setup", formScreen] }; // screens within another: the one that the navigation shows
const SINGLE = "vivex-single-keys";
const singleKeys = () => localStorage.getItem(SINGLE) !== "off";
const GROUPS = { moving: "Moving about", answers: "Answers", paper: "The paper", screens: "Screens" };

let shown = null;
const main = document.getElementById("main");

/** Show the screen that the address names, with the review as it is then. */
async function show(entering = enter()) {
  const [, name = "board", id = ""] = location.hash.split("/");
  shown?.close?.();
  shown = null;
  main.className = `screen ${name}`;
  delete main.dataset.tab;
  fill(document.getElementById("screens"), Object.entries(SCREENS).map(([key, [words]]) =>
    el("a", { href: `#/${key}`, ariaCurrent: key === (INNER[name]?.[0] ?? name) ? "page" : null }, words)));
  fill(main, [el("p.empty", {}, "One moment…")]);
  try {
    const review = await entering;
    const made = name === "study" ? await studyScreen(main, review, id) : await (SCREENS[name] ?? INNER[name] ?? SCREENS.board)[1](main, review, id);
    shown = made;
    document.title = `${made.title} · vivex desk`;
    if (name !== "study") main.focus({ preventScroll: true });
  } catch (error) {
    fill(main, [el("div.fault", { role: "alert" }, el("h1", {}, "This can't be shown"), el("p", {}, error.message), el("p", {}, el("a", { href: "#/board" }, "To the board")))]);
  }
}

const everywhere = {
  "?": ["this list", () => help(), "screens"],
  B: ["board", () => go("board"), "screens"],
  D: ["differences", () => go("differences"), "screens"],
  R: ["results", () => go("results"), "screens"],
  S: ["set-up", () => go("setup"), "screens"],
};

function go(name) {
  location.hash = `#/${name}`;
}

function pressed(event) {
  if (document.getElementById("dialog").open || event.isComposing || event.altKey || typing(event)) return;
  const wide = event.ctrlKey || event.metaKey;
  if (wide && !["z", "y", "Z"].includes(event.key)) return;
  const key = wide ? (event.key === "y" || event.shiftKey ? "Z" : "z") : event.key;
  if (!singleKeys() && !wide && key.length === 1) return;
  const found = shown?.keys?.[key] ?? everywhere[key];
  if (!found) return;
  if (found[3] === "form" && !event.target.closest?.(".form")) return; // arrows scroll the paper
  event.preventDefault();
  found[1]();
}

async function help() {
  const keys = { ...(shown?.keys ?? {}), ...everywhere };
  const lists = Object.entries(GROUPS).map(([group, heading]) => {
    const of = Object.entries(keys).filter(([, one]) => one[2] === group && one[0]);
    const name = (key) => ({ ArrowRight: "→", ArrowLeft: "←", Escape: "Esc", 1: "1 … 9" })[key] ?? key;
    return of.length ? el("section", {}, el("h3", {}, heading), el("dl.keys", {}, of.map(([key, [words]]) => [el("dt", {}, el("kbd", {}, name(key))), el("dd", {}, words)]))) : null;
  });
  const option = (words, on, set) => el("label.option", {}, el("input", { type: "checkbox", checked: on, onchange: (event) => set(event.target.checked) }), words);
  await ask("Keys", [
    el("div.columns", {}, lists),
    option("Single-letter keys work (arrows, Tab and Enter always do)", singleKeys(), (on) => localStorage.setItem(SINGLE, on ? "on" : "off")),
    option("Keep how many seconds a question takes, with the decision", timing(), setTiming),
  ], [["Close", "ok"]]);
}

async function begin() {
  let review;
  try {
    review = await enter();
  } catch (error) {
    fill(main, [el("div.fault", { role: "alert" }, el("h1", {}, "The desk is closed"), el("p", {}, error.message))]);
    return;
  }
  document.getElementById("review-name").textContent = review.review;
  document.getElementById("reviewer").textContent = review.readOnly ? "only reading" : review.reviewer;
  document.getElementById("help-button").addEventListener("click", help);
  addEventListener("hashchange", () => show());
  addEventListener("keydown", pressed);
  await show(Promise.resolve(review));
}

/** Ask before the window closes over words that were typed and not sent. */
addEventListener("beforeunload", (event) => {
  if (main.classList.contains("dirty") || [...document.querySelectorAll(".entry textarea")].some((one) => one.value.trim() && !one.closest(".slot")?.dataset.sent)) event.preventDefault();
});

begin();
