// One list of findings for several clusters.

/**
 * @typedef {import("./types.d.ts").Cluster} Cluster
 * @typedef {import("./types.d.ts").Finding} Finding
 */

/** @type {import("./types.d.ts").FindingStatus[]} */
export const ORDER = ["fail", "unknown", "advice", "pass", "not-applicable"];

/**
 * Every rule once: of several clusters the worst finding, and what was seen in each of them.
 * @param {Cluster[]} clusters
 * @returns {Finding[]}
 */
export function worst(clusters) {
  if (clusters.length < 2) return clusters[0]?.findings ?? [];
  /** @param {Finding} finding */
  const rank = ({ status, gap }) => ORDER.indexOf(status) + (gap === "source" ? 0.5 : 0);
  return clusters[0].findings.map((_, at) => {
    const same = clusters
      .map(({ name, findings }) => ({ name, finding: findings[at] }))
      .sort((a, b) => rank(a.finding) - rank(b.finding));
    const shown = same.map(({ name, finding }) => `${name || "?"}: ${finding.shown ?? "-"}`).join("; ");
    const commands = [...new Set(same.flatMap(({ finding }) => finding.commands ?? []))];
    return { ...same[0].finding, shown, commands };
  });
}
