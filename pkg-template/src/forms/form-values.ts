// The values of a form as the values of a request.

import {
  type FieldType,
  isList,
  isObject,
  type Normalized,
  normalize,
  type ObjectType,
  readPlain,
  Tagged,
  TooLong,
  Wrong,
} from '../validation/normalize.js';
import { nestedValues } from './control-names.js';

/**
 * Reads the values of HTML controls as a request of this type: '' and NaN are absent, '30' is 30, 'on' is true, and one
 * selected value of a list is a list.
 */
export function formValues(draft: unknown, type: ObjectType): Normalized {
  // Reading the controls runs user code, which may throw.
  const values = readPlain(() => nestedValues(readPlain(() => draft, '')), '');
  const normalized = normalize(values, type);
  const { root } = normalized;
  return { ...normalized, root: isGroup(root) ? coerceFields(root, type, normalized.unknownKeys) : root };
}

type UnknownKeys = Normalized['unknownKeys'];
type Group = Record<string, unknown>;

const INTEGER = /^\s*[+-]?\d{1,15}\s*$/;
const BOOLEANS = /* @__PURE__ */ new Map<unknown, boolean>([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
]);

function coerce(value: unknown, type: FieldType, unknownKeys: UnknownKeys): unknown {
  // An empty number control has the value NaN, and a box that is not checked is false.
  if (value === null || value === '' || Number.isNaN(value)) return undefined;
  if (value === false && type !== 'boolean') return undefined;
  if (type === 'boolean') return BOOLEANS.get(value) ?? value;
  if (type === 'integer') return typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
  if (isList(type)) return coerceList(value, type[0], unknownKeys);
  return isObject(type) && isGroup(value) ? coerceFields(value, type, unknownKeys) : value;
}

function coerceList(value: unknown, type: FieldType, unknownKeys: UnknownKeys): unknown {
  const isOfStrings = type === 'string';
  const list = isOfStrings && typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) return list;
  // Some forms hold null instead of a row in which no field is filled.
  const items = list.map((item) => coerce(isObject(type) ? (item ?? {}) : item, type, unknownKeys));
  return isOfStrings ? items.filter((item) => item !== undefined) : items;
}

function coerceFields(group: Group, type: ObjectType, unknownKeys: UnknownKeys): Group {
  for (const [name, fieldType] of Object.entries(type)) {
    const value = coerce(group[name], fieldType, unknownKeys);
    // Some forms hold a group in which no field is filled, others do not. A data tracker requires the fields of
    // `data_bucket`: the errors are at these.
    const isRequired = name === 'data_bucket' && group.tracker_type === 'data';
    if (isRequired) group[name] = value ?? {};
    else group[name] = isObject(fieldType) && isEmpty(value, unknownKeys) ? undefined : value;
  }
  return group;
}

function isEmpty(value: unknown, unknownKeys: UnknownKeys): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (!isGroup(value)) return value === undefined || value === false;
  // `is_sort_by_service` is true by default.
  const isDefault = (name: string, inside: unknown) => name === 'is_sort_by_service' && inside === true;
  return (
    !unknownKeys.has(value) &&
    Object.entries(value).every(([name, inside]) => isDefault(name, inside) || isEmpty(inside, unknownKeys))
  );
}

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Wrong || value instanceof Tagged || value instanceof TooLong);
