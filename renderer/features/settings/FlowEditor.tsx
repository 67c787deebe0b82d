import { ArrowDown, ArrowUp, Plus, Trash2, X } from 'lucide-react';
import { DocumentType, SubjectField, fieldsOf, sideChoiceOf } from '../../../shared/domain/index.ts';
import type { Flow, ProviderId, Requirement } from '../../../shared/domain/index.ts';
import { Button, CheckboxField, IconButton, SelectField, TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import {
  moved,
  nextDocumentType,
  replaced,
  withDocument,
  withDocumentType,
  without,
  withRequirement,
  withSides,
} from './flowEdits.ts';
import { FlowRouteFields } from './FlowRouteFields.tsx';
import { FlowSeverities } from './FlowSeverities.tsx';
import { MaxAgeFields } from './MaxAgeFields.tsx';
import type { ProblemKey } from './problems.ts';
import { SIDE_CHOICES } from './templates.ts';
import styles from './Settings.module.css';

export interface FlowEditorProps {
  flow: Flow;
  provider: ProviderId;
  onChange: (flow: Flow) => void;
  onRemove: () => void;
  /** The problem of an input of this flow, by its path inside the flow (`requirements.0.label`). */
  problemOf: (path: string) => ProblemKey | undefined;
}

/** One flow: its name, the fields the counter asks for, its requirements and what each accepts. */
export function FlowEditor({ flow, provider, onChange, onRemove, problemOf }: FlowEditorProps) {
  const t = useText();
  const setRequirement = (index: number, requirement: Requirement): void =>
    onChange({ ...flow, requirements: replaced(flow.requirements, index, requirement) });
  const error = (path: string): string | undefined => {
    const key = problemOf(path);
    return key === undefined ? undefined : t(key);
  };
  return (
    <fieldset className={styles['flow']}>
      <legend className="visually-hidden">{flow.name === '' ? t('settings.flow.name') : flow.name}</legend>
      <div className={styles['flowHead']}>
        <TextField
          label={t('settings.flow.name')}
          hint={t(`settings.flow.name.hint.${provider}`)}
          value={flow.name}
          onChange={(name) => onChange({ ...flow, name })}
          error={error('name')}
          isRequired
          className={styles['grow']}
        />
        <IconButton icon={Trash2} label={t('settings.flow.remove')} onPress={onRemove} />
      </div>

      <FlowRouteFields flow={flow} provider={provider} onChange={onChange} error={error} />

      <fieldset className={styles['fields']}>
        <legend className={styles['fieldsLabel']}>{t('settings.flow.fields')}</legend>
        {fieldsOf(flow).map((field) => (
          <CheckboxField
            key={field}
            label={t(`field.${field}`)}
            isOn={flow.requiredFields.includes(field)}
            onChange={(isOn) =>
              onChange({
                ...flow,
                // In the order of the form, however they were ticked.
                requiredFields: SubjectField.options.filter((known) =>
                  known === field ? isOn : flow.requiredFields.includes(known),
                ),
              })
            }
          />
        ))}
      </fieldset>

      <FlowSeverities flow={flow} onChange={onChange} />

      <p className={styles['fieldsLabel']}>{t('settings.flow.requirements')}</p>
      <ol className={styles['requirements']}>
        {flow.requirements.map((requirement, index) => (
          <li key={requirement.id} className={styles['requirement']}>
            <div className={styles['requirementHead']}>
              <span className={styles['number']}>{index + 1}</span>
              <TextField
                label={t('settings.flow.label')}
                isLabelHidden
                value={requirement.label}
                onChange={(label) => setRequirement(index, { ...requirement, label })}
                error={error(`requirements.${index}.label`)}
                className={styles['grow']}
              />
              <CheckboxField
                label={t('settings.flow.optional')}
                isOn={requirement.isOptional}
                onChange={(isOptional) => setRequirement(index, { ...requirement, isOptional })}
              />
              <span className={styles['tools']}>
                <IconButton
                  icon={ArrowUp}
                  size="s"
                  label={t('settings.flow.moveUp')}
                  isDisabled={index === 0}
                  onPress={() => onChange({ ...flow, requirements: moved(flow.requirements, index, -1) })}
                />
                <IconButton
                  icon={ArrowDown}
                  size="s"
                  label={t('settings.flow.moveDown')}
                  isDisabled={index === flow.requirements.length - 1}
                  onPress={() => onChange({ ...flow, requirements: moved(flow.requirements, index, 1) })}
                />
                <IconButton
                  icon={X}
                  size="s"
                  label={t('settings.flow.removeRequirement')}
                  isDisabled={flow.requirements.length === 1}
                  onPress={() => onChange({ ...flow, requirements: without(flow.requirements, index) })}
                />
              </span>
            </div>
            <AcceptedDocuments
              requirement={requirement}
              provider={provider}
              onChange={(next) => setRequirement(index, next)}
              error={(path) => error(`requirements.${index}.${path}`)}
            />
            <MaxAgeFields
              requirement={requirement}
              onChange={(next) => setRequirement(index, next)}
              error={error(`requirements.${index}.maxAgeDays`)}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          size="s"
          tone="quiet"
          icon={Plus}
          onPress={() => onChange(withRequirement(flow, provider, t('settings.template.word.document')))}
        >
          {t('settings.flow.addRequirement')}
        </Button>
      </div>
    </fieldset>
  );
}

function AcceptedDocuments({
  requirement,
  provider,
  onChange,
  error,
}: {
  requirement: Requirement;
  provider: ProviderId;
  onChange: (requirement: Requirement) => void;
  error: (path: string) => string | undefined;
}) {
  const t = useText();
  return (
    <fieldset className={styles['accepts']}>
      <legend className="visually-hidden">{t('settings.flow.accepts')}</legend>
      {requirement.accepts.map((accepted, index) => (
        <div key={`${requirement.id}-${index}`} className={styles['accepted']}>
          <SelectField
            label={t('settings.flow.document')}
            isLabelHidden={index > 0}
            value={accepted.documentType}
            options={DocumentType.options.map((type) => ({ id: type, label: t(`document.${type}`) }))}
            onChange={(type) => onChange(withDocumentType(requirement, index, type, provider))}
            error={error(`accepts.${index}.documentType`)}
          />
          <SelectField
            label={t('settings.flow.sides')}
            isLabelHidden={index > 0}
            value={sideChoiceOf(accepted.sides)}
            options={SIDE_CHOICES.map((choice) => ({ id: choice, label: t(`settings.flow.sides.${choice}`) }))}
            onChange={(choice) => onChange(withSides(requirement, index, choice))}
          />
          <TextField
            label={t(`settings.flow.providerType.${provider}`)}
            isLabelHidden={index > 0}
            value={accepted.providerType}
            onChange={(providerType) =>
              onChange({ ...requirement, accepts: replaced(requirement.accepts, index, { ...accepted, providerType }) })
            }
            error={error(`accepts.${index}.providerType`)}
          />
          <IconButton
            icon={X}
            size="s"
            label={t('settings.flow.removeDocument')}
            isDisabled={requirement.accepts.length === 1}
            onPress={() => onChange({ ...requirement, accepts: without(requirement.accepts, index) })}
          />
        </div>
      ))}
      {nextDocumentType(requirement) === null ? null : (
        <div>
          <Button size="s" tone="quiet" icon={Plus} onPress={() => onChange(withDocument(requirement, provider))}>
            {t('settings.flow.addDocument')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
