// From CommonJS, with `require`.
import cts = require('cts-tracker');

const judged = cts.validateCreateTracker({});
if (!judged.issues) judged.value.tracker_type satisfies 'system' | 'data';
