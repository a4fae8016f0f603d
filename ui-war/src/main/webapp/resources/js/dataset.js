/* Sends the chosen files to the API one after another, shows how far they are, and goes on to the first rows. */
(function () {
  "use strict";

  const MOST = 512 * 1024 * 1024;

  function send(form, method, address, body, onProgress) {
    return new Promise(function (resolve, reject) {
      const request = new XMLHttpRequest();
      request.open(method, address);
      request.setRequestHeader("Accept", "application/json");
      if (body) {
        request.setRequestHeader("Content-Type", /\.gz$/i.test(body.name) ? "application/gzip" : "text/csv");
        request.upload.onprogress = function (event) {
          if (event.lengthComputable) {
            onProgress(event.loaded / event.total);
          }
        };
      }
      request.onload = function () {
        let answer = {};
        try {
          answer = JSON.parse(request.responseText);
        } catch (e) {
          // a proxy's own page; the status says enough
        }
        if (request.status >= 200 && request.status < 300) {
          resolve(answer);
        } else {
          reject(new Error(window.ControlRoom.said(answer, form.dataset.reasons) || "HTTP " + request.status));
        }
      };
      request.onerror = function () { reject(new Error(form.dataset.lost)); };
      request.send(body || null);
    });
  }

  function show(form, share, name) {
    const percent = Math.floor(share * 100);
    form.querySelector("#sending").hidden = false;
    form.querySelector("#sending-bar").value = percent;
    form.querySelector("#sending-text").textContent = form.dataset.sending + ": " + name + ", " + percent + " %";
  }

  function fail(form, reason) {
    form.querySelector("button").disabled = false;
    form.querySelector("#sending").hidden = true;
    form.querySelector("#send-problem").hidden = false;
    form.querySelector("#send-reason").textContent = reason;
  }

  async function start(form) {
    const parts = ["products", "labels"].map(function (part) {
      return {part: part, file: form.elements[part].files[0]};
    }).filter(function (one) { return one.file; });
    form.querySelector("#send-problem").hidden = true;
    if (!form.elements.products.files.length) {
      fail(form, form.dataset.missing);
      form.elements.products.focus();
      return;
    }
    const large = parts.find(function (one) { return one.file.size > MOST; });
    if (large) {
      fail(form, large.file.name + ": " + form.dataset.toolarge);
      return;
    }
    form.querySelector("button").disabled = true;
    let upload = null;
    try {
      upload = await send(form, "POST", form.dataset.api);
      for (const one of parts) {
        show(form, 0, one.file.name);
        await send(form, "PUT", form.dataset.api + "/" + upload.id + "/" + one.part + "?name=" + encodeURIComponent(one.file.name),
            one.file, function (share) { show(form, share, one.file.name); });
      }
      location.assign("dataset-upload?id=" + upload.id);
    } catch (e) {
      fail(form, e.message);
      if (upload) {
        send(form, "DELETE", form.dataset.api + "/" + upload.id).catch(function () {});
      }
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.getElementById("send");
    if (form) {
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        start(form);
      });
    }
    // the page around a load that has just ended is another one
    document.addEventListener("controlroom:part", function (event) {
      if (event.target.id === "progress" && event.target.querySelector("[data-poll][data-active=false]")) {
        location.reload();
      }
    });
  });
})();
