"use strict";
(() => {
  const bar = document.getElementById("review");
  if (!bar) return;
  const ALIKE = 0.9;
  const VERDICTS = ["right", "wrong", "check"];
  const STANCES = ["support", "denial", "context"];
  const page = JSON.parse(bar.dataset.review);
  const say = (key, parts = {}) => page.words[key].replace(/{(\w+)}/g, (_, name) => parts[name]);
  const form = document.getElementById("review-form");
  const field = (name) => document.getElementById(`review-${name}`);
  // Marks by what they are about on this page, as "c3" and "s3/1", and those about nothing here.
  const marks = new Map();
  let strays = [];
  let isUnsaved = false;

  const claims = new Map(
    Object.entries(page.claims).map(([number, [article, evidence, claim, speaker, names]]) => [
      number,
      {
        article: page.articles[article],
        evidence: evidence.map(([start, end]) => ({ start, end })),
        claim,
        speaker,
        names,
      },
    ]),
  );
  const disputes = new Map(Object.entries(page.disputes));
  const items = new Set([...claims.keys()].map((number) => `c${number}`));
  for (const [dispute, [, stances]] of disputes) {
    for (const number of Object.keys(stances)) items.add(`s${number}/${dispute}`);
  }

  const plain = (text) => text.toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
  const figures = (text) => (text.match(/\p{Nd}+/gu) || []).join(" ");
  const pairs = (text) => {
    const letters = [...text];
    const found = new Map();
    for (let at = 0; at + 1 < letters.length; at += 1) {
      const pair = letters[at] + letters[at + 1];
      found.set(pair, (found.get(pair) || 0) + 1);
    }
    return [found, Math.max(0, letters.length - 1)];
  };
  // As claimcompare/stages/marks.py has it.
  const likeness = (one, other) => {
    const [a, b] = [plain(one), plain(other)];
    if (a === b) return 1;
    if (figures(a) !== figures(b)) return 0;
    const [[some, count], [others, more]] = [pairs(a), pairs(b)];
    let shared = 0;
    for (const [pair, times] of some) shared += Math.min(times, others.get(pair) || 0);
    return count + more ? (2 * shared) / (count + more) : 0;
  };

  const names = (of) => [of.speaker, ...(of.names || [])].filter((name) => name !== null).map(plain);
  const isVoice = (of, claim, right) => {
    if (claim.speaker === null) return of.speaker === null || Boolean(right && right.name === null);
    const known = names(of).concat(right && right.name !== null ? [plain(right.name)] : []);
    return names(claim).some((name) => known.includes(name));
  };
  const overlap = (of, claim) =>
    of.evidence.some((one) =>
      claim.evidence.some((other) => Math.max(one.start, other.start) < Math.min(one.end, other.end)),
    );
  const claimOf = (of, right) => {
    let best = [0, null];
    for (const [number, claim] of claims) {
      if (of.article !== claim.article || !overlap(of, claim) || !isVoice(of, claim, right)) continue;
      const near = likeness(of.claim, claim.claim);
      if (near > best[0]) best = [near, number];
    }
    return best[0] >= ALIKE ? best : [0, null];
  };
  const itemOf = (mark, right) => {
    const [near, number] = claimOf(mark.of, right);
    if (number === null || mark.about === "claim") return [near, number && `c${number}`];
    const isIts = ([, [proposition, stances]]) =>
      number in stances && plain(proposition) === plain(mark.proposition);
    const found = [...disputes].find(isIts);
    return [near, found ? `s${number}/${found[0]}` : null];
  };

  const isText = (value, most) => typeof value === "string" && value.length <= most;
  const isMark = (mark) =>
    VERDICTS.includes(mark.verdict) &&
    isText(mark.note || "", 4000) &&
    /^[0-9a-f]{64}$/.test(mark.of.article) &&
    mark.of.evidence.every((one) => Number.isInteger(one.start) && Number.isInteger(one.end)) &&
    isText(mark.of.claim, 20000) &&
    (mark.of.speaker === null || isText(mark.of.speaker, 2000)) &&
    (mark.of.names || []).every((name) => isText(name, 2000)) &&
    (mark.about === "stance" ? isText(mark.proposition, 20000) : mark.about === "claim") &&
    (!mark.right_speaker || mark.right_speaker.name === null || isText(mark.right_speaker.name, 2000)) &&
    (!mark.right_stance || STANCES.includes(mark.right_stance));
  const readMarks = (text) => {
    try {
      const review = JSON.parse(text);
      return review.version === 1 && review.marks.every(isMark) ? review : null;
    } catch {
      return null;
    }
  };
  const open = (review) => {
    const right = new Map();
    for (const mark of review.marks) {
      if (mark.right_speaker) right.set(JSON.stringify(mark.of), mark.right_speaker);
    }
    const found = review.marks.map((mark) => [mark, ...itemOf(mark, right.get(JSON.stringify(mark.of)))]);
    // What comes later, and is in the very words, takes the place of what is not.
    found.sort((one, other) => one[1] - other[1]);
    const before = new Map(marks);
    for (const [mark, , item] of found) {
      // What was marked here since the file was saved is not lost.
      const isOlder = Date.parse(mark.at) < Date.parse(before.get(item)?.at);
      if (item && !isOlder) marks.set(item, mark);
      else if (!item) strays.push(mark);
    }
    const away = found.filter(([, , item]) => !item).length;
    if (review.by) field("by").value = review.by;
    const told = [say("opened", { marked: found.length - away }), away && say("away", { away })];
    tell(told.filter(Boolean).join(" "));
  };

  const written = () => {
    const by = field("by").value.trim() || null;
    return `${JSON.stringify({ version: 1, by, marks: [...strays, ...marks.values()] }, null, 1)}\n`;
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "application/json" }));
    link.download = `${page.name}.review.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    isUnsaved = false;
    if (window.parent !== window) show(true);
    tell(say("saved", { file: link.download }));
  };
  const show = (isShown) => {
    field("text").hidden = !isShown;
    field("text").value = isShown ? written() : "";
    field("show").setAttribute("aria-expanded", String(isShown));
  };
  const tell = (words) => {
    field("told").textContent = words;
  };

  const says = (mark) => {
    const verdict = say(`says_${mark.about}`, { verdict: say(mark.verdict) });
    const stance = mark.right_stance && say(mark.right_stance);
    const right = mark.right_speaker ? mark.right_speaker.name || say("itself") : stance;
    return [verdict, right && say("it_is", { right }), mark.note].filter(Boolean).join(say("comma"));
  };
  const states = (item) => {
    const mark = marks.get(item);
    return mark ? [says(mark)] : [];
  };

  // The part of a card that marks it.
  const cards = [...document.querySelectorAll("[data-claim]")]
    .filter((element) => claims.has(element.dataset.claim))
    .map((element) => {
      const { claim: number, dispute } = element.dataset;
      const place = disputes.get(dispute || "");
      const stance = place && number in place[1] ? `s${number}/${dispute}` : null;
      const part = document.createElement("div");
      const head = document.createElement("span");
      for (const one of [part, head]) one.className = "review";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say("button");
      button.setAttribute("aria-label", say(stance ? "claim_in" : "claim", { number, dispute }));
      button.setAttribute("aria-expanded", "false");
      const state = document.createElement("span");
      state.className = "review-state";
      head.append(button, state);
      (element.querySelector(".links") || element).append(" ", head);
      element.append(part);
      const card = { element, part, button, state, items: { claim: `c${number}`, stance }, sets: [] };
      button.addEventListener("click", () => toggle(card));
      return card;
    });

  const toggle = (card) => {
    const isOpen = card.button.getAttribute("aria-expanded") === "true";
    card.button.setAttribute("aria-expanded", String(!isOpen));
    if (!isOpen && !card.sets.length) build(card);
    for (const set of card.sets) set.hidden = isOpen;
    refresh(card);
  };
  const build = (card) => {
    for (const set of form.content.cloneNode(true).querySelectorAll("fieldset")) {
      const item = card.items[set.dataset.about];
      if (!item) continue;
      for (const radio of set.querySelectorAll("[type=radio]")) radio.name = `${item} ${cards.indexOf(card)}`;
      set.addEventListener("input", (event) => take(set, item, event.target));
      if (set.dataset.about === "stance") {
        set.querySelector("legend").append(`: ${say(shownStance(item).stance || "abstained")}`);
      }
      card.part.append(set);
      card.sets.push(set);
    }
  };
  const part = (set, name) => set.querySelector(`[data-field=${name}]`);
  const shownStance = (item) => {
    const [number, dispute] = item.slice(1).split("/");
    const [proposition, stances] = disputes.get(dispute);
    return { of: claims.get(number), proposition, stance: stances[number] };
  };
  const take = (set, item, changed) => {
    const told = set.querySelector("[type=radio]:checked")?.value || "";
    // A note alone would be lost: what has one is to be checked.
    const verdict = told || (changed.dataset.field === "note" && changed.value ? "check" : "");
    if (verdict) {
      const isStance = set.dataset.about === "stance";
      const about = isStance ? shownStance(item) : { of: claims.get(item.slice(1)) };
      const note = part(set, "note").value;
      const at = new Date().toISOString();
      marks.set(item, { about: set.dataset.about, verdict, note, at, ...about, ...right(set, verdict) });
    } else marks.delete(item);
    isUnsaved = true;
    refreshAll();
  };
  const right = (set, verdict) => {
    if (verdict !== "wrong") return {};
    if (set.dataset.about === "stance") {
      const stance = part(set, "stance").value;
      return stance ? { right_stance: stance } : {};
    }
    if (part(set, "own").checked) return { right_speaker: { name: null } };
    const name = part(set, "speaker").value.trim();
    return name ? { right_speaker: { name } } : {};
  };

  const put = (control, name, value) => {
    if (control !== document.activeElement || typeof value === "boolean") control[name] = value;
  };
  const refresh = (card) => {
    const found = Object.values(card.items).filter(Boolean);
    card.state.textContent = found.flatMap(states).join(say("between"));
    card.element.dataset.marked = found.map((item) => marks.get(item)?.verdict || "").join(" ").trim();
    for (const set of card.sets) {
      const mark = marks.get(card.items[set.dataset.about]);
      for (const radio of set.querySelectorAll("[type=radio]")) {
        radio.checked = radio.value === (mark ? mark.verdict : "");
      }
      set.querySelector(".review-right").hidden = mark?.verdict !== "wrong";
      if (mark) put(part(set, "note"), "value", mark.note || "");
      if (set.dataset.about === "stance") put(part(set, "stance"), "value", mark?.right_stance || "");
      else {
        put(part(set, "speaker"), "value", mark?.right_speaker?.name || "");
        put(part(set, "own"), "checked", mark?.right_speaker?.name === null);
      }
    }
  };
  const refreshAll = () => {
    cards.forEach(refresh);
    if (isUnsaved || marks.size) bar.querySelector("details").open = true;
    field("count").value = say(isUnsaved ? "unsaved" : "count", { marked: marks.size, total: items.size });
    if (!field("text").hidden) show(true);
  };

  field("save").addEventListener("click", () => {
    save();
    refreshAll();
  });
  field("show").addEventListener("click", () => show(field("text").hidden));
  field("file").addEventListener("change", async () => {
    const [file] = field("file").files;
    if (!file) return;
    const review = readMarks(await file.text());
    field("file").value = "";
    if (review) open(review);
    else tell(say("unreadable", { file: file.name }));
    refreshAll();
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
  bar.hidden = false;
  refreshAll();
})();
