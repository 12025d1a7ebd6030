// The one error class. It says who it is by name and kind, so that copies of the package and realms can tell.

/** What became of a request before it failed, and how often it was tried. */
const DEFAULTS = { sent: 'no', attempts: 0 };
const FIELDS = ['status', 'errorCode', 'errorMsg', 'requestId', 'sent', 'attempts', 'retryAfterMs', 'issues'];

export class CtsError extends Error {
  constructor(kind, message, details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.kind = kind;
    for (const field of FIELDS) {
      const value = details[field] ?? DEFAULTS[field];
      if (value !== undefined) this[field] = value;
    }
  }

  get name() {
    return 'CtsError';
  }

  /** What may be logged: no cause, since others wrote it. */
  toJSON() {
    const { name, kind, message } = this;
    return { name, kind, message, ...Object.fromEntries(FIELDS.filter((f) => f in this).map((f) => [f, this[f]])) };
  }
}

export function isCtsError(value) {
  return typeof value === 'object' && value !== null && value.name === 'CtsError' && typeof value.kind === 'string'
    && typeof value.message === 'string';
}
