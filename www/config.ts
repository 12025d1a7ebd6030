// The settings that `npm start` passes to the console.

export interface Config {
  readonly mode: 'emulator' | 'service';
  readonly region?: string;
  readonly projectId?: string;
  readonly domainId?: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('config.json');
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  return response.json();
}
