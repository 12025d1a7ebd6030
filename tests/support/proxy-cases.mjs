// Cases of the signing proxy, for each line of its threat table. They run in every runtime, so they use only the
// interfaces of the platform. Each case is a name and a function that throws.
import { bodiesCases } from './proxy-cases/bodies.mjs';
import { clockCases } from './proxy-cases/clock.mjs';
import { hostsCases } from './proxy-cases/hosts.mjs';
import { keysCases } from './proxy-cases/keys.mjs';
import { limitsCases } from './proxy-cases/limits.mjs';
import { optionsCases } from './proxy-cases/options.mjs';
import { pagesCases } from './proxy-cases/pages.mjs';
import { pathsCases } from './proxy-cases/paths.mjs';
import { responsesCases } from './proxy-cases/responses.mjs';
import { secretsCases } from './proxy-cases/secrets.mjs';
import { createTools } from './proxy-cases/support.mjs';

/**
 * @param {{ createSigningProxy: Function, createEmulator: Function, sampleCredentials: object }} made
 * @param {{ randomRequests?: number }} [size]
 * @returns {[string, () => Promise<void>][]}
 */
export function proxyCases(made, { randomRequests = 10_000 } = {}) {
  const tools = { ...createTools(made), randomRequests };
  return [
    ...pathsCases(tools),
    ...hostsCases(tools),
    ...pagesCases(tools),
    ...bodiesCases(tools),
    ...limitsCases(tools),
    ...responsesCases(tools),
    ...keysCases(tools),
    ...clockCases(tools),
    ...optionsCases(tools),
    ...secretsCases(tools),
  ];
}
