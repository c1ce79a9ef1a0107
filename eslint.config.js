import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", "bot/data/", "build/", "node_modules/", "tests/data/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "id-denylist": ["error", "found", "one", "told", "thing", "info", "stuff", "tmp", "res"], // they name nothing
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }],
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["docs/theme/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["docs/theme/scripts/embed*.js"], // what deploy/chat.py puts in
    languageOptions: { globals: { KB_STYLE: false, KB_ANSWER_STYLE: false, KB_WORDS_EN: false, KB_WORDS_JA: false } },
  },
  { files: ["tests/js/**/*.js"], languageOptions: { globals: globals.node } },
];
