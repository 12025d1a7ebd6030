// A file that locks a journal: two `create` at once would both send a tracker that neither has begun.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { asError, CliError } from './cli-error.js';
import type { Translate } from './texts.js';

/** Returns the function that unlocks. Throws if another process holds the lock, or one of another machine may. */
export function lockFile(path: string, t: Translate): () => void {
  const inUse = new CliError(t('journal.locked', { path }), { code: 'journal' });
  const mine = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let tries = 0; tries < 3; tries += 1) {
    if (tryWrite(path, mine)) return () => rmSync(path, { force: true });
    const text = tryRead(path);
    // Undefined if the other process has just unlocked.
    if (text === undefined) continue;
    if (!isStale(text)) throw inUse;
    // Move the stale lock away first. If another process was quicker, this is that process's new lock: put it back.
    const moved = `${path}.${process.pid}`;
    try {
      renameSync(path, moved);
    } catch {
      continue;
    }
    if (tryRead(moved) !== text) {
      renameSync(moved, path);
      throw inUse;
    }
    rmSync(moved);
  }
  throw inUse;
}

function tryWrite(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (asError(error).code === 'EEXIST') return false;
    throw error;
  }
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether the process that wrote the lock, on this machine, has ended. */
function isStale(text: string): boolean {
  try {
    const { pid, host } = JSON.parse(text);
    return host === hostname() && !isRunning(pid);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return asError(error).code === 'EPERM';
  }
}
