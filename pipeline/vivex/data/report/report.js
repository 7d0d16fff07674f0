(function () {
  "use strict";
  var studies = [].slice.call(document.querySelectorAll("section.study"));
  var search = document.getElementById("search");
  var judged = document.getElementById("judged");
  var count = document.getElementById("count");
  var pictures = document.getElementById("pictures");
  var words = studies.map(function (s) { return s.textContent.toLowerCase(); });
  function filter() {
    var terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var choice = judged.value;
    var left = 0;
    studies.forEach(function (s, i) {
      var fits = terms.every(function (t) { return words[i].indexOf(t) >= 0; });
      if (fits && choice) { fits = (" " + s.dataset.judged + " ").indexOf(" " + choice + " ") >= 0; }
      s.hidden = !fits;
      document.querySelectorAll('[data-for="' + s.id + '"]').forEach(function (e) { e.hidden = !fits; });
      if (fits) { left += 1; }
    });
    count.textContent = left + " of " + studies.length + " studies";
  }
  function fill(details) {
    details.querySelectorAll("img[data-of]").forEach(function (img) {
      var first = document.getElementById(img.dataset.of);
      if (first && !img.src) { img.src = first.src; }
    });
  }
  document.addEventListener("toggle", function (e) { if (e.target.open) { fill(e.target); } }, true);
  function all(open) {
    document.querySelectorAll("details.picture").forEach(function (d) { d.open = open; });
    pictures.setAttribute("aria-pressed", String(open));
    pictures.textContent = open ? "Hide the page pictures" : "Show the page pictures";
  }
  function go(step) {
    var shown = studies.filter(function (s) { return !s.hidden; });
    var at = -1;
    shown.forEach(function (s, i) { if (s.getBoundingClientRect().top < 40) { at = i; } });
    var next = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    if (next) { next.scrollIntoView(); next.focus({ preventScroll: true }); }
  }
  search.addEventListener("input", filter);
  judged.addEventListener("change", filter);
  pictures.addEventListener("click", function () { all(pictures.getAttribute("aria-pressed") !== "true"); });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) { return; }
    var writing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (e.key === "Escape" && writing) { search.value = ""; judged.value = ""; filter(); document.activeElement.blur(); return; }
    if (writing) { return; }
    if (e.key === "/") { e.preventDefault(); search.focus(); }
    else if (e.key === "j") { go(1); }
    else if (e.key === "k") { go(-1); }
    else if (e.key === "p") { pictures.click(); }
  });
  window.addEventListener("beforeprint", function () { document.querySelectorAll("details[open]").forEach(fill); });
  filter();
})();
