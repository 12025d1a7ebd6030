// Keeps a creation whose outcome is unknown for a reload of this tab, which would otherwise forget that the tracker may
// exist. Without IDs, as the draft: a lookup after the reload needs the project that the console was started with.
import type { CtsError } from 'cts-tracker';
import { readSessionValue, storeSessionValue } from '../storage.js';
import type { Draft } from './request.js';
import type { State } from './state.js';

const KEY = 'unknown-outcome';

export type Sent = NonNullable<CtsError['creation']>;

/** A creation that was sent before a reload. */
export interface SentBefore {
  readonly name: string;
  /** Undefined if it cannot be looked up, because it was sent for another project. */
  readonly creation: Sent | undefined;
}

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function storeSent({ account, config }: State, body: object, sentAt: number): void {
  const { kms_id: _, ...kept } = { kms_id: undefined, ...body };
  const isOwnProject = account.projectId === config.projectId;
  storeSessionValue(KEY, JSON.stringify({ body: kept, sentAt, isOwnProject }));
}

export const forgetSent = (): void => storeSessionValue(KEY, null);

export function readSent({ config: { projectId } }: State): SentBefore | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(readSessionValue(KEY) ?? 'null');
  } catch {
    return undefined;
  }
  if (!isObject(stored) || !isObject(stored.body) || typeof stored.sentAt !== 'number') return undefined;
  const { body, sentAt, isOwnProject } = stored;
  const canLookUp = isOwnProject === true && projectId !== undefined;
  return {
    name: String(body.tracker_name ?? ''),
    // It was valid when it was stored.
    creation: canLookUp ? { projectId, body: body as unknown as Sent['body'], sentAt } : undefined,
  };
}
