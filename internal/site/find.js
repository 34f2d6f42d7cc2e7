
"use strict";
(() => {
  const form = document.getElementById("find");
  const list = document.getElementById("examples");
  const shown = document.getElementById("shown");
  const clear = document.getElementById("clear");
  const all = Array.from(list.children);
  const fields = Array.from(form.elements).filter((field) => field.name);

  const words = (text) => text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) || [];

  const has = (example, name, value) =>
    name === "tag" ? example.dataset.tag.split(" ").includes(value) : example.dataset[name] === value;

  const fits = (example, wanted, chosen) =>
    wanted.every((word) => example.dataset.words.includes(word)) &&
    chosen.every((field) => has(example, field.name, field.value));

  const show = () => {
    const wanted = words(form.elements.q.value);
    const chosen = fields.filter((field) => field.name !== "q" && field.value);
    let count = 0;
    for (const example of all) {
      example.hidden = !fits(example, wanted, chosen);
      count += example.hidden ? 0 : 1;
    }
    const text = count ? shown.dataset.shown : shown.dataset.none;
    shown.textContent = text.replace("{shown}", count).replace("{all}", all.length);
    clear.hidden = !fields.some((field) => field.value);
  };

  const remember = () => {
    const kept = new URLSearchParams();
    fields.filter((field) => field.value).forEach((field) => kept.set(field.name, field.value));
    history.replaceState(null, "", "#" + kept);
  };

  const recall = () => {
    const kept = new URLSearchParams(location.hash.slice(1));
    fields.forEach((field) => { field.value = kept.get(field.name) || ""; });
    fields.filter((field) => field.selectedIndex === -1).forEach((field) => { field.value = ""; });
    show();
  };

  form.addEventListener("input", () => { show(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", () => {
    fields.forEach((field) => { field.value = ""; });
    show();
    remember();
    form.elements.q.focus();
  });
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
