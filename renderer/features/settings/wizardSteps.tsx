import { LayoutTemplate, Plus } from 'lucide-react';
import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { Banner, Button, RadioField, SelectField, TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import type { ConnectionDraft } from './connectionDraft.ts';
import { FlowEditor } from './FlowEditor.tsx';
import { replaced, without } from './flowEdits.ts';
import { FlowList } from './FlowList.tsx';
import type { ProblemKey } from './problems.ts';
import { ProviderNotice } from './ProviderNotice.tsx';
import { flowFromTemplate, freeId, templatesFor } from './templates.ts';
import type { FlowTemplate } from './templates.ts';
import styles from './Settings.module.css';

/** A step sees its part of the draft, changes it, and asks for the problem of an input by its path. */
export interface StepProps<Draft> {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problemOf: (path: string) => ProblemKey | undefined;
}

/** Where the connection leads, and what people call it. */
export function AddressStep({ draft, change, problemOf }: StepProps<ConnectionDraft>) {
  const t = useText();
  const error = (path: string): string | undefined => {
    const key = problemOf(path);
    return key === undefined ? undefined : t(key);
  };
  const { baseUrls } = PROVIDER_DESCRIPTORS[draft.provider];
  const [current, older] = baseUrls;
  const other = draft.baseUrl === older ? current : older;
  return (
    <>
      <NameField draft={draft} change={change} problemOf={problemOf} />
      <RadioField<ConnectionDraft['environment']>
        label={t('settings.wizard.environment')}
        value={draft.environment}
        onChange={(environment) => change({ environment })}
        options={(['sandbox', 'production'] as const).map((id) => ({
          id,
          label: t(`environment.${id}`),
          detail: t(`settings.wizard.environment.${id}.hint`),
        }))}
      />
      <div className={styles['withButton']}>
        <TextField
          label={t('settings.wizard.baseUrl')}
          hint={t('settings.wizard.baseUrl.hint')}
          type="url"
          value={draft.baseUrl}
          onChange={(baseUrl) => change({ baseUrl })}
          error={error('baseUrl')}
          isRequired
          className={styles['grow']}
        />
        {other === undefined ? null : (
          <Button tone="quiet" onPress={() => change({ baseUrl: other })}>
            {t(draft.baseUrl === older ? 'settings.wizard.baseUrl.current' : 'settings.wizard.baseUrl.older')}
          </Button>
        )}
      </div>
      <SettingFields draft={draft} change={change} problemOf={problemOf} />
      <ProviderNotice provider={draft.provider} />
    </>
  );
}

/** What people call it. */
export function NameField({ draft, change, problemOf }: StepProps<Pick<ConnectionDraft, 'name'>>) {
  const t = useText();
  const problem = problemOf('name');
  return (
    <TextField
      label={t('settings.wizard.name')}
      hint={t('settings.wizard.name.hint')}
      value={draft.name}
      onChange={(name) => change({ name })}
      error={problem === undefined ? undefined : t(problem)}
      isRequired
    />
  );
}

/** What the provider's calls need besides address and credential. */
export function SettingFields({ draft, change, problemOf }: StepProps<Pick<ConnectionDraft, 'provider' | 'settings'>>) {
  const t = useText();
  const { settingFields } = PROVIDER_DESCRIPTORS[draft.provider];
  return (
    <div className={styles['pair']}>
      {settingFields.map(({ key, labelKey, hintKey, options }) => {
        const problem = problemOf(`settings.${key}`);
        const common = {
          label: t(labelKey),
          hint: hintKey === null ? undefined : t(hintKey),
          value: draft.settings[key] ?? '',
          onChange: (value: string) => change({ settings: { ...draft.settings, [key]: value } }),
          error: problem === undefined ? undefined : t(problem),
        };
        if (options === null) return <TextField key={key} {...common} />;
        const shown = options.map(({ id, labelKey: word }) => ({ id, label: word === null ? id : t(word) }));
        return <SelectField key={key} {...common} options={shown} />;
      })}
    </div>
  );
}

/** What is wanted of each kind of customer. `savedIds`: of the connection's flows; no added one gets them, also when theirs was removed. */
export function FlowsStep({
  draft,
  change,
  problemOf,
  savedIds = [],
}: StepProps<Pick<ConnectionDraft, 'provider' | 'flows'>> & { savedIds?: readonly string[] }) {
  const t = useText();
  const addFrom = (template: FlowTemplate): void => {
    const name = template === 'empty' ? '' : t(`settings.template.${template}`);
    const id = freeId(name === '' ? 'flow' : name, [...draft.flows.map((flow) => flow.id), ...savedIds], '-');
    const flow = flowFromTemplate(template, draft.provider, id, {
      flowName: name,
      identity: t('settings.template.word.identity'),
      address: t('settings.template.word.address'),
      selfie: t('settings.template.word.selfie'),
      company: t('settings.template.word.company'),
      document: t('settings.template.word.document'),
    });
    change({ flows: [...draft.flows, flow] });
  };
  const missing = problemOf('flows');
  const setFlow = (index: number, flow: Flow): void => change({ flows: replaced(draft.flows, index, flow) });
  return (
    <>
      <p className={styles['intro']}>{t('settings.wizard.flows.intro')}</p>
      {draft.flows.map((flow, index) => (
        <FlowEditor
          key={flow.id}
          flow={flow}
          provider={draft.provider}
          onChange={(next) => setFlow(index, next)}
          onRemove={() => change({ flows: without(draft.flows, index) })}
          problemOf={(path) => problemOf(`flows.${index}.${path}`)}
        />
      ))}
      <section className={styles['templates']} aria-labelledby="templates-heading">
        <h3 id="templates-heading" className={styles['fieldsLabel']}>
          {t(draft.flows.length === 0 ? 'settings.wizard.flows.start' : 'settings.wizard.flows.another')}
        </h3>
        <div className={styles['templateButtons']}>
          {templatesFor(draft.provider).map((template) => (
            <button key={template} type="button" className={styles['template']} onClick={() => addFrom(template)}>
              {template === 'empty' ? <Plus aria-hidden size={17} /> : <LayoutTemplate aria-hidden size={17} />}
              <span>
                <strong>{t(`settings.template.${template}`)}</strong>
                <span className={styles['factDetail']}>{t(`settings.template.${template}.hint`)}</span>
              </span>
            </button>
          ))}
        </div>
      </section>
      {missing === undefined ? null : (
        <Banner tone="red" isAlert>
          {t(missing)}
        </Banner>
      )}
    </>
  );
}

/** Everything once more, before it is stored. */
export function SummaryStep({ draft }: { draft: ConnectionDraft }) {
  const t = useText();
  return (
    <>
      <p className={styles['intro']}>{t('settings.wizard.summary.intro')}</p>
      <dl className={styles['facts']}>
        <dt>{t('settings.wizard.step.provider')}</dt>
        <dd>{t(`provider.${draft.provider}`)}</dd>
        <dt>{t('settings.wizard.name')}</dt>
        <dd>{draft.name}</dd>
        <dt>{t('settings.wizard.environment')}</dt>
        <dd>{t(`environment.${draft.environment}`)}</dd>
        <dt>{t('settings.wizard.baseUrl')}</dt>
        <dd className={styles['mono']}>{draft.baseUrl}</dd>
        <dt>{t('settings.connections.credential')}</dt>
        <dd>{t(PROVIDER_DESCRIPTORS[draft.provider].enteredKey)}</dd>
        <dt>{t('settings.connections.flows')}</dt>
        <dd>
          <FlowList flows={draft.flows} />
        </dd>
      </dl>
      {draft.environment === 'production' ? (
        <Banner tone="amber">{t('settings.wizard.environment.production.hint')}</Banner>
      ) : null}
      <ProviderNotice provider={draft.provider} />
    </>
  );
}
