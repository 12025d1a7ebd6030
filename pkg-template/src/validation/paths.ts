// Spellings of a path.

export type PathStyle = 'dot' | 'bracket' | 'pointer';

type Step = string | number;

/**
 * Writes a path as a form library spells it: `dot` is `buckets.0.kms_id`, `bracket` is `buckets[0].kms_id`, `pointer` is
 * the JSON Pointer `/buckets/0/kms_id`. The path of the whole value is the empty string.
 */
export function formatPath(path: readonly Step[], style: PathStyle = 'dot'): string {
  if (!Array.isArray(path)) throw new TypeError('path must be an array of steps, such as the `path` of an issue');
  switch (style) {
    case 'dot':
      return path.join('.');
    case 'bracket':
      return path.reduce<string>(addBracketed, '');
    case 'pointer':
      return path.reduce<string>((text, step) => `${text}/${escapePointer(step)}`, '');
    default:
      throw new TypeError("the style of a path must be 'dot', 'bracket' or 'pointer'");
  }
}

/** The steps of a path in dot or bracket spelling. An array of steps is returned as it is. */
export function parsePath(path: string | readonly Step[]): readonly Step[] {
  if (Array.isArray(path)) return path;
  if (typeof path !== 'string')
    throw new TypeError('path must be an array of steps, or a string such as obs_info.bucket_name');
  return path.split(/[.[\]]/).filter((step) => step !== '');
}

function addBracketed(text: string, step: Step): string {
  if (typeof step === 'number') return `${text}[${step}]`;
  // An unknown key may contain the separators themselves.
  if (step === '' || /[.[\]"'\s]|^\d+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
  return text === '' ? step : `${text}.${step}`;
}

function escapePointer(step: Step): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}
