// The preview of the request: its body with highlighted JSON, and the number of errors and warnings.
import { announce } from '../../announce.js';
import { byId, h, render } from '../../dom.js';
import { t } from '../../i18n.js';
import type { State } from '../state.js';
import { currentCheck } from './bucket-check.js';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;
const COPIED_MS = 1600;

/** Splits JSON into text and highlighted tokens. */
function highlight(json: string): (string | Node)[] {
  const nodes: (string | Node)[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [token, string, colon] = match;
    nodes.push(json.slice(end, match.index));
    const type = colon !== undefined ? 'key' : string !== undefined ? 'string' : 'literal';
    nodes.push(h('span', { class: type }, string ?? token), colon ?? '');
    end = match.index + token.length;
  }
  nodes.push(json.slice(end));
  return nodes;
}

/** Whether the request can be sent, once it has not been sent yet. */
function badges(state: State): readonly (readonly [type: 'good' | 'bad' | 'warning', text: string])[] {
  const { errors, warnings } = state.validated;
  if (state.step === 'created') return [];
  const isBucketBad = currentCheck(state)?.rating === 'bad';
  return [
    errors.length > 0
      ? ['bad', t('preview.errors', errors.length)]
      : isBucketBad
        ? ['bad', t('preview.badBucket')]
        : ['good', t('preview.ready')],
    ...(warnings.length > 0 ? [['warning', t('preview.warnings', warnings.length)] as const] : []),
  ];
}

export function showPreview(state: State): void {
  const { form, validated } = state;
  byId('preview-line').textContent = `POST /v3/${form.pageValues.projectId || '{project_id}'}/tracker`;
  const json = JSON.stringify(validated.draft, null, 2);
  render(byId('preview-body'), json, () => highlight(json));
  const shown = badges(state);
  render(byId('preview-badges'), shown, () => shown.map(([type, text]) => h('span', { class: `badge ${type}` }, text)));
}

/** Copies the body to the clipboard. If the browser does not allow it, selects the text instead. */
export async function copyPreview(): Promise<void> {
  const button = byId('copy');
  const body = byId('preview-body');
  try {
    await navigator.clipboard.writeText(body.textContent ?? '');
    announce(t('preview.copied'));
    button.textContent = t('preview.copied');
    setTimeout(() => {
      button.textContent = t('preview.copy');
    }, COPIED_MS);
  } catch {
    getSelection()?.selectAllChildren(body);
    button.textContent = t('preview.copyFailed');
    announce(t('preview.copyFailed'));
  }
}
