// Compares the published files and the public API with the golden files, so that a review shows every change.
// CTS_RENEW=1 node --test tests/packaging/golden.test.mjs updates them.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import ts from 'typescript';
import { here, npm, project, tarball } from './support/project.mjs';

const golden = join(here, 'golden');
const ENTRIES = [
  'index',
  'slim',
  'js',
  'signing',
  'proxy',
  'emulator',
  'node',
  'async-validator',
  'arco',
  'tdesign',
  'vee-validate',
];

let installed;
before(async () => {
  installed = join(await project('golden', {}), 'node_modules', 'cts-tracker');
});

async function compare(name, text) {
  const file = join(golden, name);
  if (process.env.CTS_RENEW === '1') await writeFile(file, text);
  const hint = `if ${name} should change: CTS_RENEW=1 node --test tests/packaging/golden.test.mjs`;
  assert.equal(text, await readFile(file, 'utf8').catch(() => ''), hint);
}

test('the public files of the tarball', async () => {
  const { stdout } = await npm(['pack', '--dry-run', '--json', await tarball()]);
  const paths = JSON.parse(stdout)[0].files.map(({ path }) => path);
  // The chunks that entries share are internal.
  const named = paths.filter((path) => !/^(chunks|types)\/|\.map$/.test(path));
  await compare('files.txt', `${named.sort().join('\n')}\n`);
});

/** Every export of the entries with its declaration, and a list of those without documentation. */
function readApi(extension) {
  const files = ENTRIES.map((entry) => join(installed, entry + extension));
  const options = { module: ts.ModuleKind.NodeNext, lib: ['lib.es2022.d.ts'], types: [], strict: true };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const declared = new Map();
  const undocumented = [];
  const sections = files.map((file, at) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const names = checker.getExportsOfModule(module).map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const [first] = target.declarations;
      const node = ts.isVariableDeclaration(first) ? first.parent.parent : first;
      if (declared.has(node)) return `${symbol.name} is that of ${declared.get(node)}`;
      declared.set(node, ENTRIES[at]);
      const value = target.flags & ts.SymbolFlags.Value;
      if (value && target.getDocumentationComment(checker).length === 0) undocumented.push(symbol.name);
      const isInput = /Form$|Options$|^CtsClient$|^CheckProgress$/.test(symbol.name);
      for (const member of isInput && ts.isInterfaceDeclaration(first) ? first.members : []) {
        const documented = checker.getSymbolAtLocation(member.name)?.getDocumentationComment(checker).length;
        if (!documented) undocumented.push(`${symbol.name}.${member.name?.getText()}`);
      }
      return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
    });
    return `// ${ENTRIES[at]}\n${names.sort().join('\n')}\n`;
  });
  return { text: sections.join('\n'), undocumented };
}

test('the exported names and their declarations', async () => {
  const { text } = readApi('.d.ts');
  await compare('api.d.ts.txt', text);
  assert.equal(readApi('.d.cts').text, text, 'CommonJS');
});

test('every exported function and constant, and every field of forms and options is documented', () => {
  assert.deepEqual(readApi('.d.ts').undocumented, []);
});
