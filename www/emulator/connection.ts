// How the page reaches the control of the emulator: a route of the server of the console, or the control itself.
import type { EmulatorCommand, EmulatorSnapshot } from './control.js';

/** Without a command it only reads. Rejects if the command cannot be executed, or if nothing answers. */
export type EmulatorConnection = (command?: EmulatorCommand) => Promise<EmulatorSnapshot>;

const overHttp: EmulatorConnection = async (command) => {
  const url = new URL('emulator', new URL('.', location.href));
  const request = command
    ? {
        method: 'POST',
        // A page of another origin cannot send this header without the consent of the server.
        headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
        body: JSON.stringify(command),
      }
    : {};
  const response = await fetch(url, { cache: 'no-store', ...request });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.json();
};

let connection = overHttp;

export const emulatorConnection: EmulatorConnection = (command) => connection(command);

/** For a page that has the emulator inside. */
export function setEmulatorConnection(own: EmulatorConnection): void {
  connection = own;
}
