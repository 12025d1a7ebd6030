// What "Import" reads from a text.
import assert from 'node:assert/strict';
import { importConsole } from './import-console.mjs';

export const { readImport } = await importConsole('import/read.ts');
const { positionOf } = await importConsole('import/failure.ts');

export function only(text) {
  const requests = readImport(text);
  assert.equal(requests.length, 1);
  return requests[0];
}

/** The reason, line, column and detail with which a text is refused. */
export function refusal(text) {
  try {
    readImport(text);
  } catch (error) {
    const { line, column } = positionOf(text, error.at);
    return [error.reason, line, column, error.detail];
  }
  return assert.fail(`not refused: ${text}`);
}

export const notes = (text) =>
  only(text).notes.map(({ reason, name, detail }) => [reason, name, detail].join(' ').trim());
