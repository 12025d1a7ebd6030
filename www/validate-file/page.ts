// The page "Validate a file".
import { h, render } from '../dom.js';
import { languageCode } from '../i18n.js';
import type { Page } from '../page.js';
import { Session } from './session.js';
import { firstRows, renderChoice, renderResult, type Shown } from './view.js';

export function openValidateFilePage(root: HTMLElement): Page {
  const choice = h('section', { class: 'card' });
  const result = h('section', { class: 'card', 'aria-labelledby': 'file-result' });
  root.append(choice, result);

  let isScheduled = false;
  /** At most once per frame: a worker sends many messages. */
  const changed = () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      show();
    });
  };
  const session = new Session(changed);
  const shown: Shown = { code: '', rows: firstRows };
  const validate = (file: File) => {
    Object.assign(shown, { code: '', rows: firstRows });
    session.validate(file);
  };

  function show(): void {
    const { status, bytes, report, reason, isNotOpened } = session;
    render(choice, languageCode(), () => renderChoice(session, validate));
    result.hidden = status === 'idle';
    render(result, [languageCode(), status, bytes, report.findings.length, shown, reason, isNotOpened], () =>
      renderResult(session, shown, changed),
    );
  }

  root.addEventListener('dragover', (event) => event.preventDefault());
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) validate(file);
  });
  return { render: show };
}
