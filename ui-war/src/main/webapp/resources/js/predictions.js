"use strict";
/* The prediction pages: a picture beside the form, times in the reader's zone. */
(function () {
  /* A picture never leaves the browser. */
  function showPicture(input) {
    const image = document.getElementById(input.dataset.preview);
    if (image.src) {
      URL.revokeObjectURL(image.src);
    }
    const file = input.files[0];
    image.hidden = !file;
    if (file) {
      image.src = URL.createObjectURL(file);
    } else {
      image.removeAttribute("src");
    }
  }

  function local(instant) {
    const time = new Date(instant);
    return isNaN(time) ? "" : new Date(time.getTime() - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  }

  /* A field with a UTC time becomes one in the reader's zone; the address keeps UTC. */
  function localTimeField(input) {
    const sent = document.createElement("input");
    sent.type = "hidden";
    sent.name = input.name;
    sent.value = input.value;
    const shown = local(input.value);
    if (input.value && !shown) {
      return;
    }
    input.removeAttribute("name");
    input.removeAttribute("placeholder");
    input.value = "";
    input.type = "datetime-local";
    input.value = shown;
    input.after(sent);
    input.addEventListener("change", function () {
      sent.value = input.value ? new Date(input.value).toISOString() : "";
    });
  }

  function dropEmpty(form) {
    form.addEventListener("submit", function () {
      form.querySelectorAll("input[name]").forEach(function (input) {
        input.disabled = input.value.trim() === "";
      });
      setTimeout(function () {
        form.querySelectorAll("input:disabled").forEach(function (input) { input.disabled = false; });
      }, 0);
    });
  }

  document.addEventListener("change", function (event) {
    if (event.target.dataset && event.target.dataset.preview) {
      showPicture(event.target);
    }
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-local-time]").forEach(localTimeField);
    document.querySelectorAll("form[data-drop-empty]").forEach(dropEmpty);
  });
})();
