import { FileText, ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { PageView } from '../../../shared/domain/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import { classes } from '../../components/index.ts';
import styles from './Stage.module.css';

/**
 * Address of a small picture. `revision` changes when the working view was turned or the inspection is done, so that the
 * browser asks again.
 */
export function thumbnailAddress(page: PageView, revision: number): string {
  return `${imageUrl.thumbnail(page.id)}?revision=${revision}${page.isInspected ? '' : '-raw'}`;
}

/** The small picture of a page; decoration, since its place is named beside it. */
export function Thumbnail({
  page,
  revision,
  className,
}: {
  page: PageView;
  revision: number;
  className?: string | undefined;
}) {
  const address = thumbnailAddress(page, revision);
  const [failed, setFailed] = useState<string | null>(null);
  if (failed === address) {
    const Icon = page.mediaType === 'application/pdf' ? FileText : ImageOff;
    return (
      <span className={classes(styles['thumbnailMissing'], className)}>
        <Icon aria-hidden size={18} />
      </span>
    );
  }
  return <img className={className} src={address} alt="" draggable={false} onError={() => setFailed(address)} />;
}
