// The client over Node's fetch, to the proxy and the emulator. tests/packaging runs the same cases in other runtimes.
import { after, test } from 'node:test';
import * as cts from 'cts-tracker';
import * as emulator from 'cts-tracker/emulator';
import * as proxy from 'cts-tracker/proxy';
import { toNodeHandler } from 'srvx/node';
import { clientCases } from '../support/client-cases.mjs';
import { createHarness } from '../support/harness.mjs';
import { listen, unusedAddress } from '../support/sockets.mjs';

const harness = await listen(toNodeHandler(createHarness({ ...proxy, ...emulator })));
after(harness.close);

for (const [name, body] of clientCases(cts, harness.url, await unusedAddress())) test(name, body);
