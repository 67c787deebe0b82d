import { PictureRule, Severity } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { SelectField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import styles from './Settings.module.css';

const CHOICES = ['usual', ...Severity.options] as const;

/** How much each rule about pictures weighs under this flow. Closed at first: most flows leave them as they are. */
export function FlowSeverities({ flow, onChange }: { flow: Flow; onChange: (flow: Flow) => void }) {
  const t = useText();
  const choose = (rule: PictureRule, choice: (typeof CHOICES)[number]): void => {
    const { [rule]: _before, ...others } = flow.severities ?? {};
    onChange({ ...flow, severities: choice === 'usual' ? others : { ...others, [rule]: choice } });
  };
  return (
    <details>
      <summary className={styles['fieldsLabel']}>{t('settings.flow.severities')}</summary>
      <div className={styles['fields']}>
        {PictureRule.options.map((rule) => (
          <SelectField
            key={rule}
            label={t(`settings.flow.rule.${rule}`)}
            value={flow.severities?.[rule] ?? 'usual'}
            options={CHOICES.map((choice) => ({ id: choice, label: t(`settings.flow.severity.${choice}`) }))}
            onChange={(choice) => choose(rule, choice)}
          />
        ))}
      </div>
    </details>
  );
}
