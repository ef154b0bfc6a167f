"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const filtered = [...document.querySelectorAll("[data-s], [data-o], [data-t]")];
  const cards = [...document.querySelectorAll(".card")];
  const groups = [...document.querySelectorAll(".dispute, .side, #others, .timeline > li")];

  const wanted = (name) => (form.elements[name] ? form.elements[name].value : "");

  const fits = (element, name, value) => {
    const own = element.dataset[name];
    return !value || own === undefined || own.split(" ").includes(value);
  };

  const apply = () => {
    const values = ["s", "o", "t"].map((name) => [name, wanted(name)]);
    const isFiltered = values.some(([, value]) => value);
    for (const element of filtered) {
      element.hidden = !values.every(([name, value]) => fits(element, name, value));
    }
    for (const group of groups) {
      group.hidden = isFiltered && !group.querySelector("[data-o]:not([hidden])");
    }
    tell(isFiltered);
  };

  const showAll = () => {
    form.reset();
    apply();
  };

  const tell = (isFiltered) => {
    const numbers = (some) => new Set(some.map((card) => card.querySelector(".number").textContent));
    const all = numbers(cards).size;
    const left = numbers(cards.filter((card) => !card.hidden)).size;
    shown.value = isFiltered ? `${left} of ${all} claims` : all === 1 ? "1 claim" : `${all} claims`;
  };

  const light = (id) => {
    for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
    const claim = /^w(\d+)$/.exec(id);
    if (!claim) return;
    for (const words of document.querySelectorAll(`mark[data-c~="${claim[1]}"]`)) {
      words.classList.add("lit");
    }
  };

  const follow = () => {
    const id = location.hash.slice(1);
    const target = id && document.getElementById(id);
    light(id);
    if (!target) return;
    if (form && target.closest("[hidden]")) showAll();
    const closed = target.closest("details:not([open])");
    if (closed) closed.open = true;
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.all.addEventListener("click", showAll);
    apply();
  }
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // In the frame of a notebook an address is taken for one of the notebook.
    event.preventDefault();
    location.hash = link.hash;
    follow();
  });
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  if (location.hash) follow();
})();
