// The platform's own types, whether the host has them from the DOM library or from Node's types, or not at all.

export type Global<Name extends PropertyKey, Otherwise> =
  typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
export type Instance<Name extends PropertyKey> =
  // biome-ignore lint/suspicious/noExplicitAny: a platform without the type accepts any value
  Global<Name, { prototype: any }> extends { prototype: infer Of } ? Of : any;
// biome-ignore lint/suspicious/noExplicitAny: a platform without fetch has no type to name
export type Fetch = Global<'fetch', (input: any, init?: any) => Promise<any>>;
export type HeadersInput =
  // biome-ignore lint/suspicious/noExplicitAny: a platform without Headers has no type to name
  Global<'Headers', any> extends new (
    init?: infer Init,
  ) => unknown
    ? NonNullable<Init>
    : Record<string, string> | readonly (readonly [string, string])[];

/** Known words, and others that a later version of the service may send. */
export type Word<Known extends string> = Known | (string & {});
