import { Camera, ChevronRight, FileText, ImageOff, ScanLine, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { isAtTheDesk, isChangeAllowed } from '../../../shared/domain/index.ts';
import type { OperationView, PageView, SlotView, SubmissionDetail } from '../../../shared/domain/index.ts';
import { isOverridable } from '../../../shared/rules/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import {
  Badge,
  Banner,
  Button,
  CauseBadge,
  CopyText,
  IconButton,
  LightBadge,
  Moment,
  paths,
  RelativeTime,
  severityLooks,
  StateBadge,
  Working,
} from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import { formatMessage, hasMessage, nameText, text, useText } from '../../i18n/index.ts';
import { useMethod } from '../../ipc/index.ts';
import { actionLooks } from './actionLooks.ts';
import { allowedActions, SUBMISSION_ACTIONS } from './actions.ts';
import { PageViewer } from './PageViewer.tsx';
import type { ViewedPage } from './PageViewer.tsx';
import { ActionReason } from './SelectionBar.tsx';
import { Timeline } from './Timeline.tsx';
import type { useSubmissionActions } from './useSubmissionActions.ts';
import { whatNext } from './whatNext.ts';
import styles from './Panel.module.css';

/** One submission beside the table: where it is, why, what happens next; its pages, calls and timeline. */
export function SubmissionPanel({
  submissionId,
  onClose,
  actions,
}: {
  submissionId: string;
  onClose: () => void;
  actions: ReturnType<typeof useSubmissionActions>;
}) {
  const t = useText();
  const detail = useMethod('submission.get', { submissionId });
  const panel = useRef<HTMLElement | null>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  return (
    <aside ref={panel} className={styles['panel']} aria-label={t('submissions.panel')} tabIndex={-1}>
      {detail.data === undefined ? (
        <div className={styles['head']}>
          <div className={styles['headLine']}>
            {detail.isError ? (
              <Banner tone="red" isAlert>
                {t('submissions.panel.failed')}
              </Banner>
            ) : (
              <Working>{t('frame.loading')}</Working>
            )}
            <IconButton icon={X} size="s" label={t('submissions.panel.close')} keys="Escape" onPress={onClose} />
          </div>
        </div>
      ) : (
        <PanelContent detail={detail.data} onClose={onClose} actions={actions} />
      )}
    </aside>
  );
}

function PanelContent({
  detail,
  onClose,
  actions,
}: {
  detail: SubmissionDetail;
  onClose: () => void;
  actions: ReturnType<typeof useSubmissionActions>;
}) {
  const t = useText();
  const navigate = useNavigate();
  const [viewedId, setViewedId] = useState<string | null>(null);
  const [asksReasonFor, setAsksReasonFor] = useState<'void' | 'override' | null>(null);
  const findings = [...detail.findings, ...detail.pages.flatMap((page) => page.findings)].filter(
    (found) => found.severity !== 'info',
  );
  const blocking = findings.filter((found) => found.severity === 'blocking');
  const allowed = new Set(allowedActions(detail));
  // Nothing to override, or something that the provider's calls cannot do without.
  if (blocking.length === 0 || !blocking.every(isOverridable)) allowed.delete('override');
  const pages = viewedPages(detail);
  const answers = providerAnswers(detail);
  const canCapture = isChangeAllowed(detail.state) && !detail.beside.includes('voided');
  const next = whatNext(detail);

  return (
    <>
      <header className={styles['head']}>
        <div className={styles['headLine']}>
          <div className={styles['names']}>
            <h2 className={styles['customer']}>
              {detail.customer === '' ? t('submissions.noName') : <CopyText text={detail.customer} />}
            </h2>
            {detail.reference === '' || detail.reference === detail.customer ? null : (
              <CopyText text={detail.reference} isMono />
            )}
          </div>
          <IconButton icon={X} size="s" label={t('submissions.panel.close')} keys="Escape" onPress={onClose} />
        </div>
        <div className={styles['badges']}>
          <StateBadge state={detail.state} beside={detail.beside} />
          {isAtTheDesk(detail.state) ? <LightBadge light={detail.light} isPlain /> : null}
        </div>
        <p className={styles['explanation']}>{formatMessage(detail.explanation)}</p>
        <p className={styles['next']}>
          <ChevronRight aria-hidden size={15} />
          <span>
            <strong>{t('submissions.panel.next')}</strong> {t(next.key, next.params)}
            {next.atMs === null ? null : (
              <>
                {' '}
                <RelativeTime at={next.atMs} /> (<Moment at={next.atMs} />)
              </>
            )}
          </span>
        </p>
        <div className={styles['actions']}>
          {canCapture ? (
            <Button
              tone={detail.state === 'ready' ? 'secondary' : 'primary'}
              icon={Camera}
              onPress={() => void navigate(paths.captureSubmission(detail.id))}
            >
              {t('submissions.panel.capture')}
            </Button>
          ) : null}
          {SUBMISSION_ACTIONS.filter((action) => allowed.has(action)).map((action) => (
            <Button
              key={action}
              icon={actionLooks[action].icon}
              tone={action === 'void' ? 'quiet' : actionLooks[action].tone}
              isDisabled={actions.progress !== null}
              onPress={() => {
                if (action === 'void' || action === 'override') setAsksReasonFor(action);
                else void actions.run(action, [detail.id]);
              }}
            >
              {t(`submissions.action.${action}`)}
            </Button>
          ))}
        </div>
      </header>

      <div className={styles['body']}>
        {detail.attention === null ? null : (
          <Banner
            tone="amber"
            title={t(`cause.${detail.attention.cause}`)}
            actions={
              <Button size="s" onPress={() => void navigate(paths.attention)}>
                {t('screen.attention')}
              </Button>
            }
          >
            {formatMessage(detail.attention.message)}
          </Banner>
        )}

        <Section title={t('submissions.panel.pages')}>
          <ul className={styles['slots']}>
            {detail.slots.map((slot) => (
              <SlotTile
                key={slot.key}
                slot={slot}
                page={detail.pages.find((page) => page.id === slot.pageId)}
                onOpen={setViewedId}
              />
            ))}
            {detail.tray.map((pageId) => {
              const page = detail.pages.find((candidate) => candidate.id === pageId);
              return page === undefined ? null : (
                <li key={pageId} className={styles['slot']}>
                  <PageButton page={page} title={t('submissions.panel.tray')} onOpen={setViewedId} />
                  <span className={styles['slotName']}>{t('submissions.panel.tray')}</span>
                  <span className={styles['slotFile']}>{page.fileName}</span>
                </li>
              );
            })}
          </ul>
        </Section>

        {findings.length === 0 || detail.beside.includes('voided') ? null : (
          <Section title={t('submissions.panel.findings')}>
            <ul className={styles['findings']}>
              {findings.map((found) => {
                const look = severityLooks[found.severity];
                return (
                  <li
                    key={`${found.rule}-${found.pageId ?? found.slot ?? found.field ?? ''}`}
                    className={styles[look.tone]}
                  >
                    <look.icon aria-hidden size={15} />
                    <span className="visually-hidden">{t(`severity.${found.severity}`)}: </span>
                    <span>{formatMessage({ code: `finding.${found.rule}`, params: found.params })}</span>
                  </li>
                );
              })}
            </ul>
          </Section>
        )}

        <Section title={t('submissions.panel.answer')}>
          {answers.length === 0 ? (
            <p className={styles['quiet']}>{t('submissions.panel.noAnswer')}</p>
          ) : (
            <ul className={styles['answers']}>
              {answers.map((answer) => (
                <li key={answer.key}>{answer.text}</li>
              ))}
            </ul>
          )}
        </Section>

        <Section title={t('submissions.panel.timeline')}>
          <Timeline entries={detail.timeline} />
        </Section>

        <Section title={t('submissions.panel.operations')}>
          {detail.operations.length === 0 ? (
            <p className={styles['quiet']}>{t('submissions.panel.noOperations')}</p>
          ) : (
            <ol className={styles['operations']}>
              {detail.operations.map((operation) => (
                <Operation key={operation.id} operation={operation} detail={detail} />
              ))}
            </ol>
          )}
        </Section>

        <Section title={t('submissions.panel.details')}>
          <dl className={styles['facts']}>
            <Fact name={t('submissions.column.flow')}>{nameText(detail.flowName, detail.flowNameKey)}</Fact>
            <Fact name={t('submissions.column.connection')}>
              {nameText(detail.connectionName, detail.connectionNameKey)}
            </Fact>
            <Fact name={t('submissions.panel.batch')}>
              {t('submissions.panel.batchNumber', { number: detail.batchNumber })}
            </Fact>
            <Fact name={t('submissions.column.operator')}>{detail.operator}</Fact>
            <Fact name={t('submissions.panel.captured')}>
              <Moment at={detail.createdAt} />
            </Fact>
            <Fact name={t('submissions.panel.changed')}>
              <Moment at={detail.updatedAt} />
            </Fact>
            {detail.cause === null ? null : (
              <Fact name={t('submissions.filter.cause')}>
                <CauseBadge cause={detail.cause} size="s" />
              </Fact>
            )}
            <Fact name={t('submissions.panel.id')}>
              <CopyText text={detail.id} isMono />
            </Fact>
          </dl>
        </Section>
      </div>

      {viewedId === null ? null : <PageViewer pages={pages} startId={viewedId} onClose={() => setViewedId(null)} />}
      <ActionReason
        action={asksReasonFor}
        count={1}
        onClose={() => setAsksReasonFor(null)}
        onConfirm={(action, reason) => {
          setAsksReasonFor(null);
          void actions.run(action, [detail.id], reason);
        }}
      />
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['sectionTitle']}>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** "Passport" or "ID card, front": a slot in words. */
function slotTitle(slot: Pick<SlotView, 'documentType' | 'side'>): string {
  const type = text(`document.${slot.documentType}`);
  return slot.side === 'single' ? type : `${type}, ${text(`sideWithin.${slot.side}`)}`;
}

function viewedPages(detail: SubmissionDetail): ViewedPage[] {
  const inSlots = detail.slots.flatMap((slot) => {
    const page = detail.pages.find((candidate) => candidate.id === slot.pageId);
    return page === undefined ? [] : [{ page, title: slotTitle(slot) }];
  });
  const inTray = detail.tray.flatMap((pageId) => {
    const page = detail.pages.find((candidate) => candidate.id === pageId);
    return page === undefined ? [] : [{ page, title: text('submissions.panel.tray') }];
  });
  return [...inSlots, ...inTray];
}

/** What the provider said that still matters: its wishes for new images, then its newest answer. */
function providerAnswers(detail: SubmissionDetail): { key: string; text: string }[] {
  const wishes = detail.slots.flatMap((slot) =>
    slot.wantsRetake === null
      ? []
      : [{ key: slot.key, text: `${slotTitle(slot)}: ${formatMessage(slot.wantsRetake.message)}` }],
  );
  const newest = detail.timeline
    .filter((entry) => entry.kind === 'provider')
    .sort((a, b) => b.sequence - a.sequence)[0];
  return newest === undefined ? wishes : [...wishes, { key: 'newest', text: formatMessage(newest.message) }];
}

function PageButton({ page, title, onOpen }: { page: PageView; title: string; onOpen: (pageId: string) => void }) {
  const t = useText();
  const [isBroken, setIsBroken] = useState(false);
  return (
    <button
      type="button"
      className={styles['thumbnail']}
      aria-label={t('submissions.panel.openPage', { slot: title })}
      onClick={() => onOpen(page.id)}
    >
      {isBroken ? (
        <ImageOff aria-hidden size={20} />
      ) : (
        <img src={imageUrl.thumbnail(page.id)} alt="" loading="lazy" onError={() => setIsBroken(true)} />
      )}
      {page.mediaType === 'application/pdf' ? (
        <span className={styles['pdfMark']}>
          <FileText aria-hidden size={12} /> PDF
        </span>
      ) : null}
    </button>
  );
}

function SlotTile({
  slot,
  page,
  onOpen,
}: {
  slot: SlotView;
  page: PageView | undefined;
  onOpen: (pageId: string) => void;
}) {
  const t = useText();
  const title = slotTitle(slot);
  return (
    <li className={styles['slot']}>
      {page === undefined ? (
        <span className={styles['missing']}>
          <ScanLine aria-hidden size={20} />
          {t(slot.isOptional ? 'submissions.panel.optional' : 'submissions.panel.missing')}
        </span>
      ) : (
        <PageButton page={page} title={title} onOpen={onOpen} />
      )}
      <span className={styles['slotName']}>{title}</span>
      {slot.wantsRetake !== null ? (
        <Badge tone="amber" icon={ScanLine} size="s">
          {t('submissions.panel.retake')}
        </Badge>
      ) : page === undefined ? null : (
        <span className={page.isDelivered ? styles['delivered'] : styles['slotFile']}>
          {t(page.isDelivered ? 'submissions.panel.delivered' : 'submissions.panel.notDelivered')}
        </span>
      )}
    </li>
  );
}

const OPERATION_TONES: Readonly<Record<OperationView['state'], Tone>> = {
  blocked: 'neutral',
  pending: 'neutral',
  claimed: 'blue',
  unknown: 'amber',
  done: 'green',
  attention: 'red',
  cancelled: 'neutral',
};

/** A call by main's own sentence for its kind, or by the kind itself. */
function operationName(kind: string): string {
  const code = `operation.${kind}`;
  return hasMessage(code) ? formatMessage({ code }) : kind.replaceAll(/[._]/g, ' ');
}

function Operation({ operation, detail }: { operation: OperationView; detail: SubmissionDetail }) {
  const t = useText();
  const slot = detail.slots.find((candidate) => candidate.pageId !== null && candidate.pageId === operation.pageId);
  return (
    <li className={styles['operation']}>
      <div className={styles['operationHead']}>
        <span>
          {operationName(operation.kind)}
          {slot === undefined ? '' : `: ${slotTitle(slot)}`}
        </span>
        <Badge tone={OPERATION_TONES[operation.state]} size="s">
          {t(`submissions.operation.${operation.state}`)}
        </Badge>
      </div>
      <div className={styles['operationFacts']}>
        {operation.attempts === 0 ? null : (
          <span>{t('submissions.panel.attempts', { count: operation.attempts })}</span>
        )}
        {operation.nextAt === null ? null : (
          <span>
            {t('submissions.panel.nextTry')} <RelativeTime at={operation.nextAt} />
          </span>
        )}
      </div>
      {operation.lastError === null || operation.state === 'done' ? null : (
        <p className={styles['operationError']}>{formatMessage(operation.lastError)}</p>
      )}
    </li>
  );
}
