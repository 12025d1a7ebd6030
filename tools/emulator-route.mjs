// The emulator of `npm start`, and the route by which the page controls it. The signing proxy knows nothing of it.
import { importWww } from './www.mjs';

/** A command is short. */
const MAX_BODY_BYTES = 65_536;

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {{ status: number, type: string, body: string }} Answer */

/** @param {number} status @param {string} text @returns {Answer} */
const refuse = (status, text) => ({ status, type: 'text/plain; charset=utf-8', body: `${text}\n` });

/** @param {unknown} value @returns {Answer} */
const json = (value) => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });

/** @param {IncomingMessage} request @returns {Promise<string | undefined>} undefined if it is too long */
async function readBody(request) {
  let body = '';
  for await (const part of request.setEncoding('utf8')) {
    body += part;
    if (body.length > MAX_BODY_BYTES) return undefined;
  }
  return body;
}

/** Returns the listener of the emulator, and what answers the page. */
export async function controlledEmulator() {
  const { CommandError, EmulatorControl, emulatorDefaults } = await importWww('emulator/server.ts');
  const { createEmulator } = await import('cts-tracker/emulator');
  const { toNodeHandler } = await import('cts-tracker/node');
  const control = new EmulatorControl(createEmulator, emulatorDefaults);

  /** @type {import('node:http').RequestListener} */
  const listener = (request, response) => {
    const fault = control.takeFault(request.method ?? '', request.url ?? '');
    // The emulator reads the headers as they were received.
    if (fault !== undefined) request.rawHeaders.push('x-emulator-fault', fault);
    toNodeHandler(control.emulator)(request, response);
  };

  /** @param {IncomingMessage} request @returns {Promise<Answer>} */
  const answer = async (request) => {
    if (request.method === 'GET') return json(control.read());
    if (request.method !== 'POST') return refuse(405, 'only GET and POST');
    // A page of another origin cannot send this header without the consent of this server.
    if (request.headers['x-requested-with'] === undefined) return refuse(403, 'the header x-requested-with is missing');
    const body = await readBody(request);
    if (body === undefined) return refuse(413, 'the command is too long');
    try {
      return json(control.run(JSON.parse(body)));
    } catch (error) {
      if (error instanceof SyntaxError) return refuse(400, 'the command is not JSON');
      if (error instanceof Error && error instanceof CommandError) return refuse(400, error.message);
      throw error;
    }
  };
  return { listener, answer };
}
