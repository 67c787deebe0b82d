import { ArrowLeft, ArrowRight, Check, Plug } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { DEFAULT_PROVIDER, ProviderId } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  Card,
  FailureNote,
  paths,
  RadioField,
  useFirstFieldFocus,
  Working,
} from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { checkDraft, emptyDraft, stepOf, WIZARD_STEPS } from './connectionDraft.ts';
import type { ConnectionDraft, WizardStep } from './connectionDraft.ts';
import { emptyCredential, isKeyOfOtherEnvironment } from './credential.ts';
import { CredentialFields } from './CredentialFields.tsx';
import type { DraftProblem, ProblemKey } from './problems.ts';
import { SectionHead } from './SectionHead.tsx';
import { TestResult } from './TestResult.tsx';
import { AddressStep, FlowsStep, SummaryStep } from './wizardSteps.tsx';
import styles from './Settings.module.css';

const CONNECTIONS_PATH = paths.settingsSection('connections');

/** Adds a connection: provider, address, credential, flows, then a summary that stores it and tests it. */
export function ConnectionWizard() {
  const t = useText();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<ConnectionDraft>(() => emptyDraft(DEFAULT_PROVIDER));
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
          setDraft({ ...draft, credential: emptyCredential(draft.provider) });
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
                options={ProviderId.options.map((id) => ({
                  id,
                  label: t(`provider.${id}`),
                  detail: t(`settings.wizard.provider.${id}`),
                }))}
              />
            ) : step === 'address' ? (
              <AddressStep draft={draft} change={change} problemOf={problemOf} />
            ) : step === 'credential' ? (
              <>
                <CredentialFields
                  provider={draft.provider}
                  values={draft.credential}
                  onChange={(credential) => change({ credential })}
                  problemOf={problemOf}
                />
                {isKeyOfOtherEnvironment(draft.provider, draft.credential, draft.environment) ? (
                  <Banner tone="amber">{t('settings.credential.otherEnvironment')}</Banner>
                ) : null}
                <p className={styles['quiet']}>
                  {t('settings.wizard.credential.safe', { host: hostOf(draft.baseUrl) })}
                </p>
              </>
            ) : step === 'flows' ? (
              <FlowsStep draft={draft} change={change} problemOf={problemOf} />
            ) : (
              <SummaryStep draft={draft} />
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

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
