// A paper's text by characters as the server counts them (code points), which JavaScript does not.

export class Characters {
  constructor(text) {
    this.all = Array.from(text);
  }

  get length() {
    return this.all.length;
  }

  slice(start, end) {
    return this.all.slice(start, end).join("");
  }

  /** Return the bounds of the word at a character. */
  word(at) {
    const solid = (n) => n >= 0 && n < this.length && /[^\s.,;:()[\]"“”]/u.test(this.all[n]);
    let start = at;
    if (!solid(start) && solid(start - 1)) start -= 1;
    let end = start;
    while (solid(start - 1)) start -= 1;
    while (solid(end)) end += 1;
    return end > start ? [start, end] : [at, at];
  }

  /** Return the end of the next word after a character, or the start of the one before it. */
  step(at, forward) {
    const blank = (n) => /\s/u.test(this.all[n] ?? " ");
    let n = at;
    if (forward) {
      while (n < this.length && blank(n)) n += 1;
      while (n < this.length && !blank(n)) n += 1;
    } else {
      while (n > 0 && blank(n - 1)) n -= 1;
      while (n > 0 && !blank(n - 1)) n -= 1;
    }
    return n;
  }
}

/** Return how many characters (code points) stand before an offset of a JavaScript string. */
export const counted = (text, offset) => Array.from(text.slice(0, offset)).length;
