// Where bytes stop being JSON.
import { characters } from './values.mjs';

export const WHITE = [0x20, 0x09, 0x0a, 0x0d];
const is = (text) => (byte) => byte !== undefined && text.includes(String.fromCharCode(byte));

class Broken extends Error {}

/** The offset of the first byte that cannot continue any JSON text, or -1. */
export function breaksAt(bytes) {
  let at = 0;
  const no = () => {
    throw new Broken();
  };
  const space = () => {
    while (WHITE.includes(bytes[at])) at += 1;
  };
  const take = (wanted) => {
    if (wanted(bytes[at])) at += 1;
    else no();
  };
  const digits = () => {
    take(is('0123456789'));
    while (is('0123456789')(bytes[at])) at += 1;
  };

  function string() {
    take(is('"'));
    while (!is('"')(bytes[at])) {
      if (is('\\')(bytes[at])) {
        at += 1;
        if (is('u')(bytes[at])) {
          at += 1;
          for (let i = 0; i < 4; i++) take(is('0123456789abcdefABCDEF'));
        } else take(is('"\\/bfnrt'));
      } else if (bytes[at] < 0x80) take((byte) => byte >= 0x20);
      else character();
    }
    at += 1;
  }

  /** A character of more than one byte. */
  function character() {
    const size = bytes[at] >= 0xf0 ? 4 : bytes[at] >= 0xe0 ? 3 : 2;
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + size));
      if (characters(text).length !== 1) no();
    } catch {
      no();
    }
    at += size;
  }

  function number() {
    if (is('-')(bytes[at])) at += 1;
    if (is('0')(bytes[at])) at += 1;
    else digits();
    if (is('.')(bytes[at])) {
      at += 1;
      digits();
    }
    if (is('eE')(bytes[at])) {
      at += 1;
      if (is('+-')(bytes[at])) at += 1;
      digits();
    }
  }

  function inside(close, item) {
    at += 1;
    space();
    if (is(close)(bytes[at])) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      space();
      if (is(close)(bytes[at])) {
        at += 1;
        return;
      }
      take(is(','));
    }
  }

  function member() {
    space();
    string();
    space();
    take(is(':'));
    value();
  }

  function value() {
    space();
    const first = String.fromCharCode(bytes[at] ?? 0);
    const word = { t: 'true', f: 'false', n: 'null' }[first];
    if (word) for (const letter of word) take(is(letter));
    else if (first === '{') inside('}', member);
    else if (first === '[') inside(']', value);
    else if (first === '"') string();
    else number();
  }

  try {
    value();
    space();
    return at < bytes.length ? at : -1;
  } catch (error) {
    if (error instanceof Broken) return at;
    throw error;
  }
}
