import { Camera as CameraIcon, Check, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../../shared/domain/index.ts';
import { Banner, Button, Dialog, SelectField, Working } from '../../components/index.ts';
import { formatMessage, useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { replacedBy } from './replacing.ts';
import type { ReplacedPage } from './replacing.ts';
import type { CameraPlace } from './stations.ts';
import { useCamera } from './useCamera.ts';
import type { Camera } from './useCamera.ts';
import styles from './Camera.module.css';

const JPEG_QUALITY = 0.95;

/** A photo that was taken and not used yet. */
interface Photo {
  blob: Blob;
  url: string;
}

/**
 * What the camera shows at this moment, in full size. `ImageCapture.takePhoto` would have the camera make the file, but drivers
 * differ in whether, and how dark, it comes.
 */
async function takePhoto(stream: MediaStream): Promise<Photo | null> {
  const [track] = stream.getVideoTracks();
  if (track === undefined) return null;
  const frame = await new ImageCapture(track).grabFrame();
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  frame.close();
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { blob, url: URL.createObjectURL(blob) };
}

/**
 * Takes a photo with this PC's camera: looks, takes, looks at what was taken, and only then it becomes a page. The main button has the
 * focus throughout, so that Space or Enter twice is the whole way.
 */
export function CameraDialog({
  submissionId,
  place,
  slotLabel,
  onArrived,
  onReplaced,
  onClose,
}: {
  submissionId: string;
  place: CameraPlace;
  /** Where the photo goes; null: main finds a place. */
  slotLabel: string | null;
  onArrived: (report: ImportReport) => void;
  onReplaced: (page: ReplacedPage) => void;
  onClose: () => void;
}) {
  const t = useText();
  const camera = useCamera();
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [refused, setRefused] = useState<ImportReport['refused']>([]);
  const addPhoto = useAction('page.photo');

  useEffect(() => () => URL.revokeObjectURL(photo?.url ?? ''), [photo]);

  const take = async (): Promise<void> => {
    if (camera.stream !== null) setPhoto(await takePhoto(camera.stream));
  };
  const use = async ({ blob }: Photo): Promise<void> => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const report = await addPhoto.mutateAsync({ submissionId, ...place, bytes });
    setRefused(report.refused);
    // A photo that could not be kept stays in front: the person may try again, or decide to give it up.
    if (report.refused.length > 0) return;
    onClose();
    const replaced = replacedBy(report, { submissionId, ...place });
    if (replaced !== null) onReplaced(replaced);
    onArrived(report);
  };

  return (
    <Dialog
      title={slotLabel === null ? t('capture.camera.title') : t('capture.camera.titleFor', { slot: slotLabel })}
      isOpen
      onClose={onClose}
      size="l"
      footer={
        photo === null ? (
          <>
            <CameraChoice camera={camera} />
            <Button onPress={onClose}>{t('action.cancel')}</Button>
            <Button
              // Only a button that is new takes the focus.
              key={camera.stream === null ? 'starting' : 'take'}
              tone="primary"
              icon={CameraIcon}
              onPress={() => void take().catch(camera.tryAgain)}
              isDisabled={camera.stream === null}
              takesFocus={camera.stream !== null}
            >
              {t('capture.camera.take')}
            </Button>
          </>
        ) : (
          <>
            <span className={styles['grow']} />
            <Button icon={RotateCcw} onPress={() => setPhoto(null)} isDisabled={addPhoto.isPending}>
              {t('capture.camera.again')}
            </Button>
            <Button
              key="use"
              tone="primary"
              icon={Check}
              // What fails was already shown by the frame as a toast.
              onPress={() => void use(photo).catch(() => undefined)}
              isDisabled={addPhoto.isPending}
              takesFocus
            >
              {t('capture.camera.use')}
            </Button>
          </>
        )
      }
    >
      {refused.map(({ message }) => (
        <Banner key={message.code} tone="red" title={t('capture.camera.notKept')}>
          {formatMessage(message)}
        </Banner>
      ))}
      <div className={styles['frame']}>
        {photo !== null ? (
          <img className={styles['picture']} src={photo.url} alt={t('capture.camera.taken')} />
        ) : camera.trouble !== null ? (
          <Trouble camera={camera} />
        ) : camera.stream === null ? (
          <Working>{t('capture.camera.starting')}</Working>
        ) : (
          <LivePicture stream={camera.stream} />
        )}
      </div>
      <p className={styles['hint']}>{t(photo === null ? 'capture.camera.hint' : 'capture.camera.check')}</p>
    </Dialog>
  );
}

function LivePicture({ stream }: { stream: MediaStream }) {
  const t = useText();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video ref={video} className={styles['picture']} aria-label={t('capture.camera.live')} autoPlay muted playsInline />
  );
}

/** Which camera, where there is a choice. */
function CameraChoice({ camera }: { camera: Camera }) {
  const t = useText();
  if (camera.cameras.length < 2 || camera.cameraId === null) return <span className={styles['grow']} />;
  return (
    <span className={styles['grow']}>
      <SelectField
        label={t('capture.camera.which')}
        isLabelHidden
        className={styles['which']}
        options={camera.cameras.map(({ id, label }, index) => ({
          id,
          label: label === '' ? t('capture.camera.unnamed', { number: index + 1 }) : label,
        }))}
        value={camera.cameraId}
        onChange={camera.choose}
      />
    </span>
  );
}

function Trouble({ camera }: { camera: Camera }) {
  const t = useText();
  return (
    <div className={styles['trouble']}>
      <Banner tone="amber" title={t(`capture.camera.trouble.${camera.trouble ?? 'failed'}`)}>
        {t(`capture.camera.trouble.${camera.trouble ?? 'failed'}.next`)}
      </Banner>
      <Button icon={RotateCcw} onPress={camera.tryAgain} takesFocus>
        {t('capture.camera.tryAgain')}
      </Button>
    </div>
  );
}
