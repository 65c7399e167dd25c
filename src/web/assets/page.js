// What a form cannot do alone: drop a file, say which one was chosen, move the focus to the
// verdict. Everything works without it. It sends nothing by itself.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const target = document.querySelector("[data-focus]");
  if (target) {
    target.focus({ preventScroll: false });
  }

  const form = document.getElementById("verify-form");
  const drop = document.getElementById("drop");
  const input = document.getElementById("credential");
  const chosen = document.getElementById("chosen");
  const text = document.getElementById("text");
  if (!form || !drop || !input || !chosen || !text) {
    return;
  }

  const show = () => {
    const file = input.files && input.files[0];
    chosen.textContent = file ? chosen.dataset.prefix + file.name : "";
  };
  const send = () => {
    show();
    if (typeof form.requestSubmit === "function") {
      form.requestSubmit();
    } else {
      form.submit();
    }
  };
  input.addEventListener("change", show);
  show();

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "dragend", "drop"]) {
    document.addEventListener(kind, () => drop.classList.remove("over"));
  }
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer && event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      send();
    }
  });
  document.addEventListener("paste", (event) => {
    const inField = event.target instanceof Element && event.target.closest("input, textarea");
    const pasted = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!inField && pasted && pasted.trimStart().startsWith("{")) {
      text.value = pasted;
      text.closest("details").open = true;
      send();
    }
  });
})();
