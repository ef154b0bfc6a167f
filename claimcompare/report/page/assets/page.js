"use strict";
(() => {
  const main = document.getElementById("main");
  const filters = document.getElementById("filters");
  const form = filters?.querySelector("form");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const claims = [...document.querySelectorAll(".claim")];
  const marks = [...document.querySelectorAll(".chip[data-c], .said [data-c], .changes [data-c]")];
  const words = [...document.querySelectorAll("mark[data-c]")];
  const names = ["s", "o", "t"];

  // The address holds the place that was followed to, then what is filtered: "#c7&s=3&t=denial".
  const parts = () => location.hash.slice(1).split("&");
  const place = () => parts().find((part) => !part.includes("=")) ?? "";
  const wanted = () => Object.fromEntries(
    parts().map((part) => part.split("=")).filter(([name]) => names.includes(name) && form?.elements[name]),
  );
  const go = (id, values) => {
    const set = names.filter((name) => values[name]).map((name) => `${name}=${values[name]}`);
    location.hash = [...(id ? [id] : []), ...set].join("&");
    read();
  };

  const fits = (claim, values, names) =>
    names.every((name) => !values[name] || claim.dataset[name].split(" ").includes(values[name]));

  const apply = (values) => {
    const isFiltered = names.some((name) => values[name]);
    for (const claim of claims) claim.hidden = !fits(claim, values, names);
    const visible = claims.filter((claim) => !claim.hidden);
    const seen = new Set(visible.flatMap(({ dataset }) => [dataset.claim, `${dataset.dispute}/${dataset.claim}`]));
    for (const group of main.querySelectorAll(".voice, .side, .dispute, #others")) {
      group.hidden = isFiltered && !group.querySelector(".claim:not([hidden])");
    }
    for (const fold of main.querySelectorAll(".more, details.side, #others")) unfold(fold, isFiltered);
    for (const mark of marks) count(mark, seen);
    for (const row of main.querySelectorAll(".matrix tr[data-s], .matrix tr[data-o], .said")) {
      row.hidden = isFiltered && !row.querySelector("[data-c]:not([hidden])");
    }
    for (const mark of words) {
      mark.classList.toggle("off", isFiltered && !mark.dataset.c.split(" ").some((one) => seen.has(one)));
    }
    const left = new Set(visible.map((claim) => claim.dataset.claim)).size;
    shown.textContent = isFiltered ? shown.dataset.some.replace("{left}", left) : shown.dataset.all;
    nothing.hidden = left > 0 || !isFiltered;
    if (isFiltered) filters.open = true;
    tell(values);
  };

  // What is folded away opens while claims in it are looked for.
  const unfold = (fold, isFiltered) => {
    const inside = isFiltered && fold.querySelector(".claim:not([hidden])");
    const rest = fold.dataset.rest && document.getElementById(fold.dataset.rest).hidden;
    fold.classList.toggle("restless", Boolean(isFiltered && rest));
    if (fold.classList.contains("more")) fold.hidden = isFiltered && rest && !inside;
    if (inside && !fold.open) fold.open = fold.wasClosed = true;
    else if (!isFiltered && fold.wasClosed) fold.open = fold.wasClosed = false;
  };

  const count = (mark, seen) => {
    const left = mark.dataset.c.split(" ").filter((one) => seen.has(`${mark.dataset.d}/${one}`)).length;
    mark.hidden = left === 0;
    const number = mark.querySelector("small");
    if (number) number.textContent = left > 1 ? left : "";
  };

  // Beside each choice stands how many claims it would leave, the other choices being as they are.
  const tell = (values) => {
    for (const name of names) {
      if (!form.elements[name]) continue;
      const others = names.filter((other) => other !== name);
      const found = {};
      for (const claim of claims) {
        if (!fits(claim, values, others)) continue;
        for (const value of claim.dataset[name].split(" ")) (found[value] ??= new Set()).add(claim.dataset.claim);
      }
      for (const option of form.elements[name].options) {
        if (option.value) option.textContent = `${option.dataset.name} (${found[option.value]?.size ?? 0})`;
      }
      form.elements[name].value = values[name] ?? "";
    }
  };

  const light = (id) => {
    for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
    const claim = /^w(\d+)$/.exec(id);
    const lit = claim ? document.querySelectorAll(`mark[data-c~="${claim[1]}"]`) : document.querySelectorAll(`.claim[id="${CSS.escape(id)}"]`);
    for (const element of lit) element.classList.add("lit");
  };

  const follow = (id) => {
    const target = id && document.getElementById(id);
    light(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  let address = null;
  let followed = "";
  const read = () => {
    if (location.hash === address) return;
    address = location.hash;
    const id = place();
    if (form) {
      apply(wanted());
      // A link to what is filtered away brings it back.
      if (id && document.getElementById(id)?.closest("[hidden]")) return go(id, {});
    }
    if (id !== followed) follow(id);
    followed = id;
  };

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  for (const quote of document.querySelectorAll("blockquote")) {
    const owner = quote.closest(".claim") ?? document.getElementById(quote.closest(".more").dataset.rest);
    const text = quote.querySelector(".quote").textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-it";
    button.lang = document.documentElement.lang;
    button.textContent = main.dataset.copy;
    button.setAttribute("aria-label", `${main.dataset.copy}: ${owner.dataset.cite}`);
    button.addEventListener("click", async () => {
      await copied(`${text}\n– ${owner.dataset.cite}`);
      button.textContent = main.dataset.copied;
      setTimeout(() => { button.textContent = main.dataset.copy; }, 2000);
    });
    (quote.parentElement.querySelector(":scope > .links:not(:has(button))") ?? quote).append(" ", button);
  }

  if (form) {
    filters.hidden = false;
    form.addEventListener("change", () => go("", Object.fromEntries(new FormData(form))));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of [form.elements.all, nothing.querySelector("button")]) {
      button.addEventListener("click", () => go("", {}));
    }
    form.elements.open.addEventListener("click", ({ target }) => {
      const folds = [...main.querySelectorAll("details")];
      const open = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = open;
      target.textContent = open ? target.dataset.close : target.dataset.open;
    });
  }
  addEventListener("hashchange", read);
  addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // In the frame of a notebook an address is taken for one of the notebook.
    event.preventDefault();
    const id = link.hash.slice(1);
    if (id === place()) follow(id);
    else go(id, form ? wanted() : {});
  });
  read();
})();
