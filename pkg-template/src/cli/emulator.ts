// cts-tracker emulator: the two endpoints on this machine, for whoever has no account.
import { createServer } from 'node:http';
import { EXIT } from './failure.js';
import { listen, untilSignal, urlOf } from './serve.js';
import { refused } from './service.js';

export async function emulator({ values, output, t, load, signal }) {
  const { createEmulator, sampleCredentials, toNodeListener } = await load.emulator();
  const emulated = refused(() => createEmulator({ latencyMs: values.latency, faults: values.fault }));
  const server = createServer({ maxHeaderSize: 262144 }, toNodeListener(emulated));
  const port = await listen(server, values, t);
  const url = urlOf(values.host, port);
  const { accessKeyId, secretAccessKey } = sampleCredentials;
  await output.objects([{ type: 'ready', command: 'emulator', url, sampleCredentials }]);
  await output.lines([
    t('emulator.ready', { url }),
    t('emulator.keys'),
    `  HUAWEICLOUD_SDK_AK=${accessKeyId}`,
    `  HUAWEICLOUD_SDK_SK=${secretAccessKey}`,
    t('emulator.try', { url }),
  ]);
  await untilSignal(server, signal);
  output.note(t('stopped'));
  return EXIT.fine;
}
