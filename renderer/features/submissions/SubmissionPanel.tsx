import { Camera, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { allFindings, isAtTheDesk, isChangeAllowed } from '../../../shared/domain/index.ts';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { isOverridable } from '../../../shared/rules/index.ts';
import {
  Banner,
  Button,
  CauseBadge,
  CopyText,
  Countdown,
  IconButton,
  LightBadge,
  Moment,
  OverrideDialog,
  paths,
  severityLooks,
  StateBadge,
  Working,
} from '../../components/index.ts';
import { formatMessage, nameText, useText } from '../../i18n/index.ts';
import { useMethod } from '../../ipc/index.ts';
import { actionLooks } from './actionLooks.ts';
import { allowedActions, SUBMISSION_ACTIONS } from './actions.ts';
import { ByLink } from './ByLink.tsx';
import { PageViewer } from './PageViewer.tsx';
import { PanelOperations } from './PanelOperations.tsx';
import { PanelPages } from './PanelPages.tsx';
import { providerAnswers, viewedPages } from './panelWords.ts';
import { Timeline } from './Timeline.tsx';
import type { useSubmissionActions } from './useSubmissionActions.ts';
import { VoidDialog } from './VoidDialog.tsx';
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
  const [asked, setAsked] = useState<'void' | 'override' | null>(null);
  const findings = allFindings(detail).filter((found) => found.severity !== 'info');
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
              {detail.customer === '' ? (
                t(detail.isStack ? 'stack.name' : 'submissions.noName')
              ) : (
                <CopyText text={detail.customer} />
              )}
            </h2>
            {detail.reference === '' || detail.reference === detail.customer ? null : (
              <CopyText text={detail.reference} isMono />
            )}
          </div>
          <IconButton icon={X} size="s" label={t('submissions.panel.close')} keys="Escape" onPress={onClose} />
        </div>
        <div className={styles['badges']}>
          <StateBadge state={detail.state} beside={detail.beside} />
          {isAtTheDesk(detail) ? <LightBadge light={detail.light} isPlain /> : null}
        </div>
        <p className={styles['explanation']}>{formatMessage(detail.explanation)}</p>
        <p className={styles['next']}>
          <ChevronRight aria-hidden size={15} />
          <span>
            <strong>{t('submissions.panel.next')}</strong> {t(next.key, next.params)}
            {next.atMs === null ? null : (
              <>
                {' '}
                <Countdown at={next.atMs} /> (<Moment at={next.atMs} />)
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
          <ByLink key={detail.id} detail={detail} />
          {SUBMISSION_ACTIONS.filter((action) => allowed.has(action)).map((action) => (
            <Button
              key={action}
              icon={actionLooks[action].icon}
              tone={action === 'void' ? 'quiet' : actionLooks[action].tone}
              isDisabled={actions.progress !== null}
              onPress={() => {
                if (action === 'void' || action === 'override') setAsked(action);
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
          <PanelPages detail={detail} onOpen={setViewedId} />
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
          <PanelOperations detail={detail} />
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
      {asked === 'override' ? <OverrideDialog submissionId={detail.id} onClose={() => setAsked(null)} /> : null}
      {asked === 'void' ? (
        <VoidDialog
          count={1}
          onClose={() => setAsked(null)}
          onConfirm={(reason) => {
            setAsked(null);
            void actions.run('void', [detail.id], reason);
          }}
        />
      ) : null}
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
