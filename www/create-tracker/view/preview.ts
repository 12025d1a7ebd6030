// The preview of the request: its body with highlighted JSON or as code for a tool, and the number of errors and
// warnings.
import { announce } from '../../announce.js';
import { apiUrl } from '../../api.js';
import type { Snippet } from '../../code/snippet.js';
import { requestTool } from '../../code/tools.js';
import { byId, h, render } from '../../dom.js';
import { download } from '../../download.js';
import { showBriefly } from '../../feedback.js';
import { languageCode, t } from '../../i18n.js';
import { describeName } from '../look-up.js';
import type { State } from '../state.js';
import { currentCheck } from './bucket-check.js';
import { showTabs } from './code-tabs.js';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;
/** For code that must name a region, if the server's settings have none. */
const DEFAULT_REGION = 'cn-north-1';
/** The proxy of the playground has no address. */
const PROXY_PLACEHOLDER = 'YOUR_PROXY_URL/';

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

type Badge = readonly [type: 'good' | 'bad' | 'warning', text: string];

/** Whether the request can be sent, as far as the page knows. */
function readiness(state: State): Badge {
  const { length } = state.validated.errors;
  if (length > 0) return ['bad', t('preview.errors', length)];
  if (state.isLocked) return ['bad', t('preview.locked')];
  if (currentCheck(state)?.rating === 'bad') return ['bad', t('preview.badBucket')];
  if (describeName(state).rating === 'bad') return ['bad', t('preview.nameExists')];
  return ['good', t('preview.ready')];
}

function badges(state: State): readonly Badge[] {
  const { warnings } = state.validated;
  if (state.step === 'created') return [];
  return [
    readiness(state),
    ...(warnings.length > 0 ? [['warning', t('preview.warnings', warnings.length)] as const] : []),
  ];
}

function snippetOf({ config, tool, form, account, validated }: State): Snippet {
  return tool.generate({
    draft: validated.draft,
    projectId: form.pageValues.projectId,
    region: account.region || DEFAULT_REGION,
    proxyUrl: config.mode === 'playground' ? PROXY_PLACEHOLDER : apiUrl('').href,
  });
}

export function showPreview(state: State): void {
  const isRequest = state.tool === requestTool;
  const { code, losses } = snippetOf(state);
  byId('preview-hint').hidden = !isRequest;
  byId('preview-request').hidden = !isRequest;
  byId('preview-line').textContent = `POST /v3/${state.form.pageValues.projectId || '{project_id}'}/tracker`;
  const text = code.trimEnd();
  render(byId('preview-body'), [state.tool.id, text], () => (isRequest ? highlight(text) : [text]));
  render(byId('code-losses'), [languageCode(), losses], () =>
    losses.length === 0
      ? []
      : [
          h('p', { class: 'hint', id: 'losses-heading' }, t('code.losses')),
          h(
            'ul',
            { class: 'hint losses', 'aria-labelledby': 'losses-heading' },
            losses.map((key) => h('li', {}, t(key))),
          ),
        ],
  );
  showTabs(state);
  const shown = badges(state);
  render(byId('preview-badges'), shown, () => shown.map(([type, text]) => h('span', { class: `badge ${type}` }, text)));
}

export function downloadPreview(state: State): void {
  download(state.tool.fileName, snippetOf(state).code);
}

/** Copies what is shown to the clipboard. If the browser does not allow it, selects the text instead. */
export async function copyPreview(): Promise<void> {
  const button = byId('copy');
  const body = byId('preview-body');
  try {
    await navigator.clipboard.writeText(body.textContent ?? '');
    showBriefly(button, t('preview.copied'), 'preview.copy');
  } catch {
    getSelection()?.selectAllChildren(body);
    button.textContent = t('preview.copyFailed');
    announce(t('preview.copyFailed'));
  }
}
