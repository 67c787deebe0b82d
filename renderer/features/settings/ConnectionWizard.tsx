import { ArrowLeft, ArrowRight, Check, LayoutTemplate, Plug, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { PERSONA_VERSIONS } from '../../../shared/domain/index.ts';
import type { Flow, ProviderId } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  Card,
  FailureNote,
  paths,
  RadioField,
  SelectField,
  TextField,
  useFirstFieldFocus,
  Working,
} from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { checkDraft, emptyDraft, isKeyOfOtherEnvironment, stepOf, WIZARD_STEPS } from './connectionDraft.ts';
import type { ConnectionDraft, DraftProblem, ProblemKey, WizardStep } from './connectionDraft.ts';
import { LegacyNotice } from './ConnectionsSection.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import { FlowEditor } from './FlowEditor.tsx';
import { replaced, without } from './flowEdits.ts';
import { FlowSummary } from './FlowSummary.tsx';
import { SectionHead } from './SectionHead.tsx';
import { BASE_URLS, flowFromTemplate, freeId, templatesFor } from './templates.ts';
import type { FlowTemplate } from './templates.ts';
import { TestResult } from './TestResult.tsx';
import styles from './Settings.module.css';

const CONNECTIONS_PATH = paths.settingsSection('connections');

/** Adds a connection: provider, address, credential, flows, then a summary that stores it and tests it. */
export function ConnectionWizard() {
  const t = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<ConnectionDraft>(() => emptyDraft('persona'));
  const [step, setStep] = useState<WizardStep>('provider');
  const [triedSteps, setTriedSteps] = useState<ReadonlySet<WizardStep>>(new Set());
  const create = useAction('connection.create', { isSilent: true });
  const test = useAction('connection.test', { isSilent: true });
  const form = useRef<HTMLFormElement | null>(null);
  const [failedTries, setFailedTries] = useState(0);
  useFirstFieldFocus(form, step);

  const check = checkDraft(draft);
  const problems = check.ok ? [] : check.problems;
  const problemOf = (path: string): ProblemKey | undefined =>
    triedSteps.has(stepOf(path)) ? problems.find((problem) => problem.path === path)?.key : undefined;
  const change = (part: Partial<ConnectionDraft>): void => setDraft({ ...draft, ...part });

  // A refused "Continue" leads to the input that has to be put right.
  useEffect(() => {
    if (failedTries > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
  }, [failedTries]);

  const position = WIZARD_STEPS.indexOf(step);
  const proceed = (): void => {
    setTriedSteps(new Set([...triedSteps, step]));
    if (problems.some((problem) => stepOf(problem.path) === step)) {
      setFailedTries(failedTries + 1);
      return;
    }
    const next = WIZARD_STEPS[position + 1];
    if (next !== undefined) {
      setStep(next);
      return;
    }
    if (!check.ok) {
      const first: DraftProblem | undefined = problems[0];
      if (first !== undefined) setStep(stepOf(first.path));
      setTriedSteps(new Set(WIZARD_STEPS));
      return;
    }
    create.mutate(
      { connection: check.connection },
      {
        onSuccess: ({ connectionId }) => {
          // The credential has reached main; the window forgets it.
          setDraft({ ...draft, apiKey: '', password: '' });
          test.mutate({ connectionId });
        },
      },
    );
  };

  if (create.isSuccess) {
    return (
      <>
        <SectionHead title={t('settings.wizard.created', { name: draft.name.trim() })} />
        <div className={styles['stack']}>
          {test.isPending ? <Working>{t('settings.connections.testing')}</Working> : null}
          {test.isPending || test.isIdle ? null : <TestResult result={test.data} error={test.error} />}
          {test.isError || test.data?.isOk === false ? (
            <Banner tone="amber">{t('settings.wizard.failed')}</Banner>
          ) : null}
          <div className={styles['buttons']}>
            <Button
              tone="primary"
              onPress={() =>
                void navigate(`${CONNECTIONS_PATH}?connection=${encodeURIComponent(create.data.connectionId)}`)
              }
            >
              {t('settings.wizard.done')}
            </Button>
            {test.isPending || test.data?.isOk === true ? null : (
              <Button icon={Plug} onPress={() => test.mutate({ connectionId: create.data.connectionId })}>
                {t('settings.connections.test')}
              </Button>
            )}
          </div>
        </div>
      </>
    );
  }

  return (
    <>
      <SectionHead title={t('settings.wizard.title')} />
      <ol className={styles['steps']} aria-label={t('settings.wizard.steps')}>
        {WIZARD_STEPS.map((id, index) => (
          <li
            key={id}
            className={styles['stepMark']}
            data-state={index < position ? 'done' : index === position ? 'current' : 'later'}
            {...(index === position ? { 'aria-current': 'step' as const } : {})}
          >
            <span className={styles['stepNumber']}>
              {index < position ? <Check aria-hidden size={13} strokeWidth={3} /> : index + 1}
            </span>
            {t(`settings.wizard.step.${id}`)}
          </li>
        ))}
      </ol>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          proceed();
        }}
      >
        <Card>
          <div className={styles['stack']}>
            {step === 'provider' ? (
              <RadioField<ProviderId>
                label={t('settings.wizard.provider.question')}
                value={draft.provider}
                onChange={(provider) =>
                  setDraft({ ...emptyDraft(provider), name: draft.name, environment: draft.environment })
                }
                options={(['persona', 'personr'] as const).map((id) => ({
                  id,
                  label: t(`provider.${id}`),
                  detail: t(`settings.wizard.provider.${id}`),
                }))}
              />
            ) : step === 'address' ? (
              <AddressStep draft={draft} change={change} problemOf={problemOf} />
            ) : step === 'credential' ? (
              <>
                <CredentialFields provider={draft.provider} values={draft} onChange={change} problemOf={problemOf} />
                {draft.provider === 'persona' && isKeyOfOtherEnvironment(draft.apiKey, draft.environment) ? (
                  <Banner tone="amber">{t('settings.credential.otherEnvironment')}</Banner>
                ) : null}
                <p className={styles['quiet']}>
                  {t('settings.wizard.credential.safe', { host: hostOf(draft.baseUrl) })}
                </p>
              </>
            ) : step === 'flows' ? (
              <FlowsStep draft={draft} change={change} problemOf={problemOf} />
            ) : (
              <Summary draft={draft} />
            )}
            {step === 'summary' && create.isError ? <FailureNote error={create.error} /> : null}
          </div>
        </Card>
        <div className={styles['wizardFoot']}>
          <Button tone="quiet" onPress={() => void navigate(CONNECTIONS_PATH)}>
            {t('settings.wizard.cancel')}
          </Button>
          <span className={styles['grow']} />
          {position === 0 ? null : (
            <Button icon={ArrowLeft} onPress={() => setStep(WIZARD_STEPS[position - 1] ?? 'provider')}>
              {t('settings.wizard.back')}
            </Button>
          )}
          <Button
            type="submit"
            tone="primary"
            icon={step === 'summary' ? Plug : ArrowRight}
            isDisabled={create.isPending}
          >
            {t(
              create.isPending
                ? 'settings.wizard.creating'
                : step === 'summary'
                  ? 'settings.wizard.create'
                  : 'settings.wizard.next',
            )}
          </Button>
        </div>
      </form>
    </>
  );
}

interface StepProps {
  draft: ConnectionDraft;
  change: (part: Partial<ConnectionDraft>) => void;
  problemOf: (path: string) => ProblemKey | undefined;
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

function AddressStep({ draft, change, problemOf }: StepProps) {
  const t = useText();
  const error = (path: string): string | undefined => {
    const key = problemOf(path);
    return key === undefined ? undefined : t(key);
  };
  const [current, older] = BASE_URLS[draft.provider];
  const other = draft.baseUrl === older ? current : older;
  return (
    <>
      <TextField
        label={t('settings.wizard.name')}
        hint={t('settings.wizard.name.hint')}
        value={draft.name}
        onChange={(name) => change({ name })}
        error={error('name')}
        isRequired
      />
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
      {draft.provider === 'persona' ? (
        <>
          <div className={styles['pair']}>
            <SelectField
              label={t('settings.wizard.version')}
              hint={t('settings.wizard.version.hint')}
              value={draft.version}
              onChange={(version) => change({ version })}
              options={PERSONA_VERSIONS.map((version) => ({ id: version, label: version }))}
              error={error('version')}
            />
            <SelectField
              label={t('settings.wizard.keyInflection')}
              value={draft.keyInflection}
              onChange={(keyInflection) => change({ keyInflection })}
              options={(['kebab', 'camel', 'snake'] as const).map((id) => ({
                id,
                label: t(`settings.wizard.keyInflection.${id}`),
              }))}
            />
          </div>
          <LegacyNotice />
        </>
      ) : null}
    </>
  );
}

function FlowsStep({ draft, change, problemOf }: StepProps) {
  const t = useText();
  const addFrom = (template: FlowTemplate): void => {
    const name = template === 'empty' ? '' : t(`settings.template.${template}`);
    const id = freeId(
      name === '' ? 'flow' : name,
      draft.flows.map((flow) => flow.id),
      '-',
    );
    const flow = flowFromTemplate(template, draft.provider, id, {
      flowName: name,
      identity: t('settings.template.word.identity'),
      address: t('settings.template.word.address'),
      selfie: t('settings.template.word.selfie'),
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

function Summary({ draft }: { draft: ConnectionDraft }) {
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
        <dd>
          {t(draft.provider === 'persona' ? 'settings.wizard.summary.apiKey' : 'settings.wizard.summary.account')}
        </dd>
        <dt>{t('settings.connections.flows')}</dt>
        <dd>
          <ul className={styles['flowList']}>
            {draft.flows.map((flow) => (
              <li key={flow.id}>
                <FlowSummary flow={flow} />
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {draft.environment === 'production' ? (
        <Banner tone="amber">{t('settings.wizard.environment.production.hint')}</Banner>
      ) : null}
      {draft.provider === 'persona' ? <LegacyNotice /> : null}
    </>
  );
}
