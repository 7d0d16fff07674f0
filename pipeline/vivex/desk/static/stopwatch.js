// How long a question is worked on; a pause of more than a minute is none of it. It can be turned off.

const IDLE = 60_000;
const SETTING = "vivex-seconds";

export const timing = () => localStorage.getItem(SETTING) !== "off";
export const setTiming = (on) => localStorage.setItem(SETTING, on ? "on" : "off");

export class Stopwatch {
  constructor() {
    this.spent = new Map();
    this.label = null;
    this.last = performance.now();
    this.tick = () => this.count();
    for (const sort of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(sort, this.tick, { passive: true });
  }

  close() {
    for (const sort of ["keydown", "pointerdown", "pointermove", "wheel"]) removeEventListener(sort, this.tick);
  }

  count() {
    const now = performance.now();
    const passed = now - this.last;
    this.last = now;
    if (this.label !== null && passed < IDLE) this.spent.set(this.label, (this.spent.get(this.label) ?? 0) + passed);
  }

  start(label) {
    this.count();
    this.label = label;
  }

  /** Return the seconds spent on a question since they were last taken, or null where they aren't kept. */
  take(label) {
    this.count();
    const spent = (this.spent.get(label) ?? 0) / 1000;
    this.spent.delete(label);
    return timing() ? spent : null;
  }
}
