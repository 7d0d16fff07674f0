// Papers and libraries taken in by dropping their files; what is there already is named before it goes in.

import { sendPaper } from "./api.js";
import { ask, el } from "./dom.js";

const TAKEN = ".pdf,.xml,.nxml,.txt,.ris,.bib,.bibtex,.nbib,.json,.csv";
const LIBRARY = /\.(ris|bib|bibtex|nbib|json|csv)$/i;

/** Return the place where files are dropped, or chosen. */
export function dropPlace() {
  const came = el("ul.came");
  const input = el("input", { type: "file", multiple: true, accept: TAKEN, onchange: (event) => add([...event.target.files], came) });
  const drop = el("div.drop", {
    ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
    ondragleave: () => drop.classList.remove("over"),
    ondrop: (event) => { event.preventDefault(); drop.classList.remove("over"); add([...event.dataTransfer.files], came); },
  }, el("p", {}, "Drop papers (PDF, JATS XML, text) or a library (RIS, BibTeX, PubMed's nbib, CSL JSON) here, or ", el("label", {}, "choose them: ", input)));
  return el("section", {}, el("h2", {}, "Add papers"), drop, el("div", { role: "status" }, came),
    el("p.hint", {}, "A paper that is there already is named before it goes in: the same file, or one with its DOI or title. A library tells authors, years and titles of the papers; it is matched by file name, DOI and title. Then ", el("code", {}, "dvc repro"), " reads the new papers."));
}

async function add(files, came) {
  const papersFirst = [...files].sort((one, other) => LIBRARY.test(one.name) - LIBRARY.test(other.name)); // a library finds them
  for (const file of papersFirst) {
    const line = el("li", {}, `${file.name}: …`);
    came.append(line);
    try {
      let got = await sendPaper(file);
      if (got.ask && await allTheSame(got)) got = await sendPaper(file, { anyway: true });
      line.replaceChildren(...told(got));
    } catch (error) {
      line.textContent = error.message;
    }
  }
}

async function allTheSame(got) {
  const answer = await ask(`Add ${got.name}?`, el("p", {}, `${got.name}: ${got.why}.`), [["Leave it out", ""], ["Add it all the same", "add"]]);
  return answer === "add";
}

/** Return what came of a file in words. */
function told(got) {
  if (got.records === undefined) return [got.added ? `${got.name}: added` : `${got.name}: not added; ${got.why}`];
  const count = got.records === 1 ? "1 record" : `${got.records} records`;
  const words = `${got.name}: ${count}, ${got.matched} of papers of this review (${got.new} newly told)`;
  return got.notes.length
    ? [words, el("details", {}, el("summary", {}, `${got.notes.length} found no partner`), el("ul", {}, got.notes.map((note) => el("li", {}, note))))]
    : [words];
}
