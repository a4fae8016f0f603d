/* What every page does by itself: times in the reader's zone, theme, language, menu, keyboard, live parts, charts, a lost
   connection, confirmations. Pages mark what they want with data attributes and call nothing. */
"use strict";
window.ControlRoom = (function () {
  const root = document.documentElement;
  const language = root.lang || "en";
  const YEAR_S = 31536000;

  /* ---- times and numbers ---- */
  const full = new Intl.DateTimeFormat(language, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short"});
  const exact = new Intl.DateTimeFormat(language, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short"});
  const short = new Intl.DateTimeFormat(language, {
    month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit"});
  const shortOfOtherYear = new Intl.DateTimeFormat(language, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit"});
  const clock = new Intl.DateTimeFormat(language, {hour: "2-digit", minute: "2-digit"});
  const exactClock = new Intl.DateTimeFormat(language, {hour: "2-digit", minute: "2-digit", second: "2-digit"});
  const relative = new Intl.RelativeTimeFormat(language, {numeric: "auto", style: "long"});
  const numbers = new Intl.NumberFormat(language, {maximumSignificantDigits: 4});
  const percents = new Intl.NumberFormat(language, {style: "percent", maximumSignificantDigits: 3});

  function age(time) {
    const seconds = (time - Date.now()) / 1000;
    const steps = [[60, 1, "second"], [3600, 60, "minute"], [86400, 3600, "hour"], [30 * 86400, 86400, "day"], [Infinity, 30 * 86400, "month"]];
    const step = steps.find(function (one) { return Math.abs(seconds) < one[0]; });
    return relative.format(Math.min(0, Math.round(seconds / step[1])), step[2]);
  }

  function writeTime(element) {
    const time = new Date(element.getAttribute("datetime"));
    if (isNaN(time)) {
      return;
    }
    const show = element.dataset.show;
    const until = element.dataset.until ? new Date(element.dataset.until) : null;
    const text = until ? full.formatRange(time, until) : show === "age" ? age(time)
        : show === "short" ? (Math.abs(Date.now() - time) < YEAR_S * 500 ? short : shortOfOtherYear).format(time)
        : full.format(time);
    if (element.textContent !== text) {
      element.textContent = text;
    }
    element.title = until ? exact.formatRange(time, until) : exact.format(time);
  }

  function writeZone() {
    const zone = document.getElementById("zone");
    const offset = new Intl.DateTimeFormat(language, {timeZoneName: "longOffset"}).formatToParts(new Date())
        .find(function (part) { return part.type === "timeZoneName"; });
    if (zone) {
      const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
      zone.textContent = offset && offset.value !== name && name !== "UTC" ? name + " (" + offset.value + ")" : name;
    }
  }

  /* ---- theme and language: cookies, which the server reads, so that the next page has them from its first byte ---- */
  function remember(name, value) {
    const path = (document.querySelector("a.brand") || {pathname: "/"}).pathname;
    document.cookie = name + "=" + value + "; path=" + path + "; max-age=" + (value ? YEAR_S : 0) + "; samesite=lax";
  }

  function chooseTheme(theme) {
    remember("cr_theme", theme === "system" ? "" : theme);
    document.querySelectorAll("a[href^='/docs']").forEach(function (link) { link.search = theme === "system" ? "" : "theme=" + theme; });
    root.dataset.theme = theme;
    document.querySelectorAll("[data-theme-choice]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
    });
    colourCharts();
  }

  function chooseLanguage(chosen) {
    remember("cr_lang", chosen);
    location.reload();
  }

  /* ---- menu ---- */
  function showMenu(open) {
    const button = document.querySelector(".menu-button");
    button.setAttribute("aria-expanded", String(open));
    document.querySelector(".side").classList.toggle("open", open);
  }

  /* ---- keyboard ---- */
  let leader = 0;

  function isWriting(target) {
    return target.closest && target.closest("input, textarea, select, [contenteditable]");
  }

  function onKey(event) {
    if (event.key === "Escape") {
      showMenu(false);
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      document.getElementById("keys").showModal();
    } else if (event.key === "/") {
      const field = document.querySelector("main input[type=search]") || document.querySelector("main input:not([type=hidden]), main textarea");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else if (event.key === "g") {
      leader = Date.now();
    } else if (Date.now() - leader < 1500) {
      leader = 0;
      const link = document.querySelector(".menu a[data-key='" + CSS.escape(event.key) + "']");
      if (link) {
        link.click();
      }
    }
  }

  /* ---- confirmations: a control with data-confirm="question" acts only after a yes ---- */
  let confirmed = null;

  function onClick(event) {
    const asking = event.target.closest("[data-confirm]");
    if (asking && confirmed !== asking) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const dialog = document.getElementById("confirm");
      document.getElementById("confirm-text").textContent = asking.dataset.confirm;
      dialog.returnValue = "no";
      dialog.addEventListener("close", function () {
        if (dialog.returnValue === "yes") {
          confirmed = asking;
          asking.click();
          confirmed = null;
        }
      }, {once: true});
      dialog.showModal();
      return;
    }
    const button = event.target.closest("button");
    if (button && button.dataset.themeChoice) {
      chooseTheme(button.dataset.themeChoice);
    } else if (button && button.dataset.languageChoice) {
      chooseLanguage(button.dataset.languageChoice);
    } else if (button && button.classList.contains("menu-button")) {
      showMenu(button.getAttribute("aria-expanded") !== "true");
    } else if (button && button.classList.contains("keys-open")) {
      document.getElementById("keys").showModal();
    } else if (button && button.dataset.copy) {
      navigator.clipboard.writeText(button.dataset.copy);
    }
  }

  /* ---- a lost connection: shown from the first failure, asked again until it is back ---- */
  let asking = 0;
  let waiting = false;

  function lost() {
    const banner = document.getElementById("lost");
    if (banner) {
      banner.hidden = false;
      const text = banner.querySelector(".lost-text");
      if (text.textContent !== text.dataset.text) {
        text.textContent = text.dataset.text;
      }
    }
    if (!asking) {
      asking = setTimeout(askAgain, 2000);
    }
  }

  function found() {
    const banner = document.getElementById("lost");
    if (banner) {
      banner.hidden = true;
    }
    clearTimeout(asking);
    asking = 0;
  }

  /* PrimeFaces waits for the arguments of an answer before it enables the button that asked; without an answer they never come. */
  function releaseButtons() {
    Object.values((window.PrimeFaces && window.PrimeFaces.widgets) || {}).forEach(function (widget) {
      if (widget.jq && widget.jq.hasClass("ui-state-loading")) {
        window.PrimeFaces.buttonEndAjaxDisabled(widget, widget.jq);
      }
    });
  }

  /* An answer that is no page at all: the reader must see that nothing was done. */
  function failed(status) {
    const banner = document.getElementById("lost");
    const text = banner.querySelector(".lost-text");
    text.textContent = text.dataset.failed.replace("{0}", status);
    banner.hidden = false;
  }

  /* Where the reader wrote what a mistake is about: in the form that was answered, else anywhere on the page. */
  function inputOf(mistake) {
    const field = CSS.escape(mistake.dataset.field);
    const named = "[data-field-of='" + field + "'], [name='" + field + "']:not([type=hidden]):not([type=checkbox])";
    const form = mistake.closest("form");
    return (form && form.querySelector(named)) || document.getElementById(mistake.dataset.field) || document.querySelector("main form .field :is(" + named + ")");
  }

  /* The fields that an answer complains about are marked, and called there what they are called here. */
  function markFields() {
    document.querySelectorAll("main .field-marked").forEach(function (field) {
      field.classList.remove("field-marked", "field-wrong");
      field.querySelectorAll("[aria-invalid]").forEach(function (input) { input.removeAttribute("aria-invalid"); });
    });
    document.querySelectorAll("main .problem [data-field]").forEach(function (mistake) {
      const input = inputOf(mistake);
      const field = input && input.closest("form .field");
      if (field) {
        input.setAttribute("aria-invalid", "true");
        field.classList.add("field-marked", "field-wrong");
        const label = field.querySelector("label");
        const name = mistake.querySelector(".field-name");
        if (label && name) {
          const called = document.createElement("strong");
          called.className = "field-name";
          called.textContent = label.textContent.trim();
          name.replaceWith(called);
        }
      }
    });
  }

  /* What an action was answered may stand far from its button: the first wrong field, a problem, or the part that says so. */
  function showAnswer() {
    const wrong = document.querySelector("main [aria-invalid=true]");
    const said = wrong || document.querySelector("main .problem") || document.querySelector("main [data-answer]");
    const box = said && said.getBoundingClientRect();
    if (box && (box.top < 0 || box.top > window.innerHeight - 80)) {
      said.scrollIntoView({block: wrong ? "center" : "start"});
    }
    if (wrong) {
      wrong.focus({preventScroll: true});
    }
  }

  function askAgain() {
    asking = 0;
    if (document.hidden) {
      waiting = true; // goes on when the tab is seen again
      return;
    }
    fetch(location.href, {method: "HEAD", cache: "no-store"}).then(function (answer) {
      if (answer.status < 500) {
        found();
        startPolls(document);
      } else {
        lost();
      }
    }, lost);
  }

  /* ---- live parts: the page is fetched again and one element of it replaced ---- */
  const polls = new Map();

  function startPolls(within) {
    within.querySelectorAll("[data-poll]").forEach(function (marker) {
      const part = marker.dataset.poll;
      const old = polls.get(part);
      if (old) {
        clearTimeout(old.timer);
        polls.delete(part);
      }
      if (marker.dataset.active !== "false") {
        const poll = {every: Math.max(2, Number(marker.dataset.every) || 2) * 1000, timer: 0, seen: old ? old.seen : null};
        polls.set(part, poll);
        poll.timer = setTimeout(fetchPart, poll.every, part);
      }
    });
  }

  function fetchPart(part) {
    const poll = polls.get(part);
    const place = document.getElementById(part);
    if (!poll || !place) {
      polls.delete(part);
      return;
    }
    if (document.hidden) {
      poll.waits = true; // goes on when the tab is seen again
      return;
    }
    const again = function () { poll.timer = setTimeout(fetchPart, poll.every, part); };
    if (place.contains(document.activeElement) && isWriting(document.activeElement)) {
      again();
      return;
    }
    fetch(location.href, {headers: {"X-Requested-Part": part}, cache: "no-store"}).then(function (answer) {
      if (!answer.ok) {
        throw new Error("HTTP " + answer.status);
      }
      return answer.text();
    }).then(function (text) {
      found();
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part);
      if (!fresh) {
        polls.delete(part);
        return;
      }
      const html = fresh.outerHTML;
      if (html === poll.seen) {
        again();
        return;
      }
      poll.seen = html;
      replace(place, fresh);
    }).catch(function () {
      lost(); // which starts the polls again
    });
  }

  function replace(place, fresh) {
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    const imported = document.adoptNode(fresh);
    place.querySelectorAll("details[id]").forEach(function (details) {
      const same = imported.querySelector("#" + CSS.escape(details.id));
      if (same) {
        same.open = details.open;
      }
    });
    place.querySelectorAll("[data-chart][id]").forEach(function (chart) {
      const same = imported.querySelector("#" + CSS.escape(chart.id));
      if (same && chart.drawn) {
        // the drawing stays where it is, so that nothing flickers
        same.drawn = chart.drawn;
        same.replaceChild(chart.querySelector(".chart-canvas"), same.querySelector(".chart-canvas"));
      } else if (chart.drawn) {
        chart.drawn.destroy();
      }
    });
    place.replaceWith(imported);
    enhance(imported);
    if (focused && document.getElementById(focused)) {
      document.getElementById(focused).focus({preventScroll: true});
    }
    imported.dispatchEvent(new CustomEvent("controlroom:part", {bubbles: true}));
  }

  function onVisible() {
    if (!document.hidden) {
      if (waiting) {
        waiting = false;
        askAgain();
      }
      polls.forEach(function (poll, part) {
        if (poll.waits) {
          poll.waits = false;
          fetchPart(part);
        }
      });
    }
  }

  /* ---- charts ---- */
  function colour(name) {
    const probe = document.createElement("span");
    probe.style.color = "var(" + name + ")";
    document.body.appendChild(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }

  function withAlpha(rgb, alpha) {
    return rgb.replace("rgb(", "rgba(").replace(")", ", " + alpha + ")");
  }

  const TIMES_LEFT_PX = 52;
  const TIME_NAME_PX = 90;
  const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, Infinity];

  /* A value between two gaps has no line to either side, so it is drawn as a point. */
  function lone(value, i, values) {
    const gap = function (one) { return one === null || one === undefined; };
    return !gap(value) && gap(values[i - 1]) && gap(values[i + 1]) ? 3 : 0;
  }

  /* A curve's points stand where their numbers are, not one after the other. */
  function placed(wanted, values) {
    return wanted.curve ? values.map(function (value, i) { return {x: Number(wanted.labels[i]), y: value}; }) : values;
  }

  function withUnit(value, unit) {
    return value === null ? "–" : unit === "%" ? percents.format(value / 100) : numbers.format(value) + (unit ? " " + unit : "");
  }

  function dataOf(wanted) {
    const shades = [1, 2, 3, 4, 5, 6].map(function (n) { return colour("--series-" + n); });
    return {
      labels: wanted.labels,
      datasets: wanted.series.map(function (one, i) {
        const shade = shades[i % shades.length];
        return {
          label: one.name, data: placed(wanted, one.values), borderColor: shade,
          backgroundColor: wanted.kind === "line" ? withAlpha(shade, 0.14) : shade,
          borderWidth: wanted.kind === "line" ? 2 : 0, pointRadius: one.values.map(lone), pointHitRadius: 8,
          borderDash: wanted.kind === "line" ? [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4]][i % 6] : undefined,
          fill: wanted.kind === "line" && wanted.series.length === 1, tension: 0.25, cubicInterpolationMode: "monotone"
        };
      })
    };
  }

  function wholes(wanted) {
    return wanted.series.every(function (one) { return one.values.every(isWholeOrNull); });
  }

  function isWholeOrNull(value) {
    return value === null || Number.isInteger(value);
  }

  function pointName(wanted, label) {
    return wanted.curve ? withUnit(Number(label), wanted.pointUnit) : label;
  }

  /* Charts of one time below each other: the same minute stands at the same place in all of them. */
  function sameRoom(scale) {
    scale.width = Math.max(scale.width, TIMES_LEFT_PX);
  }

  /* Names the first point of each ten minutes, or of whatever leaves the names apart; the others have no name. */
  function roundTimes(wanted, span, named) {
    const times = wanted.labels.map(function (label) { return new Date(label).getTime(); });
    return function (value) {
      const room = Math.max(1, Math.floor(this.chart.width / TIME_NAME_PX));
      const step = TIME_STEPS_S.find(function (seconds) { return span / 1000 / seconds <= room; }) * 1000;
      const begins = value > 0 ? Math.floor(times[value] / step) !== Math.floor(times[value - 1] / step) : times[0] % step === 0;
      return begins ? named(value) : null;
    };
  }

  function optionsOf(wanted) {
    const text = colour("--muted");
    const line = colour("--line");
    const span = wanted.times ? new Date(wanted.labels[wanted.labels.length - 1]) - new Date(wanted.labels[0]) : 0;
    const named = function (index) {
      const label = wanted.labels[index];
      // points of a few minutes would all have the same name without seconds
      return wanted.times ? (span < 300000 ? exactClock : clock).format(new Date(label)) : pointName(wanted, label);
    };
    const written = function (value) { return withUnit(value, wanted.unit); };
    const title = function (words) { return {display: Boolean(words), text: words, color: text}; };
    const ticks = wanted.curve ? {maxTicksLimit: 6, callback: function (value) { return pointName(wanted, value); }}
        : wanted.times ? {autoSkip: false, callback: roundTimes(wanted, span, named)}
        : {autoSkipPadding: 16, callback: function (value) { return named(value); }};
    return {
      animation: false, responsive: true, maintainAspectRatio: false, locale: language,
      interaction: {mode: "index", intersect: false},
      plugins: {
        legend: {display: wanted.series.length > 1, align: "end", labels: {color: text, boxWidth: 14, boxHeight: wanted.kind === "line" ? 1 : 8}},
        tooltip: {callbacks: {
          title: function (items) { return items.length ? named(items[0].dataIndex) : ""; },
          label: function (item) { return item.dataset.label + ": " + written(item.parsed.y); }
        }}
      },
      scales: {
        x: {type: wanted.curve ? "linear" : "category", stacked: wanted.stacked, grid: {display: false}, border: {color: line},
          offset: wanted.times, min: wanted.curve ? 0 : undefined, title: title(wanted.pointTitle),
          ticks: Object.assign({color: text, maxRotation: 0}, ticks)},
        y: {stacked: wanted.stacked, beginAtZero: true, grid: {color: line}, border: {display: false}, title: title(wanted.valueTitle),
          afterFit: wanted.times ? sameRoom : undefined,
          ticks: {color: text, maxTicksLimit: 5, precision: wholes(wanted) ? 0 : undefined, callback: written}}
      }
    };
  }

  function draw(element) {
    const wanted = JSON.parse(element.dataset.chart);
    if (element.drawn) {
      element.drawn.data = dataOf(wanted);
      element.drawn.options = optionsOf(wanted);
      element.drawn.update("none");
    } else if (window.Chart) {
      window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
      element.drawn = new window.Chart(element.querySelector("canvas"), {type: wanted.kind, data: dataOf(wanted), options: optionsOf(wanted)});
    }
  }

  /* The figures of a chart as a table, for those who do not see it or want them exactly. */
  function writeTable(details) {
    const wanted = JSON.parse(details.closest("[data-chart]").dataset.chart);
    const place = details.querySelector("[data-point]");
    const table = document.createElement("table");
    table.className = "table";
    table.setAttribute("aria-label", place.getAttribute("aria-label"));
    const cell = function (row, name, text, scope) {
      const made = document.createElement(name);
      made.textContent = text;
      if (scope) {
        made.scope = scope;
      }
      if (name === "td" || (scope === "col" && row.childElementCount)) {
        made.className = "num";
      }
      row.appendChild(made);
      return made;
    };
    const head = table.createTHead().insertRow();
    cell(head, "th", place.dataset.point, "col");
    wanted.series.forEach(function (one) { cell(head, "th", one.name + (wanted.unit ? " (" + wanted.unit + ")" : ""), "col"); });
    const body = table.createTBody();
    wanted.labels.forEach(function (label, i) {
      const row = body.insertRow();
      cell(row, "th", wanted.times ? short.format(new Date(label)) : pointName(wanted, label), "row");
      wanted.series.forEach(function (one) { cell(row, "td", one.values[i] === null ? "–" : numbers.format(one.values[i])); });
    });
    place.replaceChildren(table);
  }

  function onToggle(event) {
    if (event.target.open && event.target.matches(".chart-table")) {
      writeTable(event.target);
    }
  }

  function colourCharts() {
    document.querySelectorAll("[data-chart]").forEach(draw);
  }

  /* ---- a table that does not fit a narrow screen is written row by row, each cell with the name of its column ---- */
  const NARROW = 640;

  /* What is laid out as blocks is no table for a screen reader any more, unless its roles say so. */
  function nameCells(table) {
    const names = Array.from(table.tHead.rows[0].cells, function (cell) { return cell.textContent.trim(); });
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody, tfoot").forEach(function (group) { group.setAttribute("role", "rowgroup"); });
    Array.from(table.rows).forEach(function (row) {
      row.setAttribute("role", "row");
      Array.from(row.cells).forEach(function (cell, i) {
        cell.setAttribute("role", cell.tagName === "TD" ? "cell" : cell.scope === "row" ? "rowheader" : "columnheader");
        cell.dataset.label = names[i] || "";
        cell.classList.toggle("blank", !cell.childElementCount && !cell.textContent.trim());
      });
    });
  }

  function fitTables(within) {
    within.querySelectorAll(".scroll > table.table:not(.compare)").forEach(function (table) {
      const place = table.parentElement;
      table.classList.remove("stacks");
      if (window.innerWidth <= NARROW && place.scrollWidth > place.clientWidth + 1 && table.tHead && table.tHead.rows.length === 1) {
        nameCells(table);
        table.tHead.rows[0].dataset.sort = root.dataset.sort;
        table.classList.add("stacks");
      }
    });
  }

  /* The tab of this page may stand beyond the edge of a narrow screen. */
  function showTab() {
    document.querySelectorAll(".tabs [aria-current=page]").forEach(function (tab) {
      const bar = tab.parentElement.getBoundingClientRect();
      const box = tab.getBoundingClientRect();
      tab.parentElement.scrollLeft += (box.left + box.right - bar.left - bar.right) / 2;
    });
  }

  /* ---- everything at once, for the page and for each part that arrives later ---- */
  function enhance(within) {
    within.querySelectorAll("time[datetime]").forEach(writeTime);
    within.querySelectorAll(".chart-table[open]").forEach(writeTable);
    within.querySelectorAll("form[method=post]").forEach(function (form) {
      // what the address says is still true when the form is answered
      form.action = location.pathname + location.search;
      // the server's sign that the scripts were there, which is true only once the component library is, where it is used
      if (!form.elements.cr_scripts && (window.PrimeFaces || !document.querySelector("script[src*='/core.js']"))) {
        const sign = document.createElement("input");
        sign.type = "hidden";
        sign.name = "cr_scripts";
        sign.value = "1";
        form.appendChild(sign);
      }
    });
    within.querySelectorAll("[data-chart]").forEach(draw);
    fitTables(within);
    startPolls(within);
  }

  /* ---- a form of this page waits until the scripts at the end of the page have run; then the first press counts ---- */
  let started = false;
  let pressed = null;

  function onEarlyClick(event) {
    const button = event.target.closest("form[method=post] :is(button:not([type=button]), input[type=submit])");
    if (button && !started) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = pressed || button;
    }
  }

  function pressAgain() {
    started = true;
    document.removeEventListener("click", onEarlyClick, true);
    if (pressed && pressed.isConnected) {
      pressed.click();
    }
  }

  /* ---- a request of a form that failed: what the server's own page says about it, above this one ---- */
  function showFailure(html) {
    const told = new DOMParser().parseFromString(html || "", "text/html").querySelector("main .failure");
    const main = document.getElementById("main");
    if (!told || !main) {
      return false;
    }
    main.querySelectorAll(":scope > .failure").forEach(function (old) { old.remove(); });
    const shown = document.adoptNode(told);
    shown.setAttribute("role", "alert");
    main.querySelector(".headline").after(shown);
    return true;
  }

  function start() {
    writeZone();
    enhance(document);
    markFields();
    showTab();
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onClick, true);
    document.addEventListener("toggle", onToggle, true);
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("offline", lost);
    window.addEventListener("online", askAgain);
    let width = window.innerWidth;
    window.addEventListener("resize", function () {
      if (window.innerWidth !== width) {
        width = window.innerWidth;
        fitTables(document);
        showTab();
      }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colourCharts);
    setInterval(function () { document.querySelectorAll("time[data-show=age]").forEach(writeTime); }, 20000);
    if (window.jQuery) {
      window.jQuery(document).on("ajaxError pfAjaxError", function (event, xhr) {
        if (!xhr || xhr.status === 0 || xhr.status >= 502) {
          lost();
        } else if (xhr.status >= 400 && !showFailure(xhr.responseText)) {
          failed(xhr.status);
        }
      }).on("ajaxSuccess pfAjaxSuccess", found).on("ajaxComplete pfAjaxComplete", function (event, xhr) {
        if (!xhr || !xhr.pfArgs) {
          releaseButtons();
        }
        enhance(document);
        if (xhr && xhr.status === 200) {
          markFields();
          showAnswer();
        }
      });
    }
  }

  if (document.readyState === "loading") {
    document.addEventListener("click", onEarlyClick, true);
    document.addEventListener("DOMContentLoaded", function () {
      start();
      // after what the component library does when it is ready: that makes its buttons ask the server by script
      if (window.jQuery) {
        window.jQuery(function () { setTimeout(pressAgain, 0); });
      } else {
        pressAgain();
      }
    });
  } else {
    started = true;
    start();
  }

  /* What the API answered instead of what was asked, in the reader's language where there are words for it. */
  function said(problem, texts) {
    const reason = problem.reason;
    const words = reason && JSON.parse(texts || "{}")[reason.key];
    return words ? words.replace(/\{(\d)\}/g, function (all, place) { return reason.values[place]; }) : problem.detail;
  }

  return {enhance: enhance, lost: lost, found: found, colour: colour, said: said};
})();
