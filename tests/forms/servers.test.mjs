// Libraries of servers and routers take the schemas as they are: each lets a valid request through as the request's body,
// and answers a wrong one with our messages.
import assert from 'node:assert/strict';
import test from 'node:test';
import { sValidator } from '@hono/standard-validator';
import { createRouterClient, ORPCError, os } from '@orpc/server';
import { createMemoryHistory } from '@tanstack/history';
import {
  BaseRootRoute,
  BaseRoute,
  createNonReactiveMutableStore as createMutableStore,
  createNonReactiveReadonlyStore as createReadonlyStore,
  RouterCore,
} from '@tanstack/router-core';
import { initTRPC, TRPCError } from '@trpc/server';
import { createTrackerFormSchema, createTrackerSchema } from 'cts-tracker';
import { Hono } from 'hono';
import { createSafeActionClient } from 'next-safe-action';

const VALID = { tracker_type: 'system' };
const BODY = { tracker_type: 'system', tracker_name: 'system' };
const WRONG = {
  tracker_type: 'data',
  tracker_name: 'a b',
  data_bucket: { data_bucket_name: 'abc', data_event: ['READ'] },
};
const [{ message: MESSAGE }] = createTrackerSchema['~standard'].validate(WRONG).issues;

test('Hono validator', async () => {
  const app = new Hono();
  app.post('/', sValidator('json', createTrackerSchema), (context) => context.json(context.req.valid('json')));
  const post = (body) =>
    app.request('/', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  app.post('/form', sValidator('form', createTrackerFormSchema), (context) => context.json(context.req.valid('form')));
  assert.deepEqual(await (await post(VALID)).json(), BODY);
  const refused = await post(WRONG);
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).error[0].message, MESSAGE);
  const form = new FormData();
  form.append('tracker_type', 'system');
  form.append('obs_info.bucket_name', 'abc');
  const posted = await app.request('/form', { method: 'POST', body: form });
  assert.deepEqual(await posted.json(), { ...BODY, obs_info: { bucket_name: 'abc' } });
});

test('tRPC', async () => {
  const t = initTRPC.create();
  const router = t.router({ create: t.procedure.input(createTrackerSchema).mutation(({ input }) => input) });
  const caller = t.createCallerFactory(router)({});
  assert.deepEqual(await caller.create(VALID), BODY);
  await assert.rejects(caller.create(WRONG), (error) => {
    assert.ok(error instanceof TRPCError);
    assert.equal(error.code, 'BAD_REQUEST');
    assert.ok(error.message.includes(MESSAGE), error.message);
    return true;
  });
});

test('oRPC', async () => {
  const client = createRouterClient({ create: os.input(createTrackerSchema).handler(({ input }) => input) });
  assert.deepEqual(await client.create(VALID), BODY);
  await assert.rejects(client.create(WRONG), (error) => {
    assert.ok(error instanceof ORPCError);
    assert.equal(error.data.issues[0].message, MESSAGE);
    return true;
  });
});

test('next-safe-action', async () => {
  const action = createSafeActionClient()
    .inputSchema(createTrackerSchema)
    .action(async ({ parsedInput }) => parsedInput);
  assert.deepEqual((await action(VALID)).data, BODY);
  assert.deepEqual((await action(WRONG)).validationErrors.tracker_name._errors, [MESSAGE]);
});

test('TanStack Router', () => {
  const root = new BaseRootRoute();
  const route = new BaseRoute({ getParentRoute: () => root, path: '/', validateSearch: createTrackerFormSchema });
  const match = (search) => {
    const history = createMemoryHistory({ initialEntries: [`/?${new URLSearchParams(search)}`] });
    // Without a framework, nothing reacts to changes.
    const stores = () => ({ createMutableStore, createReadonlyStore, batch: (change) => change() });
    const router = new RouterCore({ routeTree: root.addChildren([route]), history }, stores);
    return router.matchRoutes(router.latestLocation).at(-1);
  };
  assert.deepEqual(match(VALID).search, BODY);
  const { searchError } = match({ tracker_type: 'x' });
  assert.match(String(searchError), /The tracker type must be system or data/);
});
