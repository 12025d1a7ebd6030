// cts-tracker list: the trackers of a project.
import type { Tracker } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { type Cell, type Colour, createColumns } from './columns.js';
import { type Command, command } from './command.js';
import { errorText, sentencesOf } from './error-text.js';
import { isLookupRefused } from './lookups.js';
import { REMOTE } from './options.js';
import { clockNotes, openService } from './service.js';

export const list: Command = command({
  options: {
    ...REMOTE,
    type: { type: 'string', choices: ['system', 'data'] },
    name: { type: 'string' },
  },
  async run(context) {
    const { values, output, t, core, signal } = context;
    if (values.name === '') throw new CliError(t('list.emptyName'));
    const service = await openService(context, 'projectId');
    let listed: readonly Tracker[];
    try {
      const filter = { trackerType: values.type, trackerName: values.name };
      listed = await service.client.listTrackers({ ...filter, signal });
    } catch (error) {
      if (!core.isCtsError(error)) throw error;
      if (signal.aborted) return EXIT.ok;
      const text = sentencesOf(errorText(error), t);
      const isRefused = isLookupRefused(error, service);
      // The proxy's own sentence may name another reason, such as a path in front of its own.
      const hint = isRefused && !text.includes('allowLookup') ? text : undefined;
      const code = isRefused ? 'lookup_not_allowed' : error.kind;
      throw new CliError(isRefused ? t('lookup.refused') : text, { exit: EXIT.service, code, ...(hint && { hint }) });
    }

    // The service may also list trackers of other projects.
    const trackers = listed.filter(({ project_id: project }) => !project || project === service.id);
    if (trackers.length > 0) {
      const header = (['name', 'type', 'status', 'created', 'transfer', 'tracks', 'id'] as const).map((column) =>
        t(`list.${column}`),
      );
      await output.lines(createColumns([6, 6, 8, 20])([header, ...trackers.map(rowOf)]));
    }
    await output.objects(trackers.map((tracker) => ({ ...tracker, type: 'tracker' })));
    const summary = {
      command: 'list',
      trackers: trackers.length,
      clock_offset_ms: service.clock.offsetMs || undefined,
    };
    await output.summary(summary, [t('list.summary', { count: trackers.length }), ...clockNotes(service, t)]);
    return EXIT.ok;
  },
});

const COLOURS: Readonly<Record<string, Colour>> = { enabled: 'green', disabled: 'yellow', error: 'red' };

/** The service may leave out every field, or send null. */
function rowOf({
  tracker_name,
  tracker_type,
  status,
  detail,
  create_time,
  obs_info,
  data_bucket,
  id,
}: Tracker): Cell[] {
  const state = [status, detail].filter(Boolean).join(' ');
  const colour = COLOURS[status ?? ''];
  const prefix = obs_info?.file_prefix_name;
  const events = data_bucket?.data_event ?? [];
  return [
    tracker_name ?? '',
    tracker_type ?? '',
    colour ? { text: state, colour } : state,
    timeText(create_time),
    [obs_info?.bucket_name, prefix].filter(Boolean).join('/'),
    [data_bucket?.data_bucket_name, events.join(',')].filter(Boolean).join(' '),
    id ?? '',
  ];
}

/** In UTC, without fractions of a second. */
function timeText(ms: number | null | undefined): string {
  const date = new Date(ms ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, -5)}Z`;
}
