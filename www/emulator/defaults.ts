// The buckets and keys that an emulator has.
import { emulatorBuckets, emulatorKeys, emulatorLocation } from '../../pkg-template/src/generated/metadata.js';
import type { EmulatorSnapshot } from './control.js';

export const emulatorDefaults: Pick<EmulatorSnapshot, 'buckets' | 'keys'> = {
  buckets: emulatorBuckets.map((name) => ({ name, location: emulatorLocation })),
  keys: emulatorKeys,
};
