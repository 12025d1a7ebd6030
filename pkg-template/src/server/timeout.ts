// Waiting no longer than one wants to.

/** What `withTimeout` rejects with. */
export class TimedOut extends Error {
  name = 'TimedOut';
}

/** What the promise comes to, or `TimedOut` after so many milliseconds. What comes later is nobody's. */
export function withTimeout(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut('too late')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (milliseconds) =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });
