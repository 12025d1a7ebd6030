// A project that has the tarball and nothing else: no @standard-schema/spec, whose types a schema fits all the same. The
// compilers check the declarations of the package too.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { at } from '../../tools/common.mjs';
import { project } from '../packaging/support/project.mjs';
import { program, run } from './support.mjs';

// What a library of forms declares, as the specification allows: a copy of its interface.
const LIBRARY = `
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Result<Output> | Promise<Result<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type Result<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[] };
export declare function useForm<Input, Output>(options: {
  schema: StandardSchemaV1<Input, Output>;
  values: Input;
  onSubmit(body: Output): void;
}): { watch<Field extends keyof Input>(field: Field): Input[Field] };
`;
const FORM = `
import { createTrackerFormSchema, createTrackerSchema, emptyTrackerForm, withOptions } from 'cts-tracker';
import type { CreateTrackerInput, CreateTrackerRequestBody, Schema } from 'cts-tracker';
import { createEmulator } from 'cts-tracker/emulator';
import { fieldRule as arcoRule } from 'cts-tracker/arco';
import { fieldRule } from 'cts-tracker/async-validator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { signRequest } from 'cts-tracker/signing';
import { fieldRule as tdesignRule } from 'cts-tracker/tdesign';
import { toTypedSchema } from 'cts-tracker/vee-validate';
import { useForm } from './library.js';

const schema = withOptions(createTrackerFormSchema, { prune: true });
const values = emptyTrackerForm('data');
const form = useForm({ schema, values, onSubmit: (body) => body satisfies CreateTrackerRequestBody });
form.watch('tracker_name').length satisfies number;
const wire: Schema<CreateTrackerInput, CreateTrackerRequestBody> = createTrackerSchema;
void [arcoRule(schema, 'kms_id', () => values), fieldRule(schema), tdesignRule(schema), toTypedSchema(schema)];
void [createEmulator, createSigningProxy, signRequest, wire];
`;
const COMPONENT = `<script setup lang="ts">${FORM}</script>
<template><input :value="form.watch('tracker_name').trim()" /></template>
`;

let folder;
before(async () => {
  folder = await project('consumer', { 'library.d.ts': LIBRARY, 'form.ts': FORM, 'form.vue': COMPONENT });
  // vue-tsc reads the types of Vue.
  for (const name of ['vue', '@vue']) symlinkSync(program(name), join(folder, 'node_modules', name));
});

test('the declarations import no package', () => {
  const installed = join(folder, 'node_modules', 'cts-tracker');
  const declarations = readdirSync(installed, { recursive: true }).filter((file) => /\.d\.c?ts$/.test(file));
  assert.ok(declarations.length >= 20, `${declarations}`);
  const imported = declarations.flatMap((file) =>
    [
      ...readFileSync(join(installed, file), 'utf8').matchAll(
        /\b(?:from|import\(?|require\()\s*["']([^."'][^"']*)["']/g,
      ),
    ].map(([, name]) => `${file}: ${name}`),
  );
  assert.deepEqual(
    imported.filter((line) => !line.includes(': node:')),
    [],
  );
});

const typescript = (name) => [at('node_modules', name, 'bin', 'tsc'), ['form.ts']];
const compilers = {
  'tsc 5.9': typescript('typescript'),
  'tsc 7': typescript('typescript-7'),
  'vue-tsc': [program('vue-tsc', 'bin', 'vue-tsc.js'), ['form.ts', 'form.vue']],
};
for (const [name, [compiler, files]] of Object.entries(compilers)) {
  // Once in Vue: it compiles the same file, slowly.
  for (const exactOptionalPropertyTypes of name === 'vue-tsc' ? [true] : [true, false]) {
    test(`${name}, exactOptionalPropertyTypes ${exactOptionalPropertyTypes}`, async () => {
      assert.throws(() => createRequire(join(folder, 'form.ts')).resolve('@standard-schema/spec'));
      const compilerOptions = {
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable'],
        types: [],
        module: 'esnext',
        moduleResolution: 'bundler',
        strict: true,
        skipLibCheck: false,
        noEmit: true,
        exactOptionalPropertyTypes,
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      const { code, output } = await run([compiler, '-p', folder]);
      assert.equal(output, '');
      assert.equal(code, 0);
    });
  }
}
