// The one error class. It says who it is by a brand that copies of the package and realms share.
const BRAND = /* @__PURE__ */ Symbol.for('cts-tracker.error');

/** What became of a request before it failed, and how often it was tried. */
const DEFAULTS = { sent: 'no', attempts: 0 };
const FIELDS = [
  'status',
  'errorCode',
  'errorMsg',
  'requestId',
  'sent',
  'attempts',
  'retryAfterMs',
  'mayAlreadyExist',
  'issues',
];
// What others wrote, or what is large: on the error, but not in what may be logged.
const UNLOGGED = ['received', 'checked'];

export class CtsError extends Error {
  constructor(kind, message, details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    for (const field of [...FIELDS, ...UNLOGGED]) {
      const value = details[field] ?? DEFAULTS[field];
      if (value !== undefined) this[field] = value;
    }
  }

  get name() {
    return 'CtsError';
  }

  // What consoles show beside it, whatever a minifier made of the class.
  static get name() {
    return 'CtsError';
  }

  get [BRAND]() {
    return true;
  }

  /** What may be logged: neither the cause nor what was received, since others wrote them. */
  toJSON() {
    const { name, kind, message } = this;
    return { name, kind, message, ...Object.fromEntries(FIELDS.filter((f) => f in this).map((f) => [f, this[f]])) };
  }
}

export function isCtsError(value) {
  try {
    return typeof value === 'object' && value !== null && value[BRAND] === true;
  } catch {
    // A revoked proxy.
    return false;
  }
}
