/**
 * A path in the spelling of a form library: `dot` is `buckets.0.kms_id`, `bracket` is `buckets[0].kms_id`, `pointer` is
 * the JSON Pointer `/buckets/0/kms_id`. The path of the whole value is the empty string.
 */
export function formatPath(path, style = 'dot') {
  if (!Array.isArray(path)) throw new TypeError('a path is a list of steps, such as the `path` of an issue');
  switch (style) {
    case 'dot':
      return path.join('.');
    case 'bracket':
      return path.reduce(addBracketed, '');
    case 'pointer':
      return path.reduce((text, step) => `${text}/${escapePointer(step)}`, '');
    default:
      throw new TypeError(`unknown style of path: give 'dot', 'bracket' or 'pointer'`);
  }
}

/** The steps of a path in dot or bracket spelling; a path that is a list of steps stays as it is. */
export function parsePath(path) {
  if (Array.isArray(path)) return path;
  if (typeof path !== 'string')
    throw new TypeError('a path is a list of steps, or a text such as obs_info.bucket_name');
  return path === ''
    ? []
    : path
        .replaceAll('[', '.')
        .replaceAll(']', '')
        .split('.')
        .filter((step) => step !== '');
}

function addBracketed(text, step) {
  if (typeof step === 'number') return `${text}[${step}]`;
  // A key that was typed may hold the separators themselves.
  if (step === '' || /[.[\]"'\s]|^\d+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
  return text === '' ? step : `${text}.${step}`;
}

function escapePointer(step) {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}
