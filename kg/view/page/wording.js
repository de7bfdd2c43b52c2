"use strict";

/* Facts as words and signs. Whatever a colour says is said by a shape or a word too. */

const KINDS = {
  Country: { shape: "hexagon", outline: "5,1 15,1 19,10 15,19 5,19 1,10" },
  Organization: { shape: "round-rectangle", outline: "1,3 19,3 19,17 1,17" },
  Person: { shape: "ellipse", outline: null },
  Group: { shape: "diamond", outline: "10,0 20,10 10,20 0,10" },
  Place: { shape: "triangle", outline: "10,1 19,18 1,18" },
};

const QUADS = {
  1: { name: "verbal cooperation", arrow: "triangle", width: 1.6 },
  2: { name: "material cooperation", arrow: "triangle", width: 3.4 },
  3: { name: "verbal conflict", arrow: "triangle-cross", width: 1.6 },
  4: { name: "material conflict", arrow: "triangle-cross", width: 3.4 },
  0: { name: "lasting relation", arrow: "vee", width: 1.6 },
};

const SHOWN = { day: 10, month: 7, year: 4 }; // characters of an ISO date

/* SIGNED_AGREEMENT_WITH as "signed agreement with". */
function inWords(type) {
  return type.toLowerCase().replaceAll("_", " ");
}

/* A date as exactly as the text has it. */
function when(item) {
  if (!item.date) return "no date";
  if (item.dateBasis === "published") return "published " + item.date + ", no date in the text";
  const characters = SHOWN[item.datePrecision];
  if (characters) return item.date.slice(0, characters);
  return item.dateEnd && item.dateEnd !== item.date ? item.date + " to " + item.dateEnd : item.date;
}

/* For a line in a list: the day as far as it is known; "≈" where it is only that of the publication. */
function shortDate(item) {
  if (!item.date) return "";
  if (item.dateBasis === "published") return "≈ " + item.date;
  return item.date.slice(0, SHOWN[item.datePrecision] || 10);
}

/* An event's name without its day, for where the day stands beside it. */
function undated(event) {
  return event.name.replace(/ \([\d-]+\)$/, "");
}

/* How an event is told, which for the filter is one of these; what is denied is denied whether planned or done. */
const TOLD = {
  asserted: "told as happened",
  historical: "looked back on",
  planned: "planned",
  demanded: "demanded",
  hypothetical: "only thought of",
  negated: "denied",
};

function toldOf({ polarity, modality }) {
  return polarity === "negated" ? "negated" : modality || "asserted";
}

/* On how many words an event stands: every printing, and those that do not copy another. */
function toldBy({ articleCount, sourceCount }) {
  if (!articleCount) return "";
  if (articleCount === 1) return "told by 1 article only";
  return "told by " + counted(articleCount, "article") + ", " + counted(sourceCount, "independent source");
}

/* What keeps an event or a claim from being a plain fact: negated, planned, demanded, … */
function doubts(item) {
  const doubts = item.polarity === "negated" ? ["negated"] : [];
  return item.modality && item.modality !== "asserted" ? [...doubts, item.modality] : doubts;
}

/* Lower case, without accents, for search. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function counted(count, one, many) {
  return count + " " + (count === 1 ? one : many || one + "s");
}
