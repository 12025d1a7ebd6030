// From CommonJS, with `require`.
import cts = require('cts-tracker');

const result = cts.validateCreateTracker({});
if (!result.issues) result.value.tracker_type satisfies 'system' | 'data';
