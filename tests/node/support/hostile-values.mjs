// Values of JavaScript only. Each call makes a new one, since some can be read only once.

const tagged = (value, tag) => Object.defineProperty(value, Symbol.toStringTag, { value: tag });
const throwing = (error = new Error('no')) => ({
  get: () => {
    throw error;
  },
  enumerable: true,
});
const accessor = (get) => ({ get, enumerable: true, configurable: true });

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

class Body {
  #secret = 1;
  tracker_type = 'system';
  get tracker_name() {
    return this.#secret;
  }
}
class Words extends Array {}

const nothing = () => undefined;

/** Functions that return a value, by the name shown in a failure. */
export const HOSTILE = {
  undefined: () => undefined,
  nan: () => NaN,
  infinity: () => Infinity,
  minusZero: () => -0,
  bigint: () => 30n,
  symbol: () => Symbol('x'),
  wellKnownSymbol: () => Symbol.iterator,
  function: () => function named() {},
  arrow: () => nothing,
  class: () => Body,
  loneHigh: () => 'a\ud800',
  loneLow: () => '\udc00a',
  swappedPair: () => '\udc1f\ud83d',
  boxedString: () => new String('system'),
  boxedNumber: () => new Number(30),
  boxedBoolean: () => new Boolean(true),
  boxedBigint: () => Object(30n),
  boxedSymbol: () => Object(Symbol('x')),
  boxWithAValue: () => Object.assign(new Number(30), { valueOf: () => 60 }),
  boxWithAText: () => Object.assign(new String('abc'), { toString: () => 'READ' }),
  boxThatThrows: () =>
    Object.assign(new String('abc'), {
      toString() {
        throw new Error('no');
      },
    }),
  boxTaggedObject: () => tagged(new String('data'), 'Object'),
  numberTaggedObject: () => tagged(new Number(90), 'Object'),
  booleanTaggedMap: () => tagged(new Boolean(true), 'Map'),
  boxOfAnotherPrototype: () => Object.setPrototypeOf(new String('gzip'), null),
  date: () => new Date(0),
  brokenDate: () => new Date(NaN),
  map: () => new Map([['tracker_type', 'system']]),
  set: () => new Set(['READ']),
  weakMap: () => new WeakMap(),
  promise: () => Promise.resolve({}),
  regexp: () => /x/,
  error: () => new Error('x'),
  url: () => new URL('https://example.com/'),
  formData: () => new FormData(),
  bytes: () => new Uint8Array(3),
  buffer: () => new ArrayBuffer(8),
  generator: () =>
    (function* items() {
      yield 1;
    })(),
  args: () =>
    (function all() {
      // biome-ignore lint/complexity/noArguments: the arguments object is the value
      return arguments;
    })('READ', 'WRITE'),
  globalThis: () => globalThis,
  math: () => Math,
  nullPrototype: () => Object.assign(Object.create(null), { tracker_type: 'system', bucket_name: 'abc' }),
  frozen: () => Object.freeze({ tracker_type: 'system', kms_id: Object.freeze([]) }),
  instance: () => new Body(),
  inherited: () => Object.create({ tracker_type: 'system', bucket_name: 'abc', buckets: [] }),
  listOfOurOwn: () => Words.from(['READ', 'KMS']),
  // biome-ignore lint/suspicious/noSparseArray: the holes are the value
  sparse: () => [, 'READ', , 'KMS'],
  listWithAGetter: () => Object.defineProperty(['READ', 'READ'], 0, throwing()),
  listWithKeys: () => Object.assign(['WRITE'], { extra: 1 }),
  proxy: () => new Proxy({ tracker_type: 'data', bucket_name: 'abc' }, {}),
  proxyOfAList: () => new Proxy(['READ', 'KMS'], {}),
  proxyOfAFunction: () => new Proxy(nothing, {}),
  revoked: () => revoked({}),
  revokedList: () => revoked([]),
  revokedFunction: () => revoked(nothing),
  noKeys: () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    ),
  noGet: () =>
    new Proxy(
      { tracker_type: 'data', bucket_name: 'abc' },
      {
        get() {
          throw new Error('no');
        },
      },
    ),
  noDescriptor: () =>
    new Proxy(
      { a: 1 },
      {
        getOwnPropertyDescriptor() {
          throw new Error('no');
        },
      },
    ),
  wrongKeys: () => new Proxy({}, { ownKeys: () => [1] }),
  noLength: () =>
    new Proxy(['READ'], {
      get(target, key) {
        if (key === 'length') throw new Error('no');
        return target[key];
      },
    }),
  symbolLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? Symbol('x') : target[key]) }),
  bigintLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? 1n : target[key]) }),
  oddLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? -1.5 : target[key]) }),
  textLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? '1' : target[key]) }),
  endlessLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? Infinity : target[key]) }),
  longLength: () => new Proxy(['READ'], { get: (target, key) => (key === 'length' ? 1_000_001 : target[key]) }),
  hugeList: () => Object.assign([], { length: 2 ** 32 - 1 }),
  getterThatThrows: () => Object.defineProperty({ bucket_name: 'abc' }, 'tracker_type', throwing()),
  getterThatThrowsNothing: () => Object.defineProperty({}, 'bucket_name', throwing(undefined)),
  getter: () =>
    Object.defineProperty(
      {},
      'tracker_type',
      accessor(() => 'system'),
    ),
  hidden: () => Object.defineProperty({}, 'tracker_type', { value: 'system', enumerable: false }),
  setterOnly: () => Object.defineProperty({}, 'tracker_type', { set() {}, enumerable: true }),
  tagThatThrows: () => Object.defineProperty({}, Symbol.toStringTag, throwing()),
  tagOfItsOwn: () => tagged({}, 'My\ufeffThing'),
  tagWithAMark: () => tagged({}, '\ufeffThing'),
  tagEmpty: () => tagged({}, ''),
  tagLone: () => tagged({}, '\ud800\ufeff'),
  tagLong: () => tagged({}, 'X'.repeat(100_000)),
  tagNotText: () => tagged({}, 7),
  mapTaggedObject: () => tagged(new Map([['a', 1]]), 'Object'),
  listTaggedObject: () => tagged(['READ'], 'Object'),
  toJsonText: () => ({ toJSON: () => 'system' }),
  toJsonKey: () => ({ toJSON: (key) => `key:${key}` }),
  toJsonUndefined: () => ({ toJSON: nothing }),
  toJsonNull: () => ({ toJSON: () => null }),
  toJsonNumber: () => ({ toJSON: () => 30 }),
  toJsonBox: () => ({ toJSON: () => new String('gzip') }),
  toJsonAgain: () => ({ toJSON: () => ({ toJSON: () => 'data', tracker_type: 'data' }) }),
  toJsonList: () => ({ toJSON: () => ['READ'] }),
  toJsonSymbol: () => ({ toJSON: () => Symbol('x') }),
  toJsonFunction: () => ({ toJSON: () => nothing }),
  toJsonBigint: () => ({ toJSON: () => 1n }),
  toJsonRevoked: () => ({ toJSON: () => revoked({}) }),
  toJsonThrows: () => ({
    toJSON() {
      throw new Error('no');
    },
  }),
  toJsonOfNoFunction: () => ({ toJSON: 'system', tracker_type: 'system' }),
  toJsonGetterThrows: () => Object.defineProperty({}, 'toJSON', throwing()),
  toJsonItself: () => {
    const o = { toJSON: () => o, tracker_type: 'system', bucket_name: 'abc' };
    return o;
  },
  toJsonInherited: () => Object.create({ toJSON: () => ({ bucket_name: 'abc' }) }),
  toJsonRevokedMethod: () => ({ toJSON: revoked(nothing) }),
  functionWithToJson: () => Object.assign(() => {}, { toJSON: () => 'system' }),
  listWithToJson: () => Object.assign(['x'], { toJSON: () => ['READ'] }),
  boxWithToJson: () => Object.assign(new String('x'), { toJSON: () => 'json' }),
  cycle: () => {
    const o = { tracker_type: 'data' };
    o.obs_info = o;
    o.data_bucket = o;
    o.buckets = [o];
    o.self = o;
    return o;
  },
  listInItself: () => {
    const list = ['READ'];
    list.push(list);
    return list;
  },
  deep: () => {
    let o = {};
    for (let i = 0; i < 20_000; i++) o = { obs_info: o, buckets: [o] };
    return o;
  },
  deepList: () => {
    let list = [];
    for (let i = 0; i < 20_000; i++) list = [list];
    return list;
  },
  long: () => 'a'.repeat(100_000),
  longForeign: () => '\u{1f41f}'.repeat(50_000),
  manyKeys: () => Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`k${i}`, i])),
  polluting: () => JSON.parse('{"__proto__":{"tracker_type":"system"},"constructor":{"prototype":{"x":1}}}'),
  symbolKeys: () => ({ [Symbol('tracker_type')]: 'x', tracker_type: 'system' }),
};

const names = Object.keys(HOSTILE);

/** A hostile value or a JSON value. */
export function oddHostile(random) {
  return HOSTILE[random.one(names)]();
}
