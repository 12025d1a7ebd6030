// The rows of the validators.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, say } from '../tools/common.mjs';
import { peakMemory } from './cold.mjs';
import { copy, writeRequest, writeText } from './floors.mjs';
import { measure } from './measure.mjs';
import { OURS } from './report.mjs';
import { BAD, bucketList, GOOD, OTHER_BAD, PERIOD, requests, SHAPES } from './samples.mjs';

const AJV_LINES = 'JSON.parse + ajv';
const WRITE = 'writing the text, and reading it in wasm';
const COPY = 'copying the file, and reading it in wasm';
/** One line in so many is bad in the second file. */
const EVERY_BAD = 10;

/** @param {boolean} agree */
function mustAgree(agree, what = '') {
  // Times mean nothing if a contestant accepts a mistake or rejects a valid request.
  if (!agree) throw new Failure(`the contestants disagree about ${what}`);
}

/** @param {number} lines */
export async function validatorRows(lines) {
  const cts = await import('cts-tracker');
  const { zod, zodBuckets, zodName } = await import('./peers-zod.mjs');
  const { valibot, valibotBuckets, valibotName } = await import('./peers-valibot.mjs');
  const { ajv, ajvBuckets, ajvLines, ajvName } = await import('./peers-ajv.mjs');

  mustAgree(
    [...SHAPES, PERIOD].every((shape) => {
      const results = [
        !cts.validateCreateTracker(shape).issues,
        zod(shape).success,
        valibot(shape).success,
        ajv(shape),
      ];
      return results.every((result) => result);
    }),
    'the valid requests',
  );
  const found = cts.validateCreateTracker(BAD).issues?.length;
  mustAgree(found === 5 && !zod(BAD).success && !valibot(BAD).success && !ajv(BAD), 'the request with mistakes');
  mustAgree(
    OTHER_BAD.every(
      (bad) => cts.validateCreateTracker(bad).issues?.length === 5 && zod(bad).error?.issues.length === 5,
    ),
    'the other mistakes',
  );

  /** @param {unknown} input */
  const contestants = (input) => ({
    [OURS]: () => cts.validateCreateTracker(input),
    zod: () => zod(input),
    valibot: () => valibot(input),
    ajv: () => ajv(input),
  });
  /** @param {(input: unknown) => unknown} validate */
  const overShapes = (validate) => () => SHAPES.map(validate).length;
  /** @param {(input: unknown) => unknown} validate */
  const overMistakes = (validate) => {
    let calls = 0;
    return () => validate(OTHER_BAD[calls++ % OTHER_BAD.length]);
  };

  say('One valid request');
  const valid = measure({ ...contestants(GOOD), [WRITE]: () => writeRequest(GOOD) });
  const period = measure(contestants(PERIOD));
  say('One request with five mistakes');
  const wrong = measure(contestants(BAD));
  const otherWrong = measure({
    [OURS]: overMistakes((input) => cts.validateCreateTracker(input)),
    zod: overMistakes(zod),
    valibot: overMistakes(valibot),
    ajv: overMistakes(ajv),
  });
  say('Valid requests of several shapes');
  const shapes = measure(
    {
      [OURS]: overShapes((input) => cts.validateCreateTracker(input)),
      zod: overShapes(zod),
      valibot: overShapes(valibot),
      ajv: overShapes(ajv),
    },
    { calls: 400 },
  );

  say('One bucket name');
  const name = GOOD.obs_info.bucket_name;
  const compiledName = ajvName();
  mustAgree(!cts.validateBucketName(name).issues && zodName(name).success && valibotName(name).success, 'the name');
  const bucketName = measure({
    [OURS]: () => cts.validateBucketName(name),
    zod: () => zodName(name),
    valibot: () => valibotName(name),
    ajv: () => compiledName(name),
    [WRITE]: () => writeText(name),
  });

  say('1,000 buckets');
  const list = bucketList(1000);
  const compiledBuckets = ajvBuckets();
  mustAgree(
    !cts.validateCheckObsBuckets(list).issues &&
      zodBuckets(list).success &&
      valibotBuckets(list).success &&
      compiledBuckets(list),
    'the buckets',
  );
  const buckets = measure(
    {
      [OURS]: () => cts.validateCheckObsBuckets(list),
      zod: () => zodBuckets(list),
      valibot: () => valibotBuckets(list),
      ajv: () => compiledBuckets(list),
    },
    { calls: 10 },
  );

  /** @param {Uint8Array} bytes */
  const overLines = (bytes) => {
    mustAgree(cts.validateNdjson('createTracker', bytes).valid === ajvLines(bytes).valid, 'the lines');
    return measure(
      {
        [OURS]: () => cts.validateNdjson('createTracker', bytes),
        [AJV_LINES]: () => ajvLines(bytes),
        [COPY]: () => copy(bytes),
      },
      { rounds: 11, warm: 2, calls: 1 },
    );
  };
  say(`${lines} requests as NDJSON`);
  const good = requests(lines);
  const ndjson = overLines(good);
  say('The same with bad lines');
  const some = requests(lines, EVERY_BAD);
  const ndjsonBad = overLines(some);
  const memory = await withFile(some, peakMemory);
  return {
    valid,
    period,
    wrong,
    otherWrong,
    shapes,
    bucketName,
    buckets,
    ndjson,
    ndjsonBad,
    memory,
    bytes: good.length,
  };
}

/**
 * @template T
 * @param {Uint8Array} bytes
 * @param {(path: string) => Promise<T>} use
 */
async function withFile(bytes, use) {
  const folder = await mkdtemp(join(tmpdir(), 'cts-bench-'));
  try {
    const path = join(folder, 'requests.ndjson');
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
