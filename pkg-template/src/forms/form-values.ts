import { unwrapped } from '../validation/values.js';
import { nestedValues } from './control-names.js';

/** The values of a form, nested. Reading them runs code of the host, which may throw: `unwrapped` catches it. */
export function byNames(values: unknown): unknown {
  return unwrapped({ toJSON: () => nestedValues(unwrapped(values, '')) }, '');
}
