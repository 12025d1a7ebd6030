// The faults that the drawer offers, in the emulator's notation.
import type { PlainTextKey } from '../i18n.js';

export interface OfferedFault {
  readonly fault: string;
  readonly label: PlainTextKey;
}

export const offeredFaults: readonly OfferedFault[] = [
  { fault: '503', label: 'emulator.faults.503' },
  { fault: '429; retry-after=5', label: 'emulator.faults.429' },
  { fault: '500', label: 'emulator.faults.500' },
  { fault: '502', label: 'emulator.faults.502' },
  { fault: 'reset; when=after', label: 'emulator.faults.lost' },
  { fault: 'truncate', label: 'emulator.faults.truncate' },
  { fault: 'reset', label: 'emulator.faults.reset' },
  { fault: 'hang', label: 'emulator.faults.hang' },
  { fault: 'latency; ms=3000', label: 'emulator.faults.latency' },
  { fault: 'CTS.0013', label: 'emulator.faults.forbidden' },
  { fault: 'CTS.0208', label: 'emulator.faults.conflict' },
];
