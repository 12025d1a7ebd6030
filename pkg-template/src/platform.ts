// The platform's own types, whether the host has them from the DOM library or from Node's types, or not at all.

export type Global<Name extends PropertyKey, Otherwise> =
  typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
export type Instance<Name extends PropertyKey> =
  Global<Name, { prototype: any }> extends { prototype: infer Of } ? Of : any;
export type Fetch = Global<'fetch', (input: any, init?: any) => Promise<any>>;
export type HeadersInput =
  Global<'Headers', any> extends new (
    init?: infer Init,
  ) => any
    ? NonNullable<Init>
    : Record<string, string> | readonly (readonly [string, string])[];

/** Known words, and others that a later version of the service may send. */
export type Word<Known extends string> = Known | (string & {});
