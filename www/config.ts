// The settings that `npm start` and the build of the playground pass to the console.

export interface Config {
  /** What answers: the emulator, the real service, or the emulator in the page. */
  readonly mode: 'emulator' | 'service' | 'playground';
  readonly region?: string;
  readonly projectId?: string;
  readonly domainId?: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('config.json');
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  return response.json();
}
