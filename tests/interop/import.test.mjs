// The Terraform code that the console imports, read by HCL's own parser too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { importConsole } from '../console/import-console.mjs';

const { parseHcl } = await importConsole('import/hcl.ts');

const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/).filter((word) => !['true', 'false', 'null'].includes(word));
// HCL normalizes strings to NFC, and its JSON keeps `$${`, so neither occurs here.
const text = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme-ascii', maxLength: 6 }), fc.constantFrom('桶', '😀', '\n', '\t', '"', '\\')),
  )
  .map((parts) => parts.join('').replace(/[$%]\{/g, ''));
const quoted = (value) => JSON.stringify(value).replace(/[\u007f\b\f]/g, '');
const scalar = fc.oneof(
  text.map((value) => quoted(value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''))),
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc.constantFrom('true', 'false', '1.5', '2e3', '"\\u6876"', '"\\U0001f600"'),
);
const space = fc.constantFrom('', ' ', '  ', '/* a = "{" */');
const lines = fc.constantFrom('', '\n', ' # }\n', ' // "\n', '/* [\n*/');
const list = fc
  .array(fc.tuple(lines, scalar, lines), { maxLength: 4 })
  .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`);
const object = fc
  .array(fc.tuple(name, fc.constantFrom('=', ' : ', ' = '), scalar), { maxLength: 3 })
  .map((fields) => `{${fields.map((parts) => parts.join('')).join(', ')}}`);
const template = (inner) => ['$', '{', inner, '}'].join('');
const written = [
  'var.a',
  'a.b[0].c',
  'join("-", ["a", var.b])',
  '1 + 2',
  '!true',
  `"a-${template('b["c"]')}-d"`,
  '"%{ if true }x%{ endif }"',
  'x ? "}" : "{"',
  '[for k in ["a"] : k]',
  '{ for k in ["a"] : k => "b" }',
  '(1)',
  '"a" == "b"',
  '<<EOT\n a } "\n EOT',
  `<<-EOT\n  ${template('b')}\n  EOT`,
  'f(\n  "a", # )\n)',
];
const expression = fc.constantFrom(...written);
const value = fc.oneof(scalar, list, object, expression);
const argument = fc.tuple(name, space, space, value, fc.constantFrom('\n', '\n\n', ' # c\n', ' // c\n'));
const body = fc
  .uniqueArray(argument, { maxLength: 5, selector: ([key]) => key })
  // A comment after a heredoc would be part of its last line.
  .map((all) => all.map(([key, a, b, v, end]) => `${key}${a}=${b}${v}${v.startsWith('<<') ? '\n' : end}`).join(''));
const file = fc.tuple(lines, name, name, body).map(([before, type, label, inner]) => ({
  type,
  label,
  source: `${before}\nresource "${type}" ${label} {\n${inner}}\n`,
}));

test('every literal has the value that the parser of HCL gives it, and nothing else is taken for one', async () => {
  let literals = 0;
  let expressions = 0;
  await fc.assert(
    fc.asyncProperty(file, async ({ type, label, source }) => {
      const { resource } = await parse('a.tf', source);
      const expected = resource[type][label][0];
      const [block] = parseHcl(source).blocks;
      assert.deepEqual([block.type, ...block.labels], ['resource', type, label]);
      assert.deepEqual([...block.attributes.keys()].sort(), Object.keys(expected).sort());
      for (const [key, found] of block.attributes) {
        if (found.kind === 'literal') {
          literals += 1;
          assert.deepEqual(found.value, expected[key], source);
        } else {
          // The parser evaluates some of them.
          expressions += 1;
          assert.ok(
            written.some((each) => each.startsWith(found.source)),
            `${found.source} of ${source}`,
          );
        }
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(literals > 100 && expressions > 50, `${literals} ${expressions}`);
});

test('what HCL refuses inside a tracker is refused, or named as no literal', async () => {
  for (const inner of ['a = [1, 2', 'a = "x', 'a =', 'a = <<EOT\n x', 'a = (1', 'a', '? = 1', 'a = }', 'a = "\\x"']) {
    const source = `resource "huaweicloud_cts_tracker" "t" {\n${inner}\n}\n`;
    await assert.rejects(parse('a.tf', source), undefined, inner);
    assert.throws(() => parseHcl(source), { name: 'Error', reason: /^(hcl|json)\./ }, inner);
  }
});
