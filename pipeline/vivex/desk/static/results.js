// Results: the figures, texts and tables that `vivex final` and `vivex agree` made, as they stand.

import { get } from "./api.js";
import { button, el, fill, say } from "./dom.js";

const FOLDERS = { final: "What is settled", agreement: "Agreement", training: "What training did" };

export async function resultsScreen(main) {
  const { files } = await get("/api/results");
  if (!files.length) {
    fill(main, [el("h1", {}, "Results"), el("p.empty", {}, "Nothing is here yet; ", el("code", {}, "dvc repro"), " makes the results.")]);
    return { title: "Results", keys: {} };
  }
  const sections = Object.entries(FOLDERS).map(([folder, heading]) => section(heading, files.filter((file) => file.folder === folder)));
  fill(main, [el("h1", {}, "Results"), el("p.hint", {}, "As they were made last; ", el("code", {}, "dvc repro"), " makes them anew from the decisions of now."), sections]);
  for (const place of main.querySelectorAll("[data-text]")) {
    fetch(`/api/results/${place.dataset.text}`).then((got) => got.text()).then((words) => { place.textContent = words; });
  }
  return { title: "Results", keys: {} };
}

function section(heading, files) {
  if (!files.length) return null;
  const short = (file) => file.name.split("/").slice(1).join("/");
  const figures = files.filter((file) => file.kind === ".svg");
  const texts = files.filter((file) => file.kind === ".txt");
  const rest = files.filter((file) => ![".svg", ".txt"].includes(file.kind));
  return el("section", {}, el("h2", {}, heading),
    texts.map((file) => el("div.text", {}, el("h3", {}, short(file)), el("pre", { dataset: { text: file.id }, tabIndex: 0 }), button("Copy", "", (event) => {
      navigator.clipboard.writeText(event.target.parentElement.querySelector("pre").textContent);
      say("Copied");
    }))),
    el("div.figures", {}, figures.map((file) => el("figure", {}, el("img", { src: `/api/results/${file.id}`, alt: short(file), loading: "lazy" }), el("figcaption", {}, el("a", { href: `/api/results/${file.id}`, download: short(file).split("/").pop() }, short(file)))))),
    el("ul.files", {}, rest.map((file) => el("li", {},
      el("a", { href: `/api/results/${file.id}`, download: short(file).split("/").pop() }, short(file)),
      file.kind === ".csv" ? el("details", { ontoggle: (event) => event.target.open && table(event.target, file) }, el("summary", {}, "look at it"), el("div.scroll", { tabIndex: 0, role: "region", ariaLabel: short(file) })) : null))));
}

async function table(details, file) {
  const place = details.querySelector(".scroll");
  if (place.childElementCount) return;
  const { lines, more } = await get(`/api/results/${file.id}/table`);
  const [head = [], ...body] = lines;
  fill(place, [el("table", {}, el("thead", {}, el("tr", {}, head.map((cell) => el("th", { scope: "col" }, cell)))), el("tbody", {}, body.map((line) => el("tr", {}, line.map((cell) => el("td", {}, cell)))))), more ? el("p.hint", {}, `and ${more} more lines`) : null]);
}
