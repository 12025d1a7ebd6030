// The validators of single fields.
import { Findings } from './findings.mjs';
import {
  bucketName,
  expect,
  filePrefixName,
  keyId,
  length,
  lifecycle,
  location,
  oneOf,
  onlyCharacters,
  trackerName,
} from './rows.mjs';
import { characters, read } from './values.mjs';

const REQUIRED = ['bucketName', 'bucketLocation', 'projectId', 'domainId'];

/** A single field, by the name of its validator. */
export function oneField(validator, get, { forCreation = false, trackerType = 'data', encrypted } = {}) {
  const found = new Findings();
  const field = read(get, '');
  if (validator === 'bucketLifecycle') return found.result(lifecycle(found, field, []));
  const text = expect(found, field, [], 'string');
  const isAbsent = field.type === 'absent';
  if (!isAbsent && text === undefined) return found.result();

  if (isAbsent && (REQUIRED.includes(validator) || (validator === 'trackerName' && trackerType === 'data'))) {
    found.error('required', []);
  } else if (validator === 'kmsId')
    keyId(found, text, [], { on: encrypted === true, off: encrypted === false, must: true });
  else if (isAbsent) return found.result(validator === 'trackerName' ? 'system' : undefined);
  else if (validator === 'bucketName') bucketName(found, text, [], forCreation);
  else if (validator === 'filePrefixName') filePrefixName(found, text, []);
  else if (validator === 'trackerName') trackerName(found, text, [], trackerType);
  else if (validator === 'compressType') oneOf(found, text, [], ['gzip', 'json']);
  else if (validator === 'bucketLocation') location(found, field, []);
  else if (text === '') found.error('required', []);
  else {
    length(found, text, [], 1, 64);
    onlyCharacters(found, text, [], /^[A-Za-z0-9_-]$/);
    if (found.errors.length === 0 && characters(text).length !== 32) found.warn('unusual_format', []);
  }
  return found.result(text);
}
