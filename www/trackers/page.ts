// The page "Trackers": a list that only reads.
import { isCtsError, type Tracker } from 'cts-tracker';
import { announce } from '../announce.js';
import { titleFor } from '../create-tracker/failure.js';
import { h, render } from '../dom.js';
import { findText, languageCode, t } from '../i18n.js';
import { openDraft } from '../open-draft.js';
import type { Page, Shell } from '../page.js';
import { type Outcome, RecordingClient } from '../recording-client.js';
import { table } from '../table.js';
import { draftOf } from './draft.js';

export function openTrackersPage(root: HTMLElement, { account }: Shell): Page {
  const client = new RecordingClient();
  let outcome: Outcome<readonly Tracker[]> | undefined;
  /** The project of the list. */
  let projectId: string | undefined;
  let isLoading = false;
  let loads = 0;

  /** Announces only what the user asked for: another announcement, such as the outcome of a creation, must be heard. */
  async function load({ isAsked }: { isAsked: boolean }): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    projectId = account.projectId;
    show();
    if (isAsked) announce(t('trackers.loading'));
    outcome = await client.call((each) => each.listTrackers({ projectId: account.projectId }));
    isLoading = false;
    loads += 1;
    show();
    if (isAsked) announce(statusText());
  }

  function statusText(): string {
    if (isLoading) return t('trackers.loading');
    if (!outcome) return '';
    const { error, exchange, value } = outcome;
    if (!error) return t('trackers.count', { n: value.length });
    // The proxy has no such route unless it allows lookups.
    if (isCtsError(error) && error.kind === 'proxy' && error.status === 404) return t('trackers.notAllowed');
    return t('trackers.failed', { reason: titleFor(error, exchange) });
  }

  function renderRow(tracker: Tracker): HTMLElement {
    const { tracker_name: name = '', tracker_type: type, status = '', obs_info: obs, create_time: time } = tracker;
    const text = (key: string, otherwise: string) => findText(key) ?? otherwise;
    return h(
      'tr',
      {},
      h('td', {}, h('code', {}, name)),
      h('td', {}, type === undefined ? '' : text(`type.${type}`, type)),
      h('td', {}, text(`status.${status}`, status)),
      h('td', {}, h('code', {}, obs?.bucket_name ?? '')),
      h('td', {}, time === undefined ? '' : new Date(time).toLocaleString(languageCode())),
      h(
        'td',
        {},
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'aria-label': t('trackers.openNamed', { name }),
            onclick: () => openDraft(draftOf(tracker)),
          },
          t('trackers.open'),
        ),
      ),
    );
  }

  function renderTable(trackers: readonly Tracker[]): HTMLElement {
    const headings = [
      t('trackers.name'),
      t('trackers.type'),
      t('trackers.status'),
      t('trackers.bucket'),
      t('trackers.created'),
      t('trackers.action'),
    ];
    return h('div', { class: 'scroll' }, table(headings, h('tbody', {}, trackers.map(renderRow))));
  }

  function show(): void {
    const trackers = outcome?.value ?? [];
    render(root, [languageCode(), isLoading, loads], () => [
      h(
        'section',
        { class: 'card' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => void load({ isAsked: true }) },
          t('trackers.refresh'),
        ),
        h('p', { class: outcome?.error ? 'errors' : '' }, statusText()),
        trackers.length > 0 && renderTable(trackers),
      ),
    ]);
  }

  return {
    render: show,
    show() {
      if (projectId !== account.projectId) void load({ isAsked: false });
    },
  };
}
