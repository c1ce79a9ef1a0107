// How a word sounds, for names that the site writes in Latin letters and readers in katakana: スラック and slack are both
// s-r-k. Vowels and long consonants are left out; so is what Japanese does not tell apart.

/** @type {[RegExp, string][]} */
const KANA = [
  [/ウ(?=[ァィェォ])|ワ/g, "w"],
  [/[カキクケコ]/g, "k"],
  [/[ガギグゲゴ]/g, "g"],
  [/[サシスセソザズゼゾ]/g, "s"],
  [/[ジヂ]/g, "j"],
  [/チ/g, "c"],
  [/[タツテト]/g, "t"],
  [/[ダヅデド]/g, "d"],
  [/[ナニヌネノン]/g, "n"],
  [/フ/g, "f"],
  [/[ハヒヘホ]/g, "h"],
  [/[バビブベボヴ]/g, "b"],
  [/[パピプペポ]/g, "p"],
  [/[マミムメモ]/g, "m"],
  [/[ヤユヨ]/g, "y"],
  [/[ラリルレロ]/g, "r"],
  [/[^a-z]/g, ""],
];
/** @type {[RegExp, string][]} */
const LATIN = [
  [/ph/g, "f"],
  [/th/g, "t"],
  [/sh/g, "s"],
  [/c(?=[eiy])/g, "s"],
  [/c(?!h)|q/g, "k"],
  [/ch/g, "c"],
  [/x/g, "ks"],
  [/(?<=[aeiou])[wy](?![aeiou])|r(?![aeiouy])/g, ""], // only lengthen a vowel
  [/l/g, "r"],
  [/v/g, "b"],
  [/z/g, "s"],
  [/m(?=[pb])/g, "n"],
  [/(.)\1+/g, "$1"],
  [/[aeiou]|\B[yh](?=[^aeiou]|$)/g, ""],
];

/**
 * @param {string} word in katakana, or in small Latin letters
 */
export const sound = (word) =>
  (/[a-z]/.test(word) ? LATIN : KANA).reduce((sounds, [sign, heard]) => sounds.replace(sign, heard), word);
