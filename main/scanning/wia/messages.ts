import { z } from 'zod';
import { ScanSource } from '../../../shared/domain/index.ts';
import type { ScanState } from '../../../shared/domain/index.ts';

const Area = z.object({ width: z.number(), height: z.number() });

/** What the script (assets/wia/scan.ps1) says, one JSON object a line. Lengths in millimetres; an area of 0 is not known. */
const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('device'), id: z.string().min(1).max(300), vendor: z.string(), model: z.string() }),
  z.object({
    type: z.literal('source'),
    source: ScanSource,
    dpis: z.array(z.number().int().positive()),
    range: z.object({ min: z.number().int(), max: z.number().int(), step: z.number().int() }).nullable(),
    area: Area,
  }),
  z.object({ type: z.literal('page'), file: z.string().regex(/^p\d{3,}\.jpg$/) }),
  /** An HRESULT in upper-case hexadecimal. */
  z.object({ type: z.literal('error'), code: z.string() }),
  z.object({ type: z.literal('end') }),
]);
export type WiaMessage = z.infer<typeof Message>;

/** Null: it is none. PowerShell itself may write anything. */
export function readMessage(line: string): WiaMessage | null {
  try {
    const parsed = Message.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** WIA_ERROR_… (wiadef.h), and what COM says when a right is missing or a value is refused. */
const CODES: Readonly<Record<string, ScanState>> = {
  '80210002': 'paperJam',
  '80210003': 'feederEmpty',
  '80210004': 'paperJam',
  '80210005': 'offline',
  '80210006': 'busy',
  '80210007': 'busy',
  '80210009': 'offline',
  '8021000A': 'offline',
  '8021000C': 'unsupported',
  '8021000D': 'busy',
  '80210015': 'offline',
  '80210016': 'coverOpen',
  '80210020': 'multiFeed',
  '80210064': 'cancelled',
  '80070005': 'accessDenied',
  '80070057': 'unsupported',
};

export function stateOf(code: string): ScanState {
  return CODES[code.toUpperCase()] ?? 'deviceError';
}
