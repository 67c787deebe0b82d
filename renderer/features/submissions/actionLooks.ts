import { Ban, CirclePause, CirclePlay, RotateCw, Send, ShieldCheck, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ButtonTone } from '../../components/index.ts';
import type { SubmissionAction } from './actions.ts';

/** How each action looks; the words are `submissions.action.<action>`. */
export const actionLooks: Readonly<Record<SubmissionAction, { icon: LucideIcon; tone: ButtonTone }>> = {
  release: { icon: Send, tone: 'primary' },
  tryNow: { icon: RotateCw, tone: 'secondary' },
  takeBack: { icon: Undo2, tone: 'secondary' },
  hold: { icon: CirclePause, tone: 'secondary' },
  resume: { icon: CirclePlay, tone: 'primary' },
  override: { icon: ShieldCheck, tone: 'secondary' },
  void: { icon: Ban, tone: 'danger' },
};
