/** A camera, and the frames it gives, one at a time. */

/** Why there is no picture: nobody let us, there is no camera, another program has it, or the page may not. */
export type CameraFault = "refused" | "none" | "busy" | "insecure";

export interface OpenCamera {
  readonly stream: MediaStream;
  /** In pixels, of the shorter side. */
  readonly height: number;
  close(): void;
}

/** Under it half as many codes are read. */
export const GOOD_HEIGHT = 720;

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: {
    facingMode: "environment",
    width: { ideal: 1_920 },
    height: { ideal: 1_080 },
  },
};

/** @returns the camera with its picture in the video, or why there is none */
export async function openCamera(video: HTMLVideoElement): Promise<OpenCamera | CameraFault> {
  if (!isSecureContext || !("mediaDevices" in navigator)) return "insecure";
  try {
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    const close = (): void => {
      for (const track of stream.getTracks()) track.stop();
    };
    video.srcObject = stream;
    await video.play();
    return { stream, height: Math.min(video.videoWidth, video.videoHeight), close };
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): CameraFault {
  const { name } = error as DOMException;
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}

/**
 * Calls for each frame, the next one only when the one before is done: a slow machine looks at fewer.
 * @returns what ends it
 */
export function onFrames(
  video: HTMLVideoElement,
  look: (frame: ImageBitmap) => Promise<void>,
): () => void {
  let isOver = false;
  const next = (): void => {
    if (!isOver) video.requestVideoFrameCallback(() => void take());
  };
  const take = async (): Promise<void> => {
    try {
      if (!isOver) await look(await createImageBitmap(video));
    } catch {
      // A frame that can't be had, as when the camera is taken away: the next one is waited for.
    }
    next();
  };
  next();
  return () => {
    isOver = true;
  };
}
