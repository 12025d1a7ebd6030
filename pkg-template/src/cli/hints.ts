// What a file may have been meant as: said once, however many files and lines there are, and to people alone.
export function createHints(output) {
  const said = new Set();
  return {
    add: (hint) => said.add(hint),
    tell() {
      if (!output.json) for (const hint of said) output.note(hint);
    },
  };
}
