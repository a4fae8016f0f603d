/* Sends a plugin jar with progress, then leads to what was found in it. */
"use strict";
(function () {
  function send(form) {
    const file = form.querySelector("input[type=file]").files[0];
    const card = form.closest("section");
    const progress = card.querySelector(".plugin-progress");
    const problem = card.querySelector(".plugin-upload-problem");
    const button = form.querySelector("button");
    function fail(title, detail) {
      progress.hidden = true;
      button.disabled = false;
      problem.querySelector(".problem-title").textContent = title;
      problem.querySelector(".plugin-upload-detail").textContent = detail;
      problem.hidden = false;
    }
    problem.hidden = true;
    if (!file) {
      fail(form.dataset.none, "");
      return;
    }
    const text = progress.querySelector(".plugin-progress-text");
    const bar = progress.querySelector("progress");
    progress.hidden = false;
    button.disabled = true;
    text.textContent = form.dataset.sending;
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.to + "?file_name=" + encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/java-archive");
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        bar.value = Math.round(100 * event.loaded / event.total);
        text.textContent = form.dataset.sending + " " + bar.value + " %";
      }
    });
    request.upload.addEventListener("load", function () {
      text.textContent = form.dataset.checking;
      bar.removeAttribute("value");
    });
    request.addEventListener("error", function () { fail(form.dataset.failed, ""); });
    request.addEventListener("load", function () {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch (e) {
        answer = {};
      }
      if (request.status === 201 && answer.id) {
        location.href = form.dataset.then + "?id=" + encodeURIComponent(answer.id);
      } else {
        fail(form.dataset.failed, window.ControlRoom.said(answer, form.dataset.reasons) || "HTTP " + request.status);
      }
    });
    request.send(file);
  }

  document.addEventListener("submit", function (event) {
    if (event.target.classList.contains("plugin-upload")) {
      event.preventDefault();
      send(event.target);
    }
  });
})();
