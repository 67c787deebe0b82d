import { Layers, PackageOpen, Undo2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, EmptyState, FailureNote, showToast, useShortcuts } from '../../../components/index.ts';
import { formatMessage, useText } from '../../../i18n/index.ts';
import { useAction, useAnswers, useMethod } from '../../../ipc/index.ts';
import type { StackView } from '../../../../shared/domain/index.ts';
import { placeText } from './places.ts';
import { isOfSeveral, rowsOf, stepPage } from './rows.ts';
import { draftOf, settingsOf } from './settings.ts';
import { SettingsFields } from './SettingsFields.tsx';
import { StackCounts } from './StackCounts.tsx';
import { StackList } from './StackList.tsx';
import { stackKeys } from './stackKeys.ts';
import { StackPreview } from './StackPreview.tsx';
import { useStackEdits } from './useStackEdits.ts';
import styles from './Stack.module.css';

/** A stack in front: who would get which page and why, until a person accepts it. */
export function StackReview({
  submissionId,
  notices,
  onOpen,
  onPutAway,
}: {
  submissionId: string;
  /** What the ways in have to say, above everything else. */
  notices: ReactNode;
  /** Shows one of the customers that were made. */
  onOpen: (submissionId: string) => void;
  /** The stack is done and leaves the desk. */
  onPutAway: () => void;
}) {
  const query = useMethod('stack.get', { submissionId }, { keepsPrevious: true });
  const stack = query.data?.submissionId === submissionId ? query.data : undefined;
  return (
    <section className={styles['review']} aria-labelledby="stack-title">
      {notices}
      {query.error === null ? null : <FailureNote error={query.error} />}
      {stack === undefined ? null : <Review stack={stack} onOpen={onOpen} onPutAway={onPutAway} />}
    </section>
  );
}

function Review({
  stack,
  onOpen,
  onPutAway,
}: {
  stack: StackView;
  onOpen: (submissionId: string) => void;
  onPutAway: () => void;
}) {
  const t = useText();
  const { submissionId, pages, counts } = stack;
  const [draft, setDraft] = useState(() => draftOf(stack.settings));
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const setSettings = useAction('stack.set');
  const split = useAction('stack.split');
  const join = useAction('stack.undo');
  const putAway = useAction('stack.putAway');
  const part = useAction('stack.part');
  const answers = useAnswers();
  const { edit, canUndo, undo } = useStackEdits(stack);

  const selected = pages.find(({ id }) => id === selectedId) ?? pages[0];
  const isChecking = counts.beingChecked > 0;
  const isAcceptable = counts.proposed > 0 && !split.isPending && !part.isPending;
  const canPutAway = counts.proposed === 0 && counts.found > 0 && !isChecking;
  const isPuttingAway = putAway.isPending || part.isPending;
  const made = counts.customers - stack.dealt.length;

  const accept = () => {
    // The button waits, visibly; a key that was pressed too soon is answered.
    if (isChecking) {
      showToast({ tone: 'info', text: formatMessage({ code: 'stack.stillChecking' }) });
      return;
    }
    split.mutate(
      { submissionId, seen: stack.fingerprint },
      {
        onSuccess: ({ submissionIds }) => {
          showToast({ tone: 'success', text: t('stack.accepted', { count: submissionIds.length }) });
          const [first] = submissionIds;
          if (counts.tray === 0 && first !== undefined) onOpen(first);
        },
      },
    );
  };
  const takeBack = () =>
    join.mutate({ submissionId }, { onSuccess: () => showToast({ tone: 'info', text: t('stack.undone') }) });
  const partOut = (pageId: string) =>
    part.mutate(
      { submissionId, pageId },
      {
        onSuccess: ({ pageIds, stack: parted }) => {
          // Before the selection: no key may meet another page than the one that is shown.
          answers.set('stack.get', { submissionId }, parted);
          setSelectedId((now) => (now === null || now === pageId ? (pageIds[0] ?? null) : now));
          showToast({ tone: 'success', text: t('stack.parted', { count: pageIds.length }) });
        },
      },
    );
  const putTrayAway = () => putAway.mutate({ submissionId }, { onSuccess: onPutAway });
  const step = (direction: 1 | -1) => setSelectedId(stepPage(pages, selected?.id ?? null, direction)?.id ?? null);

  useShortcuts(
    'stack.keys.title',
    stackKeys({
      pages,
      selected,
      onStep: step,
      onEdit: edit,
      canUndo,
      onUndo: undo,
      canAccept: isAcceptable,
      onAccept: accept,
    }),
  );

  return (
    <>
      <header className={styles['head']}>
        <h2 id="stack-title" className={styles['title']}>
          <Layers aria-hidden size={18} />
          {t('stack.name')}
        </h2>
        <SettingsFields
          isCompact
          draft={draft}
          onChange={(next) => {
            setDraft(next);
            const settings = settingsOf(next);
            if (settings !== null) setSettings.mutate({ submissionId, settings });
          }}
        />
      </header>
      <StackCounts stack={stack} />
      {selected === undefined ? (
        <div className={styles['empty']}>
          <EmptyState icon={Layers} title={t('stack.empty.title')}>
            {t('stack.empty.text')}
          </EmptyState>
        </div>
      ) : (
        <div className={styles['body']}>
          <output className="visually-hidden" aria-live="polite">
            {t('stack.said', { position: selected.position, place: placeText(selected, t) })}
          </output>
          <StackList rows={rowsOf(stack)} selectedId={selected.id} onSelect={setSelectedId} />
          <StackPreview page={selected} isParting={part.isPending} onEdit={edit} onPart={() => partOut(selected.id)} />
        </div>
      )}
      <footer className={styles['foot']}>
        {stack.dealt.length === 0 ? null : (
          <Button icon={Undo2} onPress={takeBack} isDisabled={join.isPending}>
            {t('stack.undo')}
          </Button>
        )}
        <span className={styles['footText']}>
          {canPutAway && counts.tray > 0 ? t('stack.putAway.text', { count: counts.tray }) : ''}
        </span>
        {canPutAway ? (
          <Button
            icon={PackageOpen}
            tone={pages.some(isOfSeveral) ? 'secondary' : 'primary'}
            onPress={putTrayAway}
            isDisabled={isPuttingAway}
          >
            {t('stack.putAway')}
          </Button>
        ) : (
          <Button
            icon={UserPlus}
            tone="primary"
            keys="Mod+Enter"
            onPress={accept}
            isDisabled={!isAcceptable || isChecking}
          >
            {t('stack.accept', { count: made })}
          </Button>
        )}
      </footer>
    </>
  );
}
