// cts-tracker emulator: an emulator of the service on this machine.
import { createServer } from 'node:http';
import { EXIT } from './cli-error.js';
import { type Command, command } from './command.js';
import { listen, untilSignal } from './http-server.js';
import { LISTEN } from './options.js';
import { invalidOptionAsCliError } from './service.js';

/** The emulator refuses headers that are too large itself, as the service does. */
const MAX_HEADER_SIZE = 262_144;

export const emulator: Command = command({
  options: {
    ...LISTEN,
    port: { ...LISTEN.port, default: '8789' },
    latency: { type: 'string', default: '0', range: [0, 600_000] },
    fault: { type: 'string', multiple: true },
  },
  async run(context) {
    const { values, output, t, load, signal } = context;
    const { createEmulator, sampleCredentials } = await load.emulator();
    const { toNodeHandler } = await load.node();
    const emulated = invalidOptionAsCliError(context, () =>
      createEmulator({ latencyMs: values.latency, faults: values.fault }),
    );
    const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, toNodeHandler(emulated));
    const url = await listen(server, values, t);
    await output.objects([{ type: 'ready', command: 'emulator', url, sampleCredentials }]);
    await output.lines([
      t('emulator.ready', { url }),
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
