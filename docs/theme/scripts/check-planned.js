// What the reader may plan to do with the cluster.

/**
 * @typedef {import("./types.d.ts").Goal} Goal
 * @typedef {import("./types.d.ts").Planned} Planned
 */

/** @type {[Planned, Goal | null][]} */
export const PLANS = [
  ["", null],
  ["upgrade-to-overlay", "overlay"],
  ["install-agc", "agc"],
];

/**
 * The choice that a shared link holds.
 * @param {string} search of an address
 */
export function plannedIn(search) {
  const asked = new URLSearchParams(search).get("planned");
  return PLANS.find(([value]) => value === asked)?.[0] ?? "";
}

/** @param {Planned} planned */
export const goalOf = (planned) => PLANS.find(([value]) => value === planned)?.[1];
