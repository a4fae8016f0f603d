/* The theme that a page of the control room sent the reader with (?theme=), else the system's. Runs before anything is
   drawn. */
"use strict";
(function () {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new URLSearchParams(location.search).get("theme");
  const show = function () {
    document.documentElement.classList.toggle("dark-mode", chosen === "dark" || (chosen !== "light" && system.matches));
  };
  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("header a[href^='/docs']").forEach(function (link) { link.search = location.search; });
  });
})();
