// A clock without waiting: timers fire in the order of their times as soon as nothing else is left to do.

/** Turns of the event loop after which everything in memory has happened. Web streams need a few. */
const TURNS = 4;

const { clearTimeout: clearReal, Date: RealDate, setTimeout: realTimeout } = globalThis;

/** Replaces the global timers and `Date.now` until `end()`. */
export function startVirtualTime(now) {
  const timers = new Map();
  let ids = 0;
  globalThis.setTimeout = (callback, ms = 0, ...given) => {
    ids += 1;
    timers.set(ids, { at: now + Math.max(0, ms), run: () => callback(...given) });
    return ids;
  };
  globalThis.clearTimeout = (id) => (typeof id === 'number' ? timers.delete(id) : clearReal(id));
  globalThis.Date = class extends RealDate {
    static now = () => now;
  };

  const settle = async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await new Promise((done) => {
        setImmediate(done);
      });
    }
  };
  function fireNext() {
    let [first, earliest] = [undefined, Infinity];
    for (const [id, { at }] of timers) if (at < earliest) [first, earliest] = [id, at];
    if (first === undefined) throw new Error('nothing is left to do, and the promise is pending');
    const { run } = timers.get(first);
    timers.delete(first);
    now = Math.max(now, earliest);
    run();
  }

  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
    /** The result of a promise, after as much time as it takes. */
    async run(promise) {
      let isPending = true;
      const end = () => {
        isPending = false;
      };
      promise.then(end, end);
      for (await settle(); isPending; await settle()) fireNext();
      return promise;
    },
    end() {
      Object.assign(globalThis, { clearTimeout: clearReal, Date: RealDate, setTimeout: realTimeout });
    },
  };
}
