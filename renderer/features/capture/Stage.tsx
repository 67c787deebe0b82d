import {
  Columns2,
  Expand,
  FileImage,
  Maximize,
  RotateCcw,
  RotateCw,
  ScanLine,
  Trash2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { imageUrl } from '../../../shared/ipc/index.ts';
import {
  Badge,
  classes,
  dateText,
  EmptyState,
  focusWork,
  formatBytes,
  IconButton,
  revealSelected,
  scrollsByKeys,
  useShortcuts,
} from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import { slotName, stationName } from './names.ts';
import { Thumbnail } from './PageImage.tsx';
import { SheetTurner, useSheets } from './Sheets.tsx';
import type { Station } from './stations.ts';
import type { PageEdits } from './usePageEdits.ts';
import { stepZoom } from './zoom.ts';
import type { Zoom } from './zoom.ts';
import styles from './Stage.module.css';

export interface StageProps {
  stations: readonly Station[];
  selected: Station | null;
  onSelect: (station: Station) => void;
  /** The customer cannot be changed, so nothing that changes a page is offered. */
  isLocked: boolean;
  edits: Pick<PageEdits, 'revisions' | 'rotate' | 'remove'>;
  /** Scans a page into the place of this one. */
  onScanAgain: (page: { pageId: string; slot: string }) => void;
  /** The scanner has a page in hand. */
  isScanning: boolean;
  emptyHint: ReactNode;
}

/** How far the keys move an enlarged page, as shares of what is in view: across and down. */
const PAN_STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  'Shift+ArrowDown': [0, 0.25],
  'Shift+ArrowUp': [0, -0.25],
  'Shift+ArrowRight': [0.25, 0],
  'Shift+ArrowLeft': [-0.25, 0],
};

/** The page, large, with its tools above and its neighbours as a filmstrip below. */
export function Stage(props: StageProps) {
  const { stations, selected, onSelect, isLocked, edits, onScanAgain, isScanning, emptyHint } = props;
  const t = useText();
  const { revisions } = edits;
  const page = selected?.page ?? null;
  const slot = selected?.slot ?? null;
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [fitted, setFitted] = useState(1);
  const previousPageId = page?.replacesPageId ?? slot?.wantsRetake?.previousPageId ?? null;
  const isRetake = slot !== null && slot.wantsRetake !== null && previousPageId !== null;
  const [isWhole, setWhole] = useState(false);
  const [comparedAt, setComparedAt] = useState<string | null>(null);
  const canCompare = previousPageId !== null && previousPageId !== page?.id && page?.purgedAt === null;
  // A wanted retake shows both images from the start; elsewhere the operator asks for it.
  const isComparing = canCompare && (comparedAt === selected?.id || (isRetake && comparedAt !== `off ${selected?.id}`));

  const sheets = useSheets(page);
  const { sheet } = sheets;
  const toggleCompare = () => {
    if (selected !== null) setComparedAt(isComparing ? `off ${selected.id}` : selected.id);
  };
  const rotate = (degrees: 90 | 270) => {
    if (page !== null) edits.rotate(page.id, degrees);
  };
  const isStraightened = page?.straightenedSheets.includes(sheet) === true;
  const canTurn = page !== null && !isLocked;
  // A page that the provider has stays; in a retake a new one takes its place.
  const canRemove = canTurn && !page.isDelivered;
  const canScanAgain = canRemove && page.slot !== null;
  const scanAgain = () => {
    if (canScanAgain) onScanAgain({ pageId: page.id, slot: page.slot ?? '' });
  };
  const zoomBy = (direction: 1 | -1) => setZoom(stepZoom(zoom, direction, fitted));
  const views = useRef<HTMLDivElement>(null);
  /** Both pictures while two are compared, as the same place is looked at in both. */
  const pan = (keys: string) => {
    const [x, y] = PAN_STEPS[keys] ?? [0, 0];
    for (const picture of views.current?.querySelectorAll('[data-picture]') ?? []) {
      picture.scrollBy(x * picture.clientWidth, y * picture.clientHeight);
    }
  };

  useShortcuts('capture.stage', [
    { keys: '+', alsoKeys: ['='], label: 'capture.zoomIn', run: () => zoomBy(1), isDisabled: page === null },
    { keys: '-', label: 'capture.zoomOut', run: () => zoomBy(-1), isDisabled: page === null },
    {
      keys: 'Z',
      label: 'capture.zoomToggle',
      run: () => setZoom(zoom === 'fit' ? 1 : 'fit'),
      isDisabled: page === null,
    },
    {
      keys: 'Shift+ArrowDown',
      alsoKeys: ['Shift+ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowLeft'],
      label: 'capture.pan',
      run: pan,
      isDisabled: zoom === 'fit' || page === null,
    },
    { keys: 'R', label: 'capture.rotateRight', run: () => rotate(90), isDisabled: !canTurn },
    { keys: 'Shift+R', label: 'capture.rotateLeft', run: () => rotate(270), isDisabled: !canTurn },
    { keys: 'W', label: 'capture.whole', run: () => setWhole(!isWhole), isDisabled: !isStraightened },
    { keys: 'C', label: 'capture.compare', run: toggleCompare, isDisabled: !canCompare },
    { keys: 'Shift+F2', label: 'capture.scan.replace', run: scanAgain, isDisabled: !canScanAgain || isScanning },
    ...sheets.keys,
    {
      keys: 'Delete',
      label: 'capture.remove',
      run: () => {
        if (page !== null) edits.remove(page.id);
      },
      isDisabled: !canRemove,
    },
  ]);

  const revision = page === null ? 0 : (revisions[page.id] ?? 0);
  const address = (pageId: string, ofSheet: number) =>
    `${imageUrl.preview(pageId, { sheet: ofSheet, isWhole })}&revision=${revisions[pageId] ?? 0}`;
  const pages = stations.filter((station) => station.page !== null);

  return (
    <section className={styles['stage']} aria-label={t('capture.stage')}>
      <div className={styles['tools']} role="toolbar" aria-label={t('capture.stage')}>
        <div className={styles['toolTitle']}>
          <h2 className={styles['name']}>{selected === null ? t('capture.page') : stationName(selected, t)}</h2>
          {page === null ? null : (
            <p className={styles['facts']}>
              <span className={styles['fileName']} title={page.fileName}>
                {page.fileName}
              </span>
              <span>{formatBytes(page.byteLength, currentLanguage())}</span>
              {page.isDelivered ? (
                <Badge tone="blue" size="s">
                  {t('capture.delivered')}
                </Badge>
              ) : null}
              {page.widthPixels === null || page.heightPixels === null ? null : (
                <span className={styles['pixels']}>
                  {t('capture.pixels', { width: page.widthPixels, height: page.heightPixels })}
                </span>
              )}
            </p>
          )}
        </div>
        {page === null ? null : (
          <div className={styles['toolButtons']}>
            <SheetTurner sheets={sheets} />
            <IconButton icon={ZoomOut} label={t('capture.zoomOut')} keys="-" onPress={() => zoomBy(-1)} />
            <button
              type="button"
              className={styles['zoomValue']}
              title={t('capture.zoomFull')}
              onClick={() => setZoom(1)}
            >
              {Math.round((zoom === 'fit' ? fitted : zoom) * 100)} %
            </button>
            <IconButton icon={ZoomIn} label={t('capture.zoomIn')} keys="+" onPress={() => zoomBy(1)} />
            <IconButton
              icon={Maximize}
              label={t('capture.zoomFit')}
              keys="Z"
              isOn={zoom === 'fit'}
              onPress={() => setZoom('fit')}
            />
            {isStraightened ? (
              <IconButton
                icon={Expand}
                label={t('capture.whole')}
                keys="W"
                isOn={isWhole}
                onPress={() => setWhole(!isWhole)}
              />
            ) : null}
            {canTurn ? (
              <>
                <span className={styles['divider']} />
                <IconButton
                  icon={RotateCcw}
                  label={t('capture.rotateLeft')}
                  keys="Shift+R"
                  onPress={() => rotate(270)}
                />
                <IconButton icon={RotateCw} label={t('capture.rotateRight')} keys="R" onPress={() => rotate(90)} />
              </>
            ) : null}
            {canCompare ? (
              <IconButton
                icon={Columns2}
                label={t('capture.compare')}
                keys="C"
                isOn={isComparing}
                onPress={toggleCompare}
              />
            ) : null}
            {canRemove ? (
              <>
                <span className={styles['divider']} />
                {canScanAgain ? (
                  <IconButton
                    icon={ScanLine}
                    label={t('capture.scan.replace')}
                    keys="Shift+F2"
                    isDisabled={isScanning}
                    onPress={scanAgain}
                  />
                ) : null}
                <IconButton
                  icon={Trash2}
                  label={t('capture.remove')}
                  keys="Delete"
                  onPress={() => {
                    edits.remove(page.id);
                    // The button goes with the page, and the focus would be nowhere.
                    focusWork();
                  }}
                />
              </>
            ) : null}
          </div>
        )}
      </div>

      <div ref={views} className={styles['views']}>
        {isComparing && previousPageId !== null ? (
          <figure className={styles['view']}>
            <figcaption className={styles['caption']}>{t('capture.imageOld')}</figcaption>
            <Picture
              key={previousPageId}
              address={address(previousPageId, 1)}
              name={t('capture.imageOld')}
              zoom={zoom}
              onZoom={setZoom}
            />
          </figure>
        ) : null}
        {page !== null ? (
          <figure className={styles['view']}>
            {isComparing ? <figcaption className={styles['caption']}>{t('capture.imageNew')}</figcaption> : null}
            {page.purgedAt === null ? (
              <Picture
                key={`${page.id} ${sheet} ${revision} ${page.isInspected} ${isWhole}`}
                address={`${address(page.id, sheet)}${page.isInspected ? '' : '-raw'}`}
                name={selected === null ? page.fileName : stationName(selected, t)}
                zoom={zoom}
                onZoom={setZoom}
                onFitted={setFitted}
              />
            ) : (
              <p className={styles['unavailable']}>
                {t('submissions.panel.purgedWhy', { date: dateText(page.purgedAt) })}
              </p>
            )}
          </figure>
        ) : (
          <div className={styles['view']}>
            <EmptyState
              icon={FileImage}
              title={
                slot === null ? t('capture.stage.empty') : t('capture.stage.emptySlot', { slot: slotName(slot, t) })
              }
            >
              {emptyHint}
            </EmptyState>
          </div>
        )}
      </div>

      {pages.length === 0 ? null : (
        <ul className={styles['filmstrip']} aria-label={t('capture.pages')} data-selection>
          {pages.map((station, index) =>
            station.page === null ? null : (
              <li key={station.page.id}>
                <button
                  type="button"
                  ref={station.id === selected?.id ? revealSelected : null}
                  className={classes(styles['frame'], station.id === selected?.id && styles['frameSelected'])}
                  aria-current={station.id === selected?.id ? 'true' : undefined}
                  onClick={() => onSelect(station)}
                >
                  <Thumbnail
                    page={station.page}
                    revision={revisions[station.page.id] ?? 0}
                    className={styles['thumbnail']}
                  />
                  <span className={styles['frameName']}>
                    <span className="visually-hidden">
                      {t('capture.pageOf', {
                        name: stationName(station, t),
                        index: index + 1,
                        count: pages.length,
                      })}
                    </span>
                    <span aria-hidden>{stationName(station, t)}</span>
                  </span>
                </button>
              </li>
            ),
          )}
        </ul>
      )}
    </section>
  );
}

/** One picture in its scrolling window. Ctrl and wheel zoom; dragging moves what is larger than the window. */
function Picture({
  address,
  name,
  zoom,
  onZoom,
  onFitted,
}: {
  address: string;
  name: string;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  onFitted?: (share: number) => void;
}) {
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);

  const fittedShare = (picture = natural) => {
    const box = frame.current;
    if (box === null || picture === null || picture.width === 0 || picture.height === 0) return 1;
    return Math.min(1, box.clientWidth / picture.width, box.clientHeight / picture.height);
  };

  const measure = useEffectEvent(() => onFitted?.(fittedShare()));
  useEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => measure());
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    onZoom(stepZoom(zoom, event.deltaY < 0 ? 1 : -1, fittedShare()));
  });
  useEffect(() => scrollsByKeys(frame.current), []);
  useEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    // React listens passively to the wheel; only an own listener may keep the window itself from zooming.
    const listener = (event: WheelEvent) => onWheel(event);
    box.addEventListener('wheel', listener, { passive: false });
    return () => box.removeEventListener('wheel', listener);
  }, []);

  return (
    <div
      ref={frame}
      data-picture
      className={classes(styles['picture'], zoom !== 'fit' && styles['isZoomed'])}
      onPointerDown={(event) => {
        if (zoom !== 'fit' && event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        event.currentTarget.scrollBy(-event.movementX, -event.movementY);
      }}
    >
      {hasFailed ? (
        <p className={styles['unavailable']}>{t('capture.stage.unavailable')}</p>
      ) : (
        <img
          className={zoom === 'fit' ? styles['fitImage'] : styles['zoomedImage']}
          src={address}
          alt={name}
          draggable={false}
          {...(zoom === 'fit' || natural === null ? {} : { width: Math.round(natural.width * zoom) })}
          onLoad={(event) => {
            const picture = { width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight };
            setNatural(picture);
            onFitted?.(fittedShare(picture));
          }}
          onError={() => setHasFailed(true)}
        />
      )}
    </div>
  );
}
