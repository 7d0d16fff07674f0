// Between a page as it is shown (turned) and the points in which a document gives its boxes (unturned).

/** Return a page's width and height as it is shown, in points. */
export function shownSize([, width, height, rotation]) {
  return rotation % 180 ? [height, width] : [width, height];
}

/** Return a shown point in the document's coordinates. */
export function unturned([, width, height, rotation], x, y) {
  if (rotation === 90) return [y, height - x];
  if (rotation === 180) return [width - x, height - y];
  if (rotation === 270) return [width - y, x];
  return [x, y];
}

/** Return a document's box as it is shown: left, top, right, bottom. */
export function turned([, width, height, rotation], [x0, y0, x1, y1]) {
  if (rotation === 90) return [height - y1, x0, height - y0, x1];
  if (rotation === 180) return [width - x1, height - y1, width - x0, height - y0];
  if (rotation === 270) return [y0, width - x1, y1, width - x0];
  return [x0, y0, x1, y1];
}

/** Return the character boundary nearest to a point; null where the page holds no words. */
export function offsetAt(fragments, x, y) {
  let best = null;
  let least = Infinity;
  for (const fragment of fragments) {
    const [x0, y0, x1, y1] = fragment[2];
    const across = Math.max(x0 - x, 0, x - x1);
    const down = Math.max(y0 - y, 0, y - y1);
    const far = fragment[4] ? across * across * 9 + down * down : across * across + down * down * 9;
    if (far < least) {
      least = far;
      best = fragment;
    }
  }
  return best === null ? null : boundary(best, x, y);
}

function boundary([start, end, [x0, y0, x1, y1], edges, vertical], x, y) {
  const at = vertical ? y : x;
  if (!edges.length) {
    const [low, high] = vertical ? [y0, y1] : [x0, x1];
    const share = Math.min(1, Math.max(0, (at - low) / Math.max(high - low, 1e-6)));
    return start + Math.round(share * (end - start));
  }
  let best = 0;
  for (let n = 1; n < edges.length; n += 1) {
    if (Math.abs(edges[n] - at) < Math.abs(edges[best] - at)) best = n;
  }
  return start + best;
}

/** Return the boxes that a range of characters covers on a page. */
export function boxesOf(fragments, start, end) {
  const found = [];
  for (const [from, to, [x0, y0, x1, y1], edges, vertical] of fragments) {
    if (from >= end || to <= start) continue;
    if (!edges.length) {
      found.push([x0, y0, x1, y1]);
      continue;
    }
    const part = edges.slice(Math.max(start, from) - from, Math.min(end, to) - from + 1);
    const [low, high] = [Math.min(...part), Math.max(...part)];
    found.push(vertical ? [x0, low, x1, high] : [low, y0, high, y1]);
  }
  return found;
}
