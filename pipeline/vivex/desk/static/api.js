// What the desk's server is asked; one write at a time, in the order in which they were made.

let session = "";
let queue = Promise.resolve();
const saved = () => document.getElementById("saved");

/** Return the JSON at an address; throw an Error with the server's line. */
export async function get(path) {
  return read(await reached(path, {}));
}

export async function enter() {
  const review = await get("/api/review");
  session = review.session;
  return review;
}

/** Send JSON and return the answer; "saved" is shown only once the server has it on disk. */
export function post(path, data, { quiet = false } = {}) {
  return inTurn(path, { body: JSON.stringify(data), headers: { "content-type": "application/json" }, quiet });
}

/** Send a paper's bytes; `anyway` adds it though another one seems to be the same. */
export function sendPaper(file, { anyway = false } = {}) {
  const headers = { "content-type": "application/octet-stream", "x-vivex-name": encodeURIComponent(file.name) };
  return inTurn("/api/papers", { body: file, headers: anyway ? { ...headers, "x-vivex-anyway": "yes" } : headers, quiet: true });
}

function inTurn(path, what) {
  const turn = queue.then(() => write(path, what));
  queue = turn.catch(() => {});
  return turn;
}

/** Send something; `quiet` where it decides nothing that "saved" would speak of. */
async function write(path, { body, headers, quiet }) {
  if (quiet) return read(await reached(path, { method: "POST", body, headers: { ...headers, "x-vivex-session": session } }));
  show("Saving…", "");
  try {
    const got = await reached(path, { method: "POST", body, headers: { ...headers, "x-vivex-session": session } });
    const data = await read(got);
    show(data.changed ? "Not saved" : "Saved", data.changed ? "bad" : "good");
    return data;
  } catch (error) {
    show("Not saved", "bad");
    throw error;
  }
}

async function reached(path, options) {
  try {
    return await fetch(path, { cache: "no-store", credentials: "same-origin", ...options });
  } catch {
    throw new Error("The desk doesn't answer. Is `vivex desk` still running? Nothing was saved since it last said so.");
  }
}

async function read(got) {
  const kind = got.headers.get("content-type") || "";
  const data = kind.includes("json") ? await got.json() : { error: (await got.text()).trim() };
  if (!got.ok) throw new Error(data.error || `The desk answered ${got.status}.`);
  return data;
}

function show(words, state) {
  saved().textContent = words;
  saved().dataset.state = state;
}
