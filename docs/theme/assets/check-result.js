// What shows a result on the check page; loaded with the first one.

export { exports, ownLinks } from "../scripts/check-export.js";
export { counts, findingsOf, leftUnread, missing, verdict } from "../scripts/check-report.js";
export { ways, whatIf } from "../scripts/check-ways.js";
