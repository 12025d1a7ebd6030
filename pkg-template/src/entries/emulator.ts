// `cts-tracker/emulator`
export type { CtsEmulator } from '../server/emulator.js';
export { createEmulator, sampleCredentials } from '../server/emulator.js';
export type {
  EmulatorBucket,
  EmulatorCredentials,
  EmulatorFault,
  EmulatorFaultKind,
  EmulatorOptions,
  EmulatorRequest,
  EmulatorState,
  EmulatorTracker,
} from '../server/emulator-options.js';
