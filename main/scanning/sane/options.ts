/** One option of a device, as `scanimage -A` lists it. Inactive ones are left out: setting one ends scanimage. */
export interface DeviceOption {
  /** As it is typed, with its dashes: `--resolution`, `-x`. */
  readonly flag: string;
  /** The words or numbers it takes; empty for a range or anything else. */
  readonly choices: readonly string[];
  readonly range: { readonly min: number; readonly max: number; readonly step: number } | null;
  /** `dpi`, `mm`, `pel` …; '' when it has none. */
  readonly unit: string;
  /** Its present value; null for a button or a table. */
  readonly value: string | null;
}

/** `    --name what it takes [value] [mark]`; a group's heading has two spaces, a description eight. */
const OPTION = /^ {4}(--?[A-Za-z0-9-]+)(\[=\(([^)]*)\)\]|[ ]+(?=[^ [])(.*?))?(?: \[(.*?)\])?( \[[a-z-]+\])?$/;
const RANGE = /^(?:auto\|)?(-?[\d.]+)\.\.(-?[\d.]+)([a-z%]*)(?:,\.\.\.)?(?: \(in steps of ([\d.]+)\))?$/;
const NUMBERS = /^-?[\d.]+(?:\|-?[\d.]+)*([a-z%]*)$/;
/** What may stand where the value would: the option cannot be set now, or not by a program. */
const NOT_SETTABLE = new Set(['inactive', 'read-only', 'hardware']);

function optionOf(line: string): DeviceOption | null {
  const found = OPTION.exec(line);
  if (found === null) return null;
  const [, flag = '', , yesOrNo, takes = '', value = null, mark = ''] = found;
  if (value !== null && NOT_SETTABLE.has(value)) return null;
  if (NOT_SETTABLE.has(mark.slice(2, -1))) return null;
  if (yesOrNo !== undefined) return { flag, choices: yesOrNo.split('|'), range: null, unit: '', value };
  const range = RANGE.exec(takes);
  if (range !== null) {
    const [, min, max, unit = '', step] = range;
    return {
      flag,
      choices: [],
      range: { min: Number(min), max: Number(max), step: step === undefined ? 0 : Number(step) },
      unit,
      value,
    };
  }
  const numbers = NUMBERS.exec(takes);
  if (numbers !== null) {
    const unit = numbers[1] ?? '';
    const list = unit === '' ? takes : takes.slice(0, -unit.length);
    return { flag, choices: list.split('|'), range: null, unit, value };
  }
  return { flag, choices: takes === '' ? [] : takes.split('|'), range: null, unit: '', value };
}

/**
 * Reads what `scanimage -d DEVICE -A` prints, for which there is no form made for programs. The layout is that of
 * scanimage 1.1.1 and of the lists that owners of other devices published; lines that are no option are passed over.
 */
export function parseOptions(text: string): Map<string, DeviceOption> {
  const options = new Map<string, DeviceOption>();
  for (const line of text.split('\n')) {
    const option = optionOf(line.trimEnd());
    if (option !== null) options.set(option.flag, option);
  }
  return options;
}
