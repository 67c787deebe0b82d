export { ActionMenu } from './ActionMenu.tsx';
export type { ActionMenuItem } from './ActionMenu.tsx';
export { Badge, CauseBadge, causeIcons, LightBadge, lightIcons, severityLooks, StateBadge, Working } from './Badge.tsx';
export type { BadgeProps, Tone } from './Badge.tsx';
export { Button, IconButton, WithTooltip } from './Button.tsx';
export type { ButtonProps, ButtonSize, ButtonTone, IconButtonProps } from './Button.tsx';
export { classes } from './classes.ts';
export { CopyText } from './CopyText.tsx';
export { countryName, countryOptions } from './countries.ts';
export { Dialog, DialogForm } from './Dialog.tsx';
export type { DialogProps } from './Dialog.tsx';
export { ComboField, DateField, SelectField, TextField } from './Field.tsx';
export type { Option, TextFieldProps } from './Field.tsx';
export {
  dateInWords,
  formatBytes,
  formatCountdown,
  formatDistance,
  formatMoment,
  formatNumber,
  typedNumber,
} from './format.ts';
export { CrashBoundary, FailureNote } from './Failure.tsx';
export { Kbd } from './Kbd.tsx';
export { OverrideDialog } from './OverrideDialog.tsx';
export { paths } from './paths.ts';
export { Progress } from './Progress.tsx';
export { revealSelected } from './reveal.ts';
export { Ring } from './Ring.tsx';
export { scrollsByKeys } from './scrolling.ts';
export { useOneRow } from './useOneRow.ts';
export { currentShortcutGroups, isMac, useShortcuts } from './shortcuts.ts';
export type { Shortcut, ShortcutGroup } from './shortcuts.ts';
export { Banner, Card, EmptyState, Page, PageHeader } from './Surface.tsx';
export type { BannerProps, CardProps } from './Surface.tsx';
export { steady } from './steady.tsx';
export { SetPinButton, SupervisorFields, useSupervisorWord, whoIs } from './Supervisor.tsx';
export { SearchField, TableFailure, TableNotice, TableTitle, useTable } from './Table.tsx';
export type { TableState } from './Table.tsx';
export { Tabs } from './Tabs.tsx';
export type { TabItem } from './Tabs.tsx';
export { Countdown, Moment, RelativeTime, TimeInWords } from './Time.tsx';
export { dateText, dayText, momentText } from './when.ts';
export { ToastArea } from './ToastArea.tsx';
export { showToast } from './toasts.ts';
export type { ToastContentData } from './toasts.ts';
export type { WindowedRows, WindowPage, WindowSource } from './useWindowedRows.ts';
export { cursorAfterKey } from './windowing.ts';
export { WindowedGrid } from './WindowedGrid.tsx';
export type { GridColumn, RowRange, WindowedGridProps } from './WindowedGrid.tsx';
export { CheckboxField, RadioField, SwitchField } from './Choice.tsx';
export type { RadioOption, ToggleProps } from './Choice.tsx';
export { isTyping } from './typing.ts';
export { focusWork, isFocusAtWork, workProps } from './work.ts';
export { useFirstFieldFocus } from './useFirstFieldFocus.ts';
