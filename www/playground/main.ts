// The console without a server: the proxy and the emulator run in the page, and are loaded for the first request.
import { answerBy } from '../api.js';
import { setEmulatorConnection } from '../emulator/connection.js';
import { start } from '../start.js';

answerBy(async (request) => (await import('./service.js')).answer(request));
setEmulatorConnection(async (command) => (await import('./service.js')).controlEmulator(command));
start();
