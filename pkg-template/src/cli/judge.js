// A file of requests, judged: by lines as they come, or, where the requests are wanted, with their values.
import { readDocument, readWhole } from './input.js';
import { columns } from './output.js';

const KINDS = {
  createTracker: (core, value, options) => core.validateCreateTracker(value, options),
  checkBucket(core, value, options) {
    const { issues, warnings, value: body } = core.validateCheckObsBuckets({ buckets: [value] }, options);
    const own = (list) => list?.map((issue) => ({ ...issue, path: issue.path.slice(2) }));
    return { issues: own(issues), warnings: own(warnings), value: body?.buckets[0] };
  },
};

/**
 * @param {{ name: string, format: string, chunks: AsyncIterable<Uint8Array> }} input
 * @param {{ kind: 'createTracker' | 'checkBucket', core: object, locale: string, warnings?: boolean, t: Function,
 *   signal: AbortSignal, onBad(bad: object[]): unknown, onBucket?(): void, keep?: boolean }} options
 * @returns {Promise<{ lines: number, valid: number, invalid: number, warned: number, values: object[] }>}
 */
export async function judge(input, options) {
  if (input.format !== 'ndjson') return judgeDocument(input, options);
  const { kind, core, locale, warnings, signal, onBad, onBucket, keep } = options;
  const validator = core.createNdjsonValidator(kind, { locale, warnings, keepBad: false });
  const bytes = keep && await readWhole(input, options.t);
  const invalid = new Set();
  const tell = async (bad) => {
    if (keep) for (const { line, issues } of bad) if (issues.length > 0) invalid.add(line);
    if (onBucket && kind === 'createTracker' && bad.some(looksLikeBucket)) onBucket();
    if (bad.length > 0) await onBad(bad);
  };
  for await (const chunk of keep ? [bytes] : input.chunks) {
    if (signal.aborted) break;
    await tell(validator.push(chunk));
  }
  const { bad, ...report } = validator.end();
  if (!signal.aborted) await tell(bad);
  return { ...report, values: keep ? linesOf(bytes, invalid, (value) => KINDS[kind](core, value, { locale }).value) : [] };
}

function linesOf(bytes, invalid, validated) {
  const values = [];
  bytes.toString().replace(/^\ufeff/, '').split('\n').forEach((text, at) => {
    if (text.trim() === '' || invalid.has(at + 1)) return;
    values.push({ line: at + 1, value: validated(JSON.parse(text)) });
  });
  return values;
}

async function judgeDocument(input, { kind, core, locale, warnings, t, signal, onBad, onBucket }) {
  const { items, broken } = await readDocument(await readWhole(input, t), input, core, locale, t);
  const report = { lines: broken.length, valid: 0, invalid: broken.length, warned: 0, values: [] };
  if (broken.length > 0) await onBad(broken);
  for (const item of kind === 'checkBucket' ? items.flatMap(bucketsOf) : items) {
    if (signal.aborted) break;
    const judged = KINDS[kind](core, item.value, { locale });
    if (kind === 'createTracker' && looksLikeBucket(judged)) onBucket?.();
    report.lines += 1;
    report[judged.issues ? 'invalid' : 'valid'] += 1;
    if (judged.warnings.length > 0) report.warned += 1;
    if (judged.issues || (warnings && judged.warnings.length > 0)) {
      await onBad([{
        item: item.index + 1,
        line: await item.locate([]),
        issues: await located(judged.issues ?? [], item),
        warnings: await located(warnings ? judged.warnings : [], item),
      }]);
    }
    if (!judged.issues) report.values.push({ item: item.index + 1, line: await item.locate([]), value: judged.value });
  }
  return report;
}

/** Whether a tracker that was judged is a bucket for CheckObsBuckets. */
function looksLikeBucket({ issues, warnings }) {
  const about = (list, code, field) => list?.some((issue) => issue.code === code && issue.path.length === 1 && issue.path[0] === field);
  return about(issues, 'required', 'tracker_type') && ['bucket_name', 'bucket_location'].every((field) => about(warnings, 'unknown_key', field));
}

const located = (issues, { locate }) => Promise.all(issues.map(async (issue) => ({ ...issue, line: await locate(issue.path) })));

/** A whole body of CheckObsBuckets holds a list of buckets. */
function bucketsOf({ value, index, locate }) {
  if (!Array.isArray(value?.buckets) || value.bucket_name !== undefined) return [{ value, index, locate }];
  return value.buckets.map((bucket, i) => ({ value: bucket, index: i, locate: (path) => locate(['buckets', i, ...path]) }));
}

/** Where in a file: `trackers.ndjson:3`, or `trackers.json[2]` where no line is known. */
export const where = (name, { line, item }) => (line !== undefined ? `${name}:${line}` : item !== undefined ? `${name}[${item}]` : name);

/** Tells of bad lines, in text that stays aligned or as objects. */
export function reporter({ output, core, t }) {
  const align = columns([18, 7, 24, 18]);
  return async (name, bad) => {
    const row = (entry, issue, severity) => [
      where(name, { ...entry, ...(issue.line !== undefined && { line: issue.line }) }),
      t(severity),
      issue.path.length > 0 ? core.formatPath(issue.path, 'bracket') : t('whole'),
      issue.code,
      issue.message + (issue.serverCode ? ` [${issue.serverCode}]` : ''),
    ];
    const rows = bad.flatMap((entry) => [
      ...entry.issues.map((issue) => row(entry, issue, 'error')), ...entry.warnings.map((issue) => row(entry, issue, 'warning')),
    ]);
    if (!output.json) await output.lines(align(rows));
    else {
      await output.objects(bad.map(({ line, item, issues, warnings }) => (
        { type: 'bad', file: name, ...(line !== undefined && { line }), ...(item !== undefined && { item }), issues, warnings })));
    }
  };
}
