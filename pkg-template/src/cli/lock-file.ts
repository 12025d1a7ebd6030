// A file that locks a journal: two `create` at once would both send a tracker that neither has begun.
//
// Node.js has no lock of the operating system that ends with its process on every platform, so the file names the process
// by its number and start time, and its modification time shows that it lives. A number alone returns: in a container,
// every process is number 1.
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { asError, CliError } from './cli-error.js';
import { openRegularFile, readStart } from './regular-file.js';
import type { Translate } from './texts.js';

const REFRESH_MS = 5_000;
/** A lock that was not refreshed for so long is stale. */
const STALE_MS = 30_000;
const MAX_SIZE = 4096;

export interface Lock {
  /** Throws if another process has taken over the lock, because this one was stopped for long. */
  confirm(): void;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Identifies the kernel's run and the process namespace. Process numbers are comparable only in the same system. */
  readonly system: string;
  readonly startedAt: string;
  readonly token: string;
}

/** Throws if another process holds the lock. */
export function lockFile(path: string, t: Translate): Lock {
  const token = randomUUID();
  const { pid } = process;
  const mine = { pid, host: hostname(), system: systemId(), startedAt: startTimeOf(pid) ?? '', token };
  const bytes = Buffer.from(JSON.stringify(mine));
  const draft = `${path}.${token}`;
  try {
    writeFileSync(draft, bytes, { flag: 'wx', mode: 0o600 });
    for (let tries = 0; tries < 3; tries += 1) {
      if (tryPublish(draft, path)) return hold(path, bytes, t);
      const found = readLock(path, t);
      // Undefined if the other process has just released it.
      if (!found) continue;
      if (!isStale(found, draft)) throw inUse(path, found.holder, t);
      takeAway(found, path, t);
    }
    throw inUse(path, undefined, t);
  } finally {
    rmSync(draft, { force: true });
  }
}

const inUse = (path: string, holder: Holder | undefined, t: Translate) => {
  const params = { path, pid: holder?.pid ?? '?', host: holder?.host ?? '?', seconds: STALE_MS / 1000 };
  return new CliError(t('journal.locked', params), { code: 'journal' });
};

/** Puts the complete file in its place, unless there is one. */
function tryPublish(draft: string, path: string): boolean {
  try {
    try {
      linkSync(draft, path);
    } catch (error) {
      if (asError(error).code === 'EEXIST') return false;
      // A file system without hard links.
      copyFileSync(draft, path, constants.COPYFILE_EXCL);
    }
    return true;
  } catch (error) {
    if (asError(error).code === 'EEXIST') return false;
    throw error;
  }
}

function hold(path: string, bytes: Buffer, t: Translate): Lock {
  const file = openRegularFile(path, constants.O_RDWR, t);
  const isHeld = () => {
    try {
      const current = openRegularFile(path, constants.O_RDONLY, t);
      try {
        return readStart(current, MAX_SIZE).equals(bytes);
      } finally {
        closeSync(current);
      }
    } catch {
      return false;
    }
  };
  // Writing changes the modification time by the clock of the file's system.
  const timer = setInterval(() => {
    try {
      writeSync(file, bytes, 0, bytes.length, 0);
    } catch {
      // `confirm` notices if the lock becomes stale.
    }
  }, REFRESH_MS).unref();
  return {
    confirm() {
      if (!isHeld()) throw new CliError(t('journal.lost', { path }), { code: 'journal' });
    },
    release() {
      clearInterval(timer);
      if (isHeld()) rmSync(path, { force: true });
      closeSync(file);
    },
  };
}

interface Found {
  readonly text: string;
  readonly modifiedAt: number;
  /** Absent if the file does not name a process. */
  readonly holder: Holder | undefined;
}

function readLock(path: string, t: Translate): Found | undefined {
  let file: number;
  try {
    file = openRegularFile(path, constants.O_RDONLY, t);
  } catch (error) {
    if (asError(error).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const text = readStart(file, MAX_SIZE).toString();
    return { text, modifiedAt: fstatSync(file).mtimeMs, holder: parseHolder(text) };
  } finally {
    closeSync(file);
  }
}

/** Without the properties that every other object inherits. */
function parseObject(text: string): Record<string, unknown> {
  return { __proto__: null, ...JSON.parse(text) };
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host = '', system = '', startedAt = '', token = '' } = parseObject(text);
    return typeof pid === 'number' && Number.isInteger(pid)
      ? { pid, host: String(host), system: String(system), startedAt: String(startedAt), token: String(token) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** `draft` was just written: it has the time of the file system, whose clock may be that of another machine. */
function isStale({ holder, modifiedAt }: Found, draft: string): boolean {
  // A complete lock is put in its place, so this one was damaged: the disk was full.
  if (!holder) return true;
  const isOld = statSync(draft).mtimeMs - modifiedAt > STALE_MS;
  if (holder.system !== systemId()) return isOld;
  if (!isRunning(holder.pid)) return true;
  const startedAt = startTimeOf(holder.pid);
  return startedAt && holder.startedAt ? startedAt !== holder.startedAt : isOld;
}

/** Removes the stale lock. If another process was quicker, its new lock is put back. */
function takeAway({ text }: Found, path: string, t: Translate) {
  const moved = `${path}.${randomUUID()}`;
  try {
    renameSync(path, moved);
  } catch {
    return;
  }
  if (readLock(moved, t)?.text !== text) tryPublish(moved, path);
  rmSync(moved, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return asError(error).code === 'EPERM';
  }
}

/** The boot and the process namespace from `/proc` if available, otherwise the machine. */
function systemId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** In ticks since the boot, or undefined where `/proc` does not tell it. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
