// `cts-tracker/node`
export { nodeFetch } from '../server/node-fetch.js';
export { toNodeHandler } from '../server/node-handler.js';
export type { NodeRequest, NodeResponse, NodeSocket } from '../server/node-types.js';
