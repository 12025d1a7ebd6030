// Writes pkg-template/generated/shapes.js: for each object of the requests, code that names its fields. Engines look up
// a name that is written out several times as fast as one in a variable.

/** @param {object[]} tables those of the requests, as the facts have them */
export function shapes(tables) {
  const found = new Map();
  const collect = ({ table, item }) => {
    if (table && !found.has(table.name)) {
      found.set(table.name, table.fields);
      Object.values(table.fields).forEach(collect);
    }
    if (item) collect(item);
  };
  tables.forEach((table) => collect({ table }));
  const listed = [...found].map(([name, _fields]) => `  ${name}: { take: take${name}, put: put${name} },`);
  return `// Written by the build from the Rust sources.
import { group, list, owns, primitive, unknown, UNREADABLE, unwrapped } from '../validation/values.js';
import { write, writeGroup, writeList } from '../validation/write.js';

${[...found].map(([name, fields]) => code(name, Object.entries(fields))).join('\n')}
export const shapes = {
${listed.join('\n')}
};
`;
}

/**
 * `take` reads an object's own enumerable fields in its own order, each once, and gives them in the order of the table;
 * `put` writes them all, in that order.
 */
function code(name, fields) {
  const names = fields.map(([field]) => field);
  return `function take${name}(object, draft, form) {
  const out = {};
  let ${names.join(', ')};
  for (const key in object) {
    if (!owns.call(object, key)) continue;
    let at;
    switch (key) {
${names.map((field, at) => `      case '${field}': at = ${at}; break;`).join('\n')}
      default: unknown(draft, out, key); continue;
    }
    let value;
    // Not in a function of its own: a key of for-in is looked up fast only where the loop is.
    try { value = object[key]; } catch { value = UNREADABLE; }
    if (typeof value === 'object' || typeof value === 'function' || typeof value === 'bigint') value = unwrapped(value, key);
    switch (at) {
${names.map((field, at) => `      case ${at}: ${field} = value; break;`).join('\n')}
    }
  }
${fields.map(converted).join('\n')}
  return out;
}

function put${name}(object) {
${fields.map(written).join('\n')}
}
`;
}

const PRIMITIVE = { string: 'string', boolean: 'boolean', integer: 'number' };

function converted([field, { type, table, item }]) {
  const quick = PRIMITIVE[type] ? `if (form || typeof ${field} !== '${PRIMITIVE[type]}') ` : '';
  const convert = table
    ? `group(take${table.name}, '${field}', ${field}, out, draft, form)`
    : item?.table
      ? `list(take${item.table.name}, ${field}, draft, form)`
      : item
        ? `list(undefined, ${field}, draft, form)`
        : `primitive('${type}', ${field}, form)`;
  return `  if (${field} !== undefined) {
    ${quick}${field} = ${convert};
    if (${field} !== undefined) out.${field} = ${field};
  }`;
}

function written([field, { table, item }]) {
  const value = `object.${field}`;
  return table
    ? `  writeGroup(${value}, put${table.name});`
    : item
      ? `  writeList(${value}${item.table ? `, put${item.table.name}` : ''});`
      : `  write(${value});`;
}
