// Which pages answer the words of a person, or of an error message: nearest first. The same as
// src/envcheck/run/page_search.py, where the numbers are explained; a test compares the two.
"use strict";

const NAME = 4, TITLE = 3, QUOTE = 2;
const SATURATION = 1.2, LENGTH = 0.75;
const MOST = 10;

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
const pairsOf = (words) => words.slice(1).map((word, at) => `${words[at]} ${word}`);

function read(page) {
  const rest = wordsOf(page.text), title = wordsOf(page.title);
  const quotes = [...page.text.matchAll(/`([^`]+)`|^ {4}(.+)$/gm)].map((found) => found[1] || found[2]);
  const words = new Map();
  const add = (list, times) => list.forEach((word) => words.set(word, (words.get(word) || 0) + times));
  add(rest, 1);
  add(wordsOf(page.name), NAME);
  add(title, TITLE);
  add(wordsOf(quotes.join(" ")), QUOTE);
  const length = [...words.values()].reduce((sum, count) => sum + count, 0);
  return { ...page, words, length, pairs: new Set([...pairsOf(rest), ...pairsOf(title)]) };
}

function nearest(asked, pages) {
  const mean = pages.reduce((sum, page) => sum + page.length, 0) / Math.max(1, pages.length);
  const weights = new Map();
  for (const word of new Set(asked)) {
    const holding = pages.filter((page) => page.words.has(word)).length;
    if (holding) weights.set(word, Math.log(1 + (pages.length - holding + 0.5) / (holding + 0.5)) ** 2);
  }
  const together = new Set(pairsOf(asked));
  const score = (page) => {
    const longer = 1 - LENGTH + (LENGTH * page.length) / mean;
    let sum = 0;
    for (const [word, weight] of weights) {
      const count = page.words.get(word) || 0;
      sum += (weight * count * (SATURATION + 1)) / (count + SATURATION * longer);
    }
    for (const pair of together) {
      if (page.pairs.has(pair)) pair.split(" ").forEach((word) => (sum += weights.get(word)));
    }
    return sum;
  };
  return pages
    .map((page) => ({ page, score: score(page) }))
    .filter((found) => found.score > 0)
    .sort((one, other) => other.score - one.score || (one.page.name < other.page.name ? -1 : 1))
    .slice(0, MOST)
    .map((found) => found.page);
}

function show(asked) {
  document.getElementById("words").value = asked;
  if (!asked.trim()) return;
  // eslint-disable-next-line no-undef
  const pages = nearest(wordsOf(asked), PAGES.map(read));
  document.getElementById("said").textContent = pages.length
    ? "The nearest first:"
    : "No page has any of these words.";
  for (const page of pages) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = page.place;
    link.textContent = page.title;
    item.append(link);
    document.getElementById("results").append(item);
  }
}

show(new URLSearchParams(location.search).get("q") || "");
