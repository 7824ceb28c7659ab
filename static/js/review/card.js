/**
 * A scorecard as plain values, as the API speaks of it, and what becomes of two that differ. Knows neither page nor
 * network.
 *
 * @typedef {{question: string, at_seconds: number | null, text: string}} Note
 * @typedef {{scores: Object<string, number | null>, notes: Note[], recommendation: string, reason: string}} Card
 *   A score of null is "no evidence"; a pair without a score is not among the keys.
 * @typedef {{kind: "score" | "recommendation" | "reason", key: string, mine: any, theirs: any}} Conflict
 */

const ABSENT = Symbol("absent");

/** @returns {Card} */
export function fromJson({ scores, notes, recommendation, reason }) {
  return {
    scores: Object.fromEntries(scores.map((score) => [score.pair, score.no_evidence ? null : score.value])),
    notes: notes.map(({ question, at_seconds, text }) => ({ question, at_seconds, text })),
    recommendation,
    reason,
  };
}

/** @param {Card} card */
export function toJson(card, version) {
  return {
    version,
    scores: Object.entries(card.scores).map(([pair, value]) => ({ pair, value, no_evidence: value === null })),
    notes: card.notes,
    recommendation: card.recommendation,
    reason: card.reason,
  };
}

/** @param {Card} one @param {Card} other */
export function isSame(one, other) {
  return fingerprint(one) === fingerprint(other);
}

/**
 * What both sides changed since `base`, put together. Where both changed the same thing differently the result holds
 * mine, and the conflict names both.
 * @param {Card} base @param {Card} mine @param {Card} theirs
 * @returns {{card: Card, conflicts: Conflict[]}}
 */
export function merge(base, mine, theirs) {
  /** @type {Conflict[]} */
  const conflicts = [];
  const settle = (kind, key, before, here, there) => {
    if (here === there || there === before) return here;
    if (here === before) return there;
    conflicts.push({ kind, key, mine: here, theirs: there });
    return here;
  };
  const scores = {};
  for (const pair of new Set([...Object.keys(mine.scores), ...Object.keys(theirs.scores)])) {
    const value = settle("score", pair, at(base, pair), at(mine, pair), at(theirs, pair));
    if (value !== ABSENT) scores[pair] = value;
  }
  const notes = mergeNotes(base.notes, mine.notes, theirs.notes);
  const recommendation = settle("recommendation", "", base.recommendation, mine.recommendation, theirs.recommendation);
  const reason = settle("reason", "", base.reason, mine.reason, theirs.reason);
  return { card: { scores, notes, recommendation, reason }, conflicts };
}

/** Kept: what neither side removed. Added: what either side added. */
function mergeNotes(base, mine, theirs) {
  const [known, here, there] = [base, mine, theirs].map((notes) => new Set(notes.map(noteKey)));
  const stays = (key) => !known.has(key) || (here.has(key) && there.has(key));
  const found = new Map([...theirs, ...mine].map((note) => [noteKey(note), note]));
  return [...found].filter(([key]) => stays(key)).map(([, note]) => note);
}

const at = (card, pair) => (pair in card.scores ? card.scores[pair] : ABSENT);
const noteKey = ({ question, at_seconds, text }) => JSON.stringify([question, at_seconds, text]);

function fingerprint(card) {
  const scores = Object.entries(card.scores).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([scores, card.notes.map(noteKey).sort(), card.recommendation, card.reason]);
}
