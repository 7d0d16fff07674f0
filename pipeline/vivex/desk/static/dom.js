// Elements made from words and properties: whatever a paper or a person wrote becomes text, never markup.

/** Return an element; a string among its children is text. Properties beginning with "on" are listeners. */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(made.dataset, value);
    else if (/^aria[A-Z]/.test(key)) made.setAttribute(`aria-${key.slice(4).toLowerCase()}`, value);
    else if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  fill(made, children);
  return made;
}

/** Put children into an element, in the place of those that it has. */
export function fill(parent, children) {
  parent.replaceChildren(...children.flat(4).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return parent;
}

/** Return a button with a key shown beside its words. */
export function button(words, key, done, props = {}) {
  return el("button", { type: "button", onclick: done, ...props }, words, key ? el("kbd", { ariaHidden: "true" }, key) : null);
}

/** Tell a screen reader something. */
export function say(words) {
  document.getElementById("said").textContent = words;
}

/** Show a dialog; return a promise of the value of the button that closed it, "" where it was dismissed. */
export function ask(title, content, choices) {
  const dialog = document.getElementById("dialog");
  return new Promise((resolve) => {
    let answer = "";
    const buttons = choices.map(([words, value]) =>
      button(words, "", () => {
        answer = value;
        dialog.close();
      }, { className: value ? "main" : "" }));
    fill(dialog, [el("h2", { id: "dialog-title" }, title), content, el("div.row.end", {}, buttons)]);
    dialog.addEventListener("close", () => resolve(answer), { once: true });
    dialog.showModal();
  });
}

/** Show a dialog that asks nothing; return a promise of its end. */
export const tell = (title, content) => ask(title, content, [["Go on", "ok"]]);

/** Return words, of long ones the beginning. */
export const shortened = (words, most) => (words.length > most ? `${words.slice(0, most)}…` : words);

/** Tell whether the person is typing. */
export function typing(event) {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || at.tagName === "TEXTAREA" || at.tagName === "SELECT") return true;
  return at.tagName === "INPUT" && !["checkbox", "radio", "button", "file"].includes(at.type);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
