import { checkDigit } from '../mrz/index.ts';

/**
 * A document number without spaces and punctuation, with what nobody can tell apart on paper written as one: O as 0, I as 1.
 */
export function numberKey(number: string): string {
  return number
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replaceAll('I', '1');
}

/** Whether two writings are of one document number. Some cards print its check digit behind it, so that one may follow. */
export function isSameNumber(first: string, second: string): boolean {
  const [one, other] = [numberKey(first), numberKey(second)];
  return one === other || one === withDigit(second) || withDigit(first) === other;
}

function withDigit(number: string): string {
  const plain = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return numberKey(plain + (checkDigit(plain) ?? ''));
}
