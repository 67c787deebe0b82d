import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Label, Radio, RadioGroup, Switch as AriaSwitch } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './Choice.module.css';

export interface ToggleProps {
  label: string;
  /** One line about what it means. */
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}

/** Something that takes effect at once when it is switched. */
export function SwitchField({ label, hint, isOn, onChange, isDisabled = false }: ToggleProps) {
  return (
    <AriaSwitch className={styles['switch'] ?? ''} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className={styles['track']} aria-hidden>
        <span className={styles['thumb']} />
      </span>
      <span className={styles['words']}>
        <span className={styles['label']}>{label}</span>
        {hint === undefined ? null : <span className={styles['hint']}>{hint}</span>}
      </span>
    </AriaSwitch>
  );
}

/** A yes or no of a form. */
export function CheckboxField({ label, hint, isOn, onChange, isDisabled = false }: ToggleProps) {
  return (
    <AriaCheckbox className={styles['checkbox'] ?? ''} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className={styles['box']} aria-hidden>
        <Check size={13} strokeWidth={3} className={styles['tick']} />
      </span>
      <span className={styles['words']}>
        <span>{label}</span>
        {hint === undefined ? null : <span className={styles['hint']}>{hint}</span>}
      </span>
    </AriaCheckbox>
  );
}

export interface RadioOption<Value extends string> {
  id: Value;
  label: string;
  detail?: string;
  icon?: ReactNode;
}

/** One of a few choices, all of them in sight. `isRow`: beside each other without details, for short words. */
export function RadioField<Value extends string>({
  label,
  options,
  value,
  onChange,
  isRow = false,
  isLabelHidden = false,
}: {
  label: string;
  options: readonly RadioOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isRow?: boolean;
  isLabelHidden?: boolean;
}) {
  return (
    <RadioGroup
      className={classes(styles['group'], isRow && styles['row'])}
      value={value}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : (styles['groupLabel'] ?? '')}>{label}</Label>
      <div className={styles['options']}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={styles['radio'] ?? ''}>
            <span className={styles['dot']} aria-hidden />
            {option.icon}
            <span className={styles['words']}>
              <span className={styles['label']}>{option.label}</span>
              {option.detail === undefined ? null : <span className={styles['hint']}>{option.detail}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
