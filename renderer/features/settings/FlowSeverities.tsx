import { JudgedRule, severitiesFor } from '../../../shared/domain/index.ts';
import type { Flow, Severity } from '../../../shared/domain/index.ts';
import { SelectField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import styles from './Settings.module.css';

/** How much each rule that is the organisation's to judge weighs under this flow. Closed at first: most flows leave them as they are. */
export function FlowSeverities({ flow, onChange }: { flow: Flow; onChange: (flow: Flow) => void }) {
  const t = useText();
  const choose = (rule: JudgedRule, choice: Severity | 'usual'): void => {
    const { [rule]: _before, ...others } = flow.severities ?? {};
    onChange({ ...flow, severities: choice === 'usual' ? others : { ...others, [rule]: choice } });
  };
  return (
    <details>
      <summary className={styles['fieldsLabel']}>{t('settings.flow.severities')}</summary>
      <div className={styles['weights']}>
        {JudgedRule.options.map((rule) => (
          <SelectField
            key={rule}
            label={t(`settings.flow.rule.${rule}`)}
            value={flow.severities?.[rule] ?? 'usual'}
            options={(['usual', ...severitiesFor(rule)] as const).map((choice) => ({
              id: choice,
              label: t(`settings.flow.severity.${choice}`),
            }))}
            onChange={(choice) => choose(rule, choice)}
          />
        ))}
      </div>
    </details>
  );
}
