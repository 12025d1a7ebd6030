// The script tag defines this global.
import * as ctsTracker from 'cts-tracker';

export = ctsTracker;
export as namespace ctsTracker;
