// A file of requests, judged: by lines as they come, or, where the requests are wanted, with their values.

import { createLineRepeats, createNames } from './duplicate-trackers.js';
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
 * @param {{ name: string, format: string, isOneText: boolean, chunks: AsyncIterable<Uint8Array> }} input
 * @param {{ kind: 'createTracker' | 'checkBucket', core: object, locale: string, warnings?: boolean, t: Function,
 *   signal: AbortSignal, onBad(bad: object[]): unknown, onHint(hint: string): void, onBucket?(): void, keep?: boolean }} options
 * @returns {Promise<{ lines: number, valid: number, invalid: number, warned: number, values: object[] }>}
 * A tracker that the file has already is not valid: nothing would be created of such a file.
 */
export async function judge(input, options) {
  const { t, signal, onHint } = options;
  const report = await (input.format === 'ndjson' ? judgeLines : judgeDocument)(input, options);
  if (report.lines === 0 && !signal.aborted) onHint(t('file.empty', { path: input.name }));
  return report;
}

async function judgeLines(input, { kind, core, locale, warnings, t, signal, onBad, onHint, onBucket, keep }) {
  const validator = core.createNdjsonValidator(kind, { locale, warnings, keepBad: false });
  const validated = (value) => KINDS[kind](core, value, { locale }).value;
  const repeats = kind === 'createTracker' ? createLineRepeats(validated) : undefined;
  const bytes = keep && (await readWhole(input, t));
  const invalid = new Set();
  let repeated = 0;
  const tell = async (bad, repeatsWithout) => {
    const wrong = new Set(bad.filter(({ issues }) => issues.length > 0).map(({ line }) => line));
    if (keep) for (const line of wrong) invalid.add(line);
    if (onBucket && kind === 'createTracker' && bad.some(looksLikeBucket)) onBucket();
    const again = repeats ? repeatsWithout(wrong) : [];
    repeated += again.length;
    const all = again.length > 0 ? [...bad, ...again].sort((a, b) => a.line - b.line) : bad;
    if (all.length > 0) await onBad(all);
  };
  for await (const chunk of keep ? [bytes] : input.chunks) {
    if (signal.aborted) break;
    await tell(validator.push(chunk), (wrong) => repeats.push(chunk, wrong));
  }
  const { bad, ...report } = validator.end();
  if (!signal.aborted) await tell(bad, (wrong) => repeats.end(wrong));
  if (report.invalid > 0 && input.isOneText) onHint(t('file.oneText'));
  report.valid -= repeated;
  report.invalid += repeated;
  return { ...report, values: keep ? linesOf(bytes, invalid, validated) : [] };
}

function linesOf(bytes, invalid, validated) {
  const values = [];
  bytes
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n')
    .forEach((text, at) => {
      if (text.trim() === '' || invalid.has(at + 1)) return;
      values.push({ line: at + 1, value: validated(JSON.parse(text)) });
    });
  return values;
}

async function judgeDocument(input, { kind, core, locale, warnings, t, signal, onBad, onBucket }) {
  const { items, broken } = await readDocument(await readWhole(input, t), input, core, locale, t);
  const report = { lines: broken.length, valid: 0, invalid: broken.length, warned: 0, values: [] };
  const names = createNames();
  if (broken.length > 0) await onBad(broken);
  const all = kind === 'checkBucket' ? items.flatMap(bucketsOf) : items;
  for (const [i, item] of all.entries()) {
    if (signal.aborted) break;
    const judged = KINDS[kind](core, item.value, { locale });
    if (kind === 'createTracker' && looksLikeBucket(judged)) onBucket?.();
    const at = { item: i + 1, inList: item.inList, line: await item.locate([]) };
    const name = kind === 'createTracker' ? judged.value?.tracker_name : undefined;
    const first = name && names(name, at);
    report.lines += 1;
    report[judged.issues || first ? 'invalid' : 'valid'] += 1;
    if (judged.warnings.length > 0) report.warned += 1;
    if (judged.issues || (warnings && judged.warnings.length > 0)) {
      await onBad([
        {
          ...at,
          issues: await located(judged.issues ?? [], item),
          warnings: await located(warnings ? judged.warnings : [], item),
        },
      ]);
    }
    if (first) await onBad([{ ...at, repeated: { name, first } }]);
    if (!judged.issues) report.values.push({ ...at, value: judged.value });
  }
  return report;
}

/** Whether a tracker that was judged is a bucket for CheckObsBuckets. */
function looksLikeBucket({ issues, warnings }) {
  const about = (list, code, field) =>
    list?.some((issue) => issue.code === code && issue.path.length === 1 && issue.path[0] === field);
  return (
    about(issues, 'required', 'tracker_type') &&
    ['bucket_name', 'bucket_location'].every((field) => about(warnings, 'unknown_key', field))
  );
}

const located = (issues, { locate }) =>
  Promise.all(issues.map(async (issue) => ({ ...issue, line: await locate(issue.path) })));

/** A whole body of CheckObsBuckets holds a list of buckets. */
function bucketsOf(item) {
  const { value, locate } = item;
  if (!Array.isArray(value?.buckets) || value.bucket_name !== undefined) return [item];
  return value.buckets.map((bucket, i) => ({
    value: bucket,
    inList: true,
    locate: (path) => locate(['buckets', i, ...path]),
  }));
}

/** Where in a file: `trackers.ndjson:3`; of a list `trackers.json:1 #2`, since a line may have all of it, or none be known. */
export const where = (name, { line, item, inList }) =>
  `${name}${line !== undefined ? `:${line}` : ''}${inList ? ` #${item}` : ''}`;

/** Tells of bad lines, and of those that repeat another one, in text that stays aligned or as objects. */
export function reporter({ output, core, t }) {
  const align = columns([18, 7, 24, 18]);
  const repetition = (name, { name: tracker, first }) =>
    t('file.repeated', { name: tracker, first: where(name, first) });
  return async (name, bad) => {
    const row = (entry, issue, severity) => [
      where(name, { ...entry, ...(issue.line !== undefined && { line: issue.line }) }),
      t(severity),
      issue.path.length > 0 ? core.formatPath(issue.path, 'bracket') : t('whole'),
      issue.code,
      issue.message + (issue.serverCode ? ` [${issue.serverCode}]` : ''),
    ];
    const rows = bad.flatMap((entry) =>
      entry.repeated
        ? [[where(name, entry), t('error'), 'tracker_name', 'repeated', repetition(name, entry.repeated)]]
        : [
            ...entry.issues.map((issue) => row(entry, issue, 'error')),
            ...entry.warnings.map((issue) => row(entry, issue, 'warning')),
          ],
    );
    if (!output.json) await output.lines(align(rows));
    else {
      await output.objects(
        bad.map(({ line, item, repeated, issues, warnings }) => {
          const at = { file: name, ...(line !== undefined && { line }), ...(item !== undefined && { item }) };
          return repeated
            ? { type: 'repeated', ...at, tracker_name: repeated.name, message: repetition(name, repeated) }
            : { type: 'bad', ...at, issues, warnings };
        }),
      );
    }
  };
}
