// Headers cross to the wasm as the header section of a message: `name:value` and a line feed for each header.

/** The section of a `Headers` object, in which no name has a colon and no value a line feed. */
export function sectionOf(headers: { forEach(visit: (value: string, name: string) => void): void }): string {
  let section = '';
  headers.forEach((value, name) => {
    section += `${name}:${value}\n`;
  });
  return section;
}

/** Names and values of a section. */
export function pairsOf(section: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (let start = 0; start < section.length; ) {
    const colon = section.indexOf(':', start);
    const end = section.indexOf('\n', colon);
    pairs.push([section.slice(start, colon), section.slice(colon + 1, end)]);
    start = end + 1;
  }
  return pairs;
}
