/* Training pages: arrow keys in the heat map, choices that act at once, and a log that follows its end. */
"use strict";
(function () {
  const MOVES = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

  /* One cell of the heat map takes part in the tab order; arrows go on from there. */
  function cellOf(table, row, column) {
    const line = table.tBodies[0].rows[row];
    const cell = line && line.querySelectorAll("td:not(.total)")[column];
    return cell && cell.firstElementChild;
  }

  function makeRoving(table) {
    let first = true;
    table.querySelectorAll("tbody td:not(.total) > *").forEach(function (cell) {
      cell.tabIndex = first ? 0 : -1;
      first = false;
    });
  }

  function onArrow(event) {
    const table = event.target.closest && event.target.closest("table.heat");
    const move = MOVES[event.key];
    const cell = table && event.target.closest("td");
    if (!cell || (!move && event.key !== "Home" && event.key !== "End")) {
      return;
    }
    const line = cell.parentElement;
    const cells = Array.from(line.querySelectorAll("td:not(.total)"));
    const row = Array.from(table.tBodies[0].rows).indexOf(line);
    const column = cells.indexOf(cell);
    const next = move ? cellOf(table, row + move[0], column + move[1])
        : cellOf(table, row, event.key === "Home" ? 0 : cells.length - 1);
    event.preventDefault();
    if (next) {
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  }

  /* There is something to compare once two runs are ticked; without this script the page of the comparison says so. */
  function allowComparison() {
    const form = document.querySelector("form#compare");
    if (form) {
      const ticked = document.querySelectorAll("input[name=run][form=compare]:checked").length;
      form.querySelector("button").disabled = ticked < 2;
      document.getElementById("compare-help").hidden = ticked >= 2;
    }
  }

  /* A choice of preset or plugin draws the form anew. */
  function onChange(event) {
    allowComparison();
    const form = event.target.closest && event.target.closest("form[data-submit-on-change]");
    if (!form) {
      return;
    }
    if (event.target.name === "preset") {
      // the preset names its own plugins
      form.querySelectorAll("select:not([name=preset])").forEach(function (select) { select.disabled = true; });
    }
    form.submit();
  }

  function atEnd(log) {
    return log.scrollTop + log.clientHeight >= log.scrollHeight - 30;
  }

  let following = true;

  function showEnd() {
    document.querySelectorAll(".log[data-follow]").forEach(function (log) {
      if (following) {
        log.scrollTop = log.scrollHeight;
      }
      log.addEventListener("scroll", function () { following = atEnd(log); }, {passive: true});
    });
  }

  /* The buttons of a run stand outside its live part: once it has ended, others are needed. */
  function onPart(event) {
    const poll = event.target.querySelector("[data-poll=live]");
    if (poll && poll.dataset.active === "false" && document.getElementById("cancel")) {
      location.reload();
    }
    showEnd();
  }

  function start() {
    document.querySelectorAll("table.heat").forEach(makeRoving);
    document.addEventListener("keydown", onArrow);
    document.addEventListener("change", onChange);
    document.addEventListener("controlroom:part", onPart);
    window.addEventListener("pageshow", allowComparison); // after the way back, too, when the browser has kept the ticks
    allowComparison();
    showEnd();
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
