import { Check, ChevronDown, CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import type { HTMLInputAutoCompleteAttribute, ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListLayout,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
  Virtualizer,
} from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { steady } from './steady.tsx';
import { useAnchoredList } from './useAnchoredList.ts';
import styles from './Field.module.css';

interface CommonFieldProps {
  label: string;
  /** One line below the field about what is expected. */
  hint?: string | undefined;
  /** What is wrong with the value, as a sentence; its presence marks the field as invalid. */
  error?: string | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
  /** The label is read out but not drawn (the place says it already). */
  isLabelHidden?: boolean;
  className?: string | undefined;
}

function FieldLabel({ label, isRequired, isLabelHidden }: CommonFieldProps) {
  return (
    <Label className={classes(isLabelHidden === true ? 'visually-hidden' : styles['label'])}>
      {label}
      {isRequired === true ? (
        <span className={styles['required']} aria-hidden>
          {' '}
          *
        </span>
      ) : null}
    </Label>
  );
}

function FieldFoot({ hint, error }: CommonFieldProps): ReactNode {
  return (
    <>
      {hint === undefined || error !== undefined ? null : (
        <Text slot="description" className={styles['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>
        {error === undefined ? null : (
          <>
            <CircleAlert aria-hidden size={14} />
            <span>{error}</span>
          </>
        )}
      </FieldError>
    </>
  );
}

export interface TextFieldProps extends CommonFieldProps {
  name?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** `date` shows the system's date input; the value is then `YYYY-MM-DD` or ''. */
  type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url' | 'date';
  placeholder?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  isMultiline?: boolean;
  /** Has the focus from the start; only for the first field of a dialog. */
  takesFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line (or, `isMultiline`, several lines) of text. */
export const TextField = steady(function TextField(props: TextFieldProps) {
  const { name, value, onChange, onBlur, type = 'text', placeholder = '', isMultiline = false, inputRef } = props;
  return (
    <AriaTextField
      className={classes(styles['field'], props.className)}
      value={value}
      onChange={onChange}
      {...(name === undefined ? {} : { name })}
      {...(onBlur === undefined ? {} : { onBlur })}
      type={type === 'date' ? 'text' : type}
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      {...(props.takesFocus === true ? { autoFocus: true } : {})}
      autoComplete={props.autoComplete ?? 'off'}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      {isMultiline ? (
        <TextArea className={classes(styles['input'], styles['area'])} rows={3} placeholder={placeholder} />
      ) : (
        <Input
          className={styles['input'] ?? ''}
          placeholder={placeholder}
          spellCheck={false}
          {...(type === 'date' ? { type: 'date', max: '9999-12-31' } : {})}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
        />
      )}
      <FieldFoot {...props} />
    </AriaTextField>
  );
});

/** A calendar date as `YYYY-MM-DD`; typed in segments by keyboard, in the order of the person's language. */
export function DateField(props: Omit<TextFieldProps, 'type' | 'isMultiline'>) {
  return <TextField {...props} type="date" />;
}

export interface Option<Value extends string = string> {
  id: Value;
  label: string;
  /** A second, quieter line. */
  detail?: string;
}

interface ChoiceProps<Value extends string> extends CommonFieldProps {
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
  size?: 's' | 'm';
}

function OptionRow<Value extends string>({ option }: { option: Option<Value> }) {
  return (
    <ListBoxItem id={option.id} textValue={option.label} className={styles['option'] ?? ''}>
      {({ isSelected }) => (
        <>
          <span className={styles['optionText']}>
            <Text slot="label">{option.label}</Text>
            {option.detail === undefined ? null : (
              <Text slot="description" className={styles['optionDetail'] ?? ''}>
                {option.detail}
              </Text>
            )}
          </span>
          {isSelected ? <Check aria-hidden size={15} /> : null}
        </>
      )}
    </ListBoxItem>
  );
}

/** One of a few choices. */
export const SelectField = steady(function SelectField<Value extends string>(props: ChoiceProps<Value>) {
  const { options, value, onChange, placeholder, size = 'm' } = props;
  return (
    <Select
      className={classes(styles['field'], props.className)}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <AriaButton className={classes(styles['input'], styles['select'], size === 's' && styles['small'])}>
        <SelectValue className={styles['selectValue'] ?? ''}>
          {({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDown aria-hidden size={15} />
      </AriaButton>
      <FieldFoot {...props} />
      <Popover className={styles['popover'] ?? ''} offset={4}>
        <ListBox className={styles['list'] ?? ''} items={options}>
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </Select>
  );
});

/** About what a row of one line is high; what it really is counts as soon as it is drawn. */
const ROW_PIXELS = 36;

/** One of many choices, found by typing. '' stands for none when `isClearable`. */
export const ComboField = steady(function ComboField<Value extends string>(
  props: ChoiceProps<Value> & { onBlur?: () => void },
) {
  const t = useText();
  const { options, value, onChange, placeholder = '', size = 'm', onBlur } = props;
  const box = useRef<HTMLDivElement>(null);
  useAnchoredList(box);
  const [wasEntered, setWasEntered] = useState(false);
  return (
    <ComboBox
      className={classes(styles['field'], props.className)}
      // React Aria draws each option once out of sight. Until somebody comes here, the chosen one is all that can be seen.
      defaultItems={wasEntered ? options : options.filter(({ id }) => id === value)}
      onFocus={() => setWasEntered(true)}
      value={value === '' ? null : value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      {...(onBlur === undefined ? {} : { onBlur })}
      menuTrigger="focus"
      // Says that nothing fits, and shows what does when the options come after the text (an answer of main's that is under way).
      allowsEmptyCollection
      isInvalid={props.error !== undefined}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      validationBehavior="aria"
    >
      <FieldLabel {...props} />
      <div ref={box} className={styles['comboBox']}>
        <Input
          className={classes(styles['input'], styles['comboInput'], size === 's' && styles['small'])}
          placeholder={placeholder}
          spellCheck={false}
        />
        <AriaButton className={styles['comboButton'] ?? ''} aria-label={t('combo.show')}>
          <ChevronDown aria-hidden size={15} />
        </AriaButton>
      </div>
      <FieldFoot {...props} />
      <Popover className={classes(styles['popover'], styles['longPopover'])} offset={4}>
        <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: ROW_PIXELS }}>
          <ListBox<Option<Value>>
            className={classes(styles['list'], styles['longList'])}
            renderEmptyState={() => <p className={styles['nothing']}>{t('combo.empty')}</p>}
          >
            {(option) => <OptionRow option={option} />}
          </ListBox>
        </Virtualizer>
      </Popover>
    </ComboBox>
  );
});
