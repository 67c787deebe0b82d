import { FileText, Hourglass, Image, ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { PageView } from '../../../shared/domain/index.ts';
import { imageUrl } from '../../../shared/ipc/index.ts';
import { classes } from '../../components/index.ts';
import styles from './Stage.module.css';

/**
 * The small picture of a page; decoration, since its place is named beside it. It comes with the inspection: asked for
 * before, every page of an import that still runs would be decoded once more. `revision` changes when the working view was
 * turned, so that the browser asks again.
 */
export function Thumbnail({
  page,
  revision,
  className,
}: {
  page: PageView;
  revision: number;
  className?: string | undefined;
}) {
  const address = `${imageUrl.thumbnail(page.id)}?revision=${revision}`;
  const [failed, setFailed] = useState<string | null>(null);
  const isPurged = page.purgedAt !== null;
  if (isPurged || !page.isInspected || failed === address) {
    const IconOfUnseen = page.mediaType === 'application/pdf' ? FileText : page.isInspected ? ImageOff : Image;
    const Icon = isPurged ? Hourglass : IconOfUnseen;
    return (
      <span className={classes(styles['thumbnailMissing'], className)}>
        <Icon aria-hidden size={18} />
      </span>
    );
  }
  return <img className={className} src={address} alt="" draggable={false} onError={() => setFailed(address)} />;
}
