// The preview of the request: its body with highlighted JSON, and the number of errors and warnings.
import { announce } from '../../announce.js';
import { byId, h, render } from '../../dom.js';
import { languageCode, t } from '../../i18n.js';
import type { State } from '../state.js';

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

export function showPreview({ form, validated }: State): void {
  const { draft, errors, warnings } = validated;
  byId('preview-line').textContent = `POST /v3/${form.pageValues.projectId || '{project_id}'}/tracker`;
  const json = JSON.stringify(draft, null, 2);
  render(byId('preview-body'), json, () => highlight(json));
  render(byId('preview-badges'), [languageCode(), errors.length, warnings.length], () => [
    errors.length > 0
      ? h('span', { class: 'badge bad' }, t('preview.errors', errors.length))
      : h('span', { class: 'badge good' }, t('preview.ready')),
    warnings.length > 0 && h('span', { class: 'badge warning' }, t('preview.warnings', warnings.length)),
  ]);
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
