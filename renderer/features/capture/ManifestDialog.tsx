import { FolderInput, RotateCcw } from 'lucide-react';
import type { ConnectionView, ManifestView } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  CheckboxField,
  CopyText,
  Dialog,
  FailureNote,
  Progress,
  scrollsByKeys,
  Working,
} from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useManifest } from './useManifest.ts';
import type { ManifestImport } from './useManifest.ts';
import styles from './Manifest.module.css';

/** Takes in a folder with a manifest: what would come is shown first, line by line where something is wrong. */
export function ManifestDialog({
  connections,
  onOpenBatch,
  onClose,
}: {
  connections: readonly ConnectionView[];
  onOpenBatch: (batchId: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const manifest = useManifest(connections);
  const { result, progress } = manifest;
  return (
    <Dialog
      title={t('capture.manifest')}
      size="l"
      isOpen
      // What is being taken in goes on by itself; the person waits for the report.
      onClose={progress === null ? onClose : () => undefined}
      footer={<Actions manifest={manifest} onOpenBatch={onOpenBatch} onClose={onClose} />}
    >
      <div className={styles['form']}>
        {result === null && progress === null ? <Choice connections={connections} manifest={manifest} /> : null}
        {progress === null ? null : <Progress label={t('capture.manifest.taking')} {...progress} />}
        {manifest.isReading ? <Working>{t('capture.manifest.reading')}</Working> : null}
        {manifest.error === null ? null : <FailureNote error={manifest.error} />}
        {result !== null ? (
          <Report view={result} isTaken />
        ) : manifest.preview !== null && progress === null ? (
          <Report view={manifest.preview} isTaken={false} />
        ) : null}
      </div>
    </Dialog>
  );
}

/** Which connections the manifest is for, and what it is. */
function Choice({ connections, manifest }: { connections: readonly ConnectionView[]; manifest: ManifestImport }) {
  const t = useText();
  const { connectionIds, setConnections } = manifest;
  return (
    <>
      <p className={styles['intro']}>{t('capture.manifest.text')}</p>
      <fieldset className={styles['connections']}>
        <legend>{t('capture.manifest.connections')}</legend>
        {connections.map(({ id, name }) => (
          <CheckboxField
            key={id}
            label={name}
            isOn={connectionIds.includes(id)}
            onChange={(isOn) =>
              setConnections(isOn ? [...connectionIds, id] : connectionIds.filter((known) => known !== id))
            }
          />
        ))}
      </fieldset>
    </>
  );
}

function Actions({
  manifest,
  onOpenBatch,
  onClose,
}: {
  manifest: ManifestImport;
  onOpenBatch: (batchId: string) => void;
  onClose: () => void;
}) {
  const t = useText();
  const { folder, preview, result, progress, isReading } = manifest;
  const batchId = result?.batchId ?? null;
  if (progress !== null) return null;
  if (result !== null) {
    return (
      <>
        <Button onPress={onClose}>{t('action.close')}</Button>
        {batchId === null ? null : (
          <Button tone="primary" takesFocus onPress={() => onOpenBatch(batchId)}>
            {t('capture.manifest.open')}
          </Button>
        )}
      </>
    );
  }
  const count = preview?.customerCount ?? 0;
  const missing = preview?.missing.files ?? 0;
  // One key takes a folder in, never customers twice: that has to be reached for.
  const isTwice = (preview?.importedBefore ?? 0) > 0;
  const goesOn = isTwice && missing > 0;
  return (
    <>
      {folder === null ? null : (
        <Button icon={RotateCcw} onPress={manifest.check} isDisabled={isReading}>
          {t('capture.manifest.again')}
        </Button>
      )}
      <span className={styles['grow']} />
      <Button
        key={isTwice ? 'choose other' : 'choose'}
        icon={FolderInput}
        tone={count === 0 || (isTwice && !goesOn) ? 'primary' : 'secondary'}
        onPress={manifest.choose}
        isDisabled={isReading || manifest.connectionIds.length === 0}
        takesFocus
      >
        {t(folder === null ? 'capture.manifest.choose' : 'capture.manifest.chooseOther')}
      </Button>
      {count === 0 ? null : (
        <Button
          key={isTwice ? 'take again' : 'take'}
          tone={isTwice ? 'secondary' : 'primary'}
          // The person has seen how many came in before, and presses the button that says so.
          onPress={() => manifest.take(isTwice ? 'twice' : 'refuse')}
          isDisabled={isReading}
          takesFocus={!isTwice}
        >
          {t(isTwice ? 'capture.manifest.takeAgain' : 'capture.manifest.take', { count })}
        </Button>
      )}
      {goesOn ? (
        <Button tone="primary" onPress={() => manifest.take('missing')} isDisabled={isReading} takesFocus>
          {t('capture.manifest.takeMissing', { count: missing })}
        </Button>
      ) : null}
    </>
  );
}

/** How much there is, and every line that is left out with its reason. */
function Report({ view, isTaken }: { view: ManifestView; isTaken: boolean }) {
  const t = useText();
  const sentences = [
    ...view.problems.map(({ message }) => formatMessage(message)),
    ...view.files.refused.map(({ line, reference, message }) =>
      t('capture.manifest.inLine', { line, reference, sentence: formatMessage(message) }),
    ),
  ];
  const pages = t('capture.manifest.pages', { count: isTaken ? view.files.imported.length : view.fileCount });
  const customers = t('capture.manifest.customers', { count: view.customerCount });
  return (
    <section aria-label={t('capture.manifest.report')} className={styles['report']}>
      <p className={styles['summary']}>
        <strong>{view.folder}</strong>
        {t(isTaken ? 'capture.manifest.taken' : 'capture.manifest.found', { customers, pages })}
      </p>
      {sentences.length === 0 ? (
        <Banner tone="green">{t(isTaken ? 'capture.manifest.allTaken' : 'capture.manifest.allRight')}</Banner>
      ) : (
        <>
          <div className={styles['problemsHead']}>
            <h3>{t('capture.manifest.problems', { count: sentences.length })}</h3>
            <CopyText
              text={sentences.join('\n')}
              shown={t('capture.manifest.copy')}
              label={t('capture.manifest.copy')}
            />
          </div>
          <ol ref={scrollsByKeys} className={styles['problems']}>
            {sentences.map((sentence, index) => (
              // Two lines may have the same fault.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${index} ${sentence}`}>{sentence}</li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
