// The paper: its pages as pictures (or its text in blocks), marks over them, and a selection that is exact characters.

import { get } from "./api.js";
import { Characters, counted } from "./characters.js";
import { calm, el, fill, say } from "./dom.js";
import { boxesOf, offsetAt, shownSize, turned, unturned } from "./geometry.js";

const AROUND = 2; // pages kept on either side of those that are seen
const PER_POINT = 96 / 72; // pixels of a point at 100 %
const LEAST = 0.4;
const MOST = 4;
const BLOCKS = { title: "h2", heading: "h2", list: "p", caption: "p", table: "pre" };

export class Paper {
  /** Show a study's paper in `host`; `selected` is told what is selected, `marked` which mark was chosen. */
  constructor(host, study, { selected = () => {}, marked = () => {}, zoomed = () => {} } = {}) {
    this.study = study;
    this.text = new Characters(study.text);
    this.selected = selected;
    this.marked = marked;
    this.told = zoomed;
    this.marks = [];
    this.selection = null;
    this.fragments = new Map();
    this.zoom = 0;
    this.gone = false;
    this.scroller = el("div.scroller", { tabIndex: 0, role: "region", ariaLabel: `The paper: ${study.title}` });
    this.pages = [];
    fill(host, [this.scroller]);
    if (study.pages.length) this.layPages();
    else this.layText();
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.scroller);
  }

  close() {
    this.gone = true;
    this.watch.disconnect();
    this.sight?.disconnect();
  }

  // -- pages

  layPages() {
    this.sight = new IntersectionObserver((seen) => this.look(seen), { root: this.scroller });
    for (const page of this.study.pages) {
      const sheet = el("div.sheet", { dataset: { page: page[0] }, role: "group", ariaLabel: `Page ${page[0]}` });
      const [words, marks, selection] = [el("div.words"), el("div.marks"), el("div.selection")];
      sheet.append(words, marks, selection);
      this.pages.push({ page, sheet, words, marks, selection, picture: null, near: false, seen: false, laid: false });
      this.scroller.append(sheet);
      this.sight.observe(sheet);
    }
    this.scroller.addEventListener("pointerdown", (event) => this.press(event));
    this.fit();
  }

  /** Set the size of the pages: as wide as the pane, or as zoomed. */
  fit() {
    if (!this.pages.length || this.gone) return;
    const widest = Math.max(...this.pages.map(({ page }) => shownSize(page)[0]));
    const room = this.scroller.clientWidth - 24;
    const fitted = Math.min(MOST, Math.max(LEAST, room / (widest * PER_POINT)));
    const scale = (this.zoom || fitted) * PER_POINT;
    if (!(room > 0) || scale === this.scale) return;
    const at = this.scroller.scrollHeight ? this.scroller.scrollTop / this.scroller.scrollHeight : 0;
    this.scale = scale;
    for (const one of this.pages) {
      const [width, height] = shownSize(one.page);
      one.sheet.style.width = `${width * scale}px`;
      one.sheet.style.height = `${height * scale}px`;
      one.picture?.remove();
      one.picture = null;
    }
    this.scroller.scrollTop = at * this.scroller.scrollHeight;
    this.load();
    this.draw();
  }

  zoomTo(zoom) {
    this.zoom = zoom === 0 ? 0 : Math.min(MOST, Math.max(LEAST, Math.round(zoom * 100) / 100));
    this.fit();
    this.told(this.zoom);
    say(zoom === 0 ? "As wide as the pane" : `${Math.round(this.zoom * 100)} %`);
  }

  get zoomed() {
    return this.zoom || (this.scale || PER_POINT) / PER_POINT;
  }

  look(seen) {
    for (const entry of seen) {
      const one = this.pages[Number(entry.target.dataset.page) - 1];
      if (one) one.seen = entry.isIntersecting;
    }
    this.load();
  }

  /** Ask for the pages that are seen and two on either side; let go of the others' pictures. */
  load() {
    const seen = this.pages.flatMap((one, n) => (one.seen ? [n] : []));
    const [first, last] = seen.length ? [seen[0], seen[seen.length - 1]] : [0, 0];
    this.pages.forEach((one, n) => {
      one.near = n >= first - AROUND && n <= last + AROUND;
      if (!one.near && one.picture) {
        one.picture.remove();
        one.picture = null;
      }
    });
    const order = this.pages.filter((one) => one.near).sort((a, b) => Number(b.seen) - Number(a.seen));
    for (const one of order) {
      this.lay(one);
      if (!one.picture && this.scale) {
        const scale = (Math.ceil(this.scale * devicePixelRatio * 20) / 20).toFixed(2);
        const source = `/api/studies/${this.study.id}/pages/${one.page[0]}/picture?scale=${scale}&of=${this.study.paper}`;
        one.picture = el("img", { alt: "", src: source, draggable: false, decoding: "async" });
        one.picture.addEventListener("error", () => one.sheet.classList.add("lost"));
        one.sheet.prepend(one.picture);
      }
    }
  }

  /** Fetch where the words of a page stand. */
  async lay(one) {
    if (one.laid) return;
    one.laid = true;
    try {
      const { fragments } = await get(`/api/studies/${this.study.id}/pages/${one.page[0]}`);
      this.fragments.set(one.page[0], fragments);
      const order = [...fragments].sort((a, b) => a[0] - b[0]);
      one.words.textContent = order.map(([start, end]) => this.text.slice(start, end)).join("\n");
      this.drawOn(one);
    } catch {
      one.laid = false;
    }
  }

  /** Return the character at a point of the window; null where there is none. */
  offset(x, y) {
    const one = this.pages.find(({ sheet }) => {
      const box = sheet.getBoundingClientRect();
      return y >= box.top - 4 && y < box.bottom + 4;
    });
    const fragments = one && this.fragments.get(one.page[0]);
    if (!fragments) return null;
    const box = one.sheet.getBoundingClientRect();
    return offsetAt(fragments, ...unturned(one.page, (x - box.left) / this.scale, (y - box.top) / this.scale));
  }

  press(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const start = this.offset(event.clientX, event.clientY);
    if (start === null) return;
    event.preventDefault();
    this.scroller.focus({ preventScroll: true });
    const [hit] = this.marks.filter((mark) => mark.start <= start && start < mark.end && mark.strong === false);
    if (event.detail === 2) return this.select(...this.text.word(start));
    if (event.detail > 2) return this.selectSentence(start);
    const anchor = event.shiftKey && this.selection ? this.selection[0] : start;
    let moved = event.shiftKey;
    if (moved) this.select(Math.min(anchor, start), Math.max(anchor, start), { quiet: true });
    const move = (next) => {
      const at = this.offset(next.clientX, next.clientY);
      if (at === null) return;
      moved = true;
      this.select(Math.min(anchor, at), Math.max(anchor, at), { quiet: true });
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      if (moved) this.select(...(this.selection || [start, start]));
      else {
        this.select(start, start);
        if (hit) this.marked(hit);
      }
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
    return undefined;
  }

  // -- a paper without pages: its text in blocks

  layText() {
    this.flow = el("div.flow");
    this.scroller.append(this.flow);
    const read = () => {
      const range = getSelection();
      if (!range || range.isCollapsed || !this.flow.contains(range.anchorNode)) return;
      const ends = [this.flowOffset(range.anchorNode, range.anchorOffset), this.flowOffset(range.focusNode, range.focusOffset)];
      if (ends.includes(null)) return;
      this.select(Math.min(...ends), Math.max(...ends));
    };
    this.flow.addEventListener("pointerup", () => setTimeout(read, 0));
    this.draw();
  }

  flowOffset(node, offset) {
    if (!node) return null;
    if (node.nodeType !== Node.TEXT_NODE) {
      const inside = node.childNodes[offset] ?? node;
      const start = inside instanceof Element ? (inside.closest("[data-start]") ?? inside.querySelector("[data-start]")) : null;
      return start ? Number(start.dataset.start) : null;
    }
    const holder = node.parentElement?.closest("[data-start]");
    return holder ? Number(holder.dataset.start) + counted(node.data, offset) : null;
  }

  drawFlow() {
    const blocks = this.study.blocks.length ? this.study.blocks : [["paragraph", 0, this.text.length, 0]];
    const shown = [...this.marks];
    if (this.selection) shown.push({ start: this.selection[0], end: this.selection[1], kind: "selected", strong: true });
    const made = blocks.map(([kind, start, end]) => {
      const cuts = new Set([start, end]);
      for (const mark of shown) {
        for (const cut of [mark.start, mark.end]) if (cut > start && cut < end) cuts.add(cut);
      }
      const at = [...cuts].sort((a, b) => a - b);
      const parts = at.slice(1).map((to, n) => {
        const over = shown.filter((mark) => mark.start <= at[n] && mark.end >= to);
        const classes = over.map((mark) => `mark ${mark.kind} ${mark.strong ? "strong" : "faint"}`).join(" ");
        return el("span", { className: classes, dataset: { start: at[n] } }, this.text.slice(at[n], to));
      });
      return el(BLOCKS[kind] ?? "p", { className: `block ${kind}` }, parts);
    });
    const top = this.scroller.scrollTop;
    fill(this.flow, made);
    this.scroller.scrollTop = top;
  }

  // -- marks and the selection

  /** Show marks: {start, end, kind, strong, label}; boxes are those of the words. */
  show(marks) {
    this.marks = marks.filter((mark) => mark.start !== null && mark.end > mark.start);
    this.draw();
  }

  draw() {
    if (this.flow) this.drawFlow();
    else for (const one of this.pages) if (one.laid) this.drawOn(one);
  }

  drawOn(one) {
    const marks = this.marks.map((m) => this.boxes(one, m.start, m.end, `mark.${m.kind}.${m.strong ? "strong" : "faint"}`));
    fill(one.marks, marks);
    this.drawSelection(one);
  }

  /** Draw what is selected on a page alone: its marks stay while the pointer moves. */
  drawSelection(one) {
    fill(one.selection, this.selection ? this.boxes(one, ...this.selection, "selected") : []);
  }

  boxes(one, start, end, classes) {
    if (!this.scale) return [];
    return boxesOf(this.fragments.get(one.page[0]) ?? [], start, end).map((box) => {
      const [x0, y0, x1, y1] = turned(one.page, box);
      const made = el(`div.${classes}`);
      made.style.left = `${x0 * this.scale}px`;
      made.style.top = `${y0 * this.scale}px`;
      made.style.width = `${(x1 - x0) * this.scale}px`;
      made.style.height = `${(y1 - y0) * this.scale}px`;
      return made;
    });
  }

  select(start, end, { quiet = false } = {}) {
    this.selection = end > start ? [start, end] : null;
    if (this.flow) {
      if (!quiet) {
        getSelection()?.removeAllRanges();
        this.drawFlow();
      }
    } else this.pages.forEach((one) => this.drawSelection(one));
    if (!quiet) {
      this.caret = start;
      this.selected(this.selection);
      if (this.selection) say(`Selected: ${this.quote()}`);
    }
  }

  quote() {
    return this.selection ? this.text.slice(...this.selection).replace(/\s+/g, " ").trim() : "";
  }

  /** Select the whole sentence (or sentences) of the selection, or the one at a character. */
  selectSentence(at = null) {
    const [from, to] = at !== null ? [at, at + 1] : (this.selection ?? [this.caretOr(), this.caretOr() + 1]);
    const hit = this.study.sentences.filter(([start, end]) => start < to && end > from);
    const found = hit.length ? hit : this.study.sentences.filter(([start]) => start >= from).slice(0, 1);
    if (!found.length) return;
    this.select(found[0][0], found[found.length - 1][1]);
    this.reveal(found[0][0], found[0][1]);
  }

  /** Select the next sentence, or the one before. */
  stepSentence(forward) {
    const all = this.study.sentences;
    const at = this.selection ? this.selection[0] : this.caretOr();
    let n = all.findIndex(([start]) => start >= at);
    if (n < 0) n = all.length - 1;
    if (this.selection && all[n]?.[0] === at) n += forward ? 1 : -1;
    else if (!forward) n -= 1;
    const found = all[Math.min(Math.max(n, 0), all.length - 1)];
    if (!found) return;
    this.select(...found);
    this.reveal(...found);
  }

  /** Move the end (or start) of the selection by a word. */
  stretch(forward, end = true) {
    if (!this.selection) return this.selectSentence();
    const [start, stop] = this.selection;
    if (end) this.select(start, Math.max(start + 1, this.text.step(stop, forward)));
    else {
      let moved = this.text.step(start, forward);
      while (forward && moved < stop && /\s/u.test(this.text.all[moved])) moved += 1;
      this.select(Math.min(moved, stop - 1), stop);
    }
    return undefined;
  }

  caretOr() {
    if (this.caret) return this.caret;
    const strong = this.marks.find((mark) => mark.strong);
    return strong ? strong.start : 0;
  }

  /** Scroll to a place, unless it is seen. */
  async reveal(start, end, page = null) {
    if (start === null) return;
    if (this.flow) {
      const spans = [...this.flow.querySelectorAll("[data-start]")];
      const span = spans.filter((one) => Number(one.dataset.start) <= start).pop();
      span?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
      return;
    }
    const number = page ?? this.pageOf(start, end);
    const one = this.pages.find(({ page }) => page[0] === number);
    if (!one) return;
    if (!one.laid) await this.lay(one);
    const [box] = boxesOf(this.fragments.get(number) ?? [], start, end);
    if (!this.scale || this.gone) return;
    const [, y0] = turned(one.page, box ?? [0, 0, 0, 0]);
    const top = one.sheet.offsetTop + y0 * this.scale;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop + 40 || top > scrollTop + clientHeight - 80) {
      this.scroller.scrollTo({ top: top - clientHeight / 3, behavior: calm() ? "auto" : "smooth" });
    }
  }

  pageOf(start, end) {
    for (const [number, fragments] of this.fragments) {
      if (fragments.some(([from, to]) => from < end && to > start)) return number;
    }
    const holding = this.study.pages.filter(([, , , , from, to]) => from <= start && end <= to);
    return holding[0]?.[0] ?? null;
  }
}
