import { useEffect, useState } from 'react';

/** Why there is no picture: no camera, not allowed by the system, held by another program, unplugged, or anything else. */
export type CameraTrouble = 'none' | 'denied' | 'busy' | 'gone' | 'failed';

export interface CameraChoice {
  id: string;
  label: string;
}

export interface Camera {
  /** The live picture; null while the camera starts, and when there is none. */
  stream: MediaStream | null;
  trouble: CameraTrouble | null;
  /** Every camera of this PC; their names are known once one of them runs. */
  cameras: readonly CameraChoice[];
  /** The one that runs. */
  cameraId: string | null;
  choose: (cameraId: string) => void;
  tryAgain: () => void;
}

/** What is asked of a camera: sharp enough for any provider, and every webcam can do it or comes near. */
const WANTED = { width: { ideal: 1920 }, height: { ideal: 1080 } };

const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotAllowedError: 'denied',
  NotReadableError: 'busy',
};

function troubleOf(error: unknown): CameraTrouble {
  return (error instanceof DOMException ? TROUBLES[error.name] : undefined) ?? 'failed';
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function camerasNow(): Promise<CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** This PC's camera, running as long as the component is shown. It is never asked for sound. */
export function useCamera(): Camera {
  // An object of its own for each time: the same camera can be asked for again.
  const [asked, setAsked] = useState<{ cameraId: string | null }>({ cameraId: null });
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [cameras, setCameras] = useState<readonly CameraChoice[]>([]);

  useEffect(() => {
    let isShown = true;
    let opened: MediaStream | null = null;
    const open = async (): Promise<void> => {
      const which = asked.cameraId === null ? {} : { deviceId: { exact: asked.cameraId } };
      const live = await navigator.mediaDevices.getUserMedia({ video: { ...WANTED, ...which }, audio: false });
      if (!isShown) {
        stop(live);
        return;
      }
      opened = live;
      live.getVideoTracks()[0]?.addEventListener('ended', () => {
        setStream(null);
        setTrouble('gone');
      });
      setStream(live);
      setCameras(await camerasNow());
    };
    open().catch((error: unknown) => {
      if (isShown) setTrouble(troubleOf(error));
    });
    return () => {
      isShown = false;
      if (opened !== null) stop(opened);
    };
  }, [asked]);

  const start = (cameraId: string | null): void => {
    setStream(null);
    setTrouble(null);
    setAsked({ cameraId });
  };
  return {
    stream,
    trouble,
    cameras,
    cameraId: stream?.getVideoTracks()[0]?.getSettings().deviceId ?? null,
    choose: start,
    tryAgain: () => start(null),
  };
}
