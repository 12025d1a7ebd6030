// Tables of the READMEs that programs write.

/**
 * Replaces the table between `<!-- name -->` and `<!-- /name -->`.
 * @param {string} readme
 * @param {string} name
 * @param {string} table
 */
export function withTable(readme, name, table) {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->\n`];
  const [before, rest] = readme.split(begin);
  return `${before}${begin}${table}${end}${rest?.split(end)[1]}`;
}
