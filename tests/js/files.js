// The repository's own files, for tests.

/** The JSON of a file below the repository's root. */
export async function json(path) {
  const { default: content } = await import(`../../${path}`, { with: { type: "json" } });
  return content;
}
