// cts-tracker emulator: an emulator of the service on this machine.
import { createServer } from 'node:http';
import { emulatorBuckets, emulatorKeys, emulatorLocation } from '../generated/metadata.js';
import { CliError, EXIT } from './cli-error.js';
import { type Command, command } from './command.js';
import { listen, untilSignal } from './http-server.js';
import { LISTEN } from './options.js';
import { invalidOptionAsCliError } from './service.js';
import type { Translate } from './texts.js';

/** The emulator refuses headers that are too large itself, as the service does. */
const MAX_HEADER_SIZE = 262_144;

export const emulator: Command = command({
  runsUntilSignal: true,
  options: {
    ...LISTEN,
    port: { ...LISTEN.port, default: '8789' },
    bucket: { type: 'string', multiple: true },
    'kms-key': { type: 'string', multiple: true },
    latency: { type: 'string', default: '0', range: [0, 600_000] },
    fault: { type: 'string', multiple: true },
  },
  async run(context) {
    const { values, output, t, load, signal } = context;
    const { createEmulator, sampleCredentials } = await load.emulator();
    const { toNodeHandler } = await load.node();
    const buckets = [
      ...emulatorBuckets.map((name) => ({ name, location: emulatorLocation })),
      ...values.bucket.map((text) => parseBucket(text, t)),
    ];
    const keys = [...emulatorKeys, ...values['kms-key']];
    const emulated = invalidOptionAsCliError(context, () =>
      createEmulator({
        // Those of the API pages' examples have a lifecycle, which an option cannot set.
        buckets: values.bucket.length > 0 ? buckets : undefined,
        keys,
        latencyMs: values.latency,
        faults: values.fault,
      }),
    );
    const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, toNodeHandler(emulated));
    const url = await listen(server, values, t);
    await output.objects([{ type: 'ready', command: 'emulator', url, sampleCredentials, buckets, keys }]);
    await output.lines([
      t('emulator.ready', { url }),
      t('emulator.buckets'),
      ...buckets.map(({ name, location }) => `  ${name}@${location}`),
      t('emulator.kmsKeys'),
      ...keys.map((key) => `  ${key}`),
      t('emulator.keys'),
      `  HUAWEICLOUD_SDK_AK=${sampleCredentials.accessKeyId}`,
      `  HUAWEICLOUD_SDK_SK=${sampleCredentials.secretAccessKey}`,
      t('emulator.try', { url }),
    ]);
    await untilSignal(server, signal);
    output.note(t('stopped'));
    return EXIT.ok;
  },
});

/** `NAME@REGION`. */
function parseBucket(text: string, t: Translate): { name: string; location: string } {
  const [name, location, ...rest] = text.split('@');
  if (!name || !location || rest.length > 0) throw new CliError(t('emulator.bucket', { bucket: text }));
  return { name, location };
}
