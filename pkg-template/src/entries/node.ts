// `cts-tracker/node`
export { toNodeHandler } from '../server/node-handler.js';
export type { NodeRequest, NodeResponse, NodeSocket } from '../server/node-types.js';
