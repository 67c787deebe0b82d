import type { Access, Board, KnownLabels } from '../board/types.ts';
import { FaultsPanel } from './faults.ts';
import { head, parts } from './frame.ts';
import { NextPanel } from './next.ts';
import { RecordsPanel } from './records.ts';
import { RequestsPanel } from './requests.ts';
import { call, Refused, takeToken, withParts } from './server.ts';
import { SwitchesPanel, type Definition } from './switches.ts';
import { words } from './words.ts';

const POLL_MS = 1000;
const NOTICE_MS = 6000;

const isBoard = withParts<Board>('requests', 'records', 'faults', 'switches');
const notice = document.querySelector('#notice');
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

/** Shows a sentence; `isLasting`: until the next one. */
function tell(sentence: string, isLasting = false): void {
  if (notice === null) return;
  if (notice.textContent !== sentence) notice.textContent = sentence;
  clearTimeout(noticeTimer);
  if (!isLasting) {
    noticeTimer = setTimeout(() => {
      notice.textContent = '';
    }, NOTICE_MS);
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Refused)) return words.unreachable;
  return error.isToken ? words.tokenWrong : error.message;
}

async function start(): Promise<void> {
  takeToken();
  const [{ access }, { labels }, { definitions }] = await Promise.all([
    call('GET', '/access', withParts<{ access: Access[] }>('access')),
    call('GET', '/labels', withParts<{ labels: KnownLabels }>('labels')),
    call('GET', '/switches', withParts<{ definitions: Record<string, Definition> }>('definitions')),
  ]);
  const requests = new RequestsPanel();

  async function refresh(): Promise<void> {
    const board = await call('POST', '/board', isBoard, { after: requests.newest });
    for (const panel of panels) panel.show(board);
    if (notice?.textContent === words.unreachable) tell('');
  }
  /** Does what a person asked for, and shows at once what came of it. */
  const does = async (method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> => {
    try {
      await call(method, path, withParts(), body);
      await refresh();
      tell(words.done);
    } catch (error) {
      tell(sentenceOf(error));
    }
  };

  const records = new RecordsPanel(labels, (id, decision) => {
    void does('POST', '/decision', { id, decision });
  });
  const next = new NextPanel(labels, {
    hold: (isHolding) => {
      void does('POST', '/holding', { isHolding });
    },
    next: (api, decision) => {
      void does('POST', '/decision', { api, decision });
    },
  });
  const faults = new FaultsPanel(Object.keys(labels), {
    add: (fault) => {
      void does('POST', '/faults', { faults: [fault] });
    },
    clear: () => {
      void does('DELETE', '/faults');
    },
  });
  const switches = new SwitchesPanel(definitions, (name, value) => {
    void does('POST', '/switches', { [name]: value });
  });
  const panels = [requests, records, next, faults, switches];

  document.querySelector('header')?.append(
    ...head(access, () => {
      void does('POST', '/reset');
    }),
  );
  document.querySelector('main')?.append(
    ...parts([
      { name: words.now, shown: [next.section, requests.section, records.section] },
      { name: words.faults, shown: [faults.section] },
      { name: words.switches, shown: [switches.section] },
    ]),
  );
  for (;;) {
    await refresh().catch((error: unknown) => {
      tell(sentenceOf(error), true);
    });
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}

start().catch((error: unknown) => {
  tell(sentenceOf(error), true);
});
