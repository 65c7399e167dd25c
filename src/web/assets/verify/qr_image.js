// QR codes in photos and before a camera. Pictures are read on the device and go nowhere.

import { byId } from "./element.js";
import { decodeQR } from "./qr/decode.js";

const SIDES = [1600, 2800, 900];
const CAMERA_SIDE = 1280;
const PAUSE = 120;

/** Why there is no picture from a camera: the key of the message. */
export class CameraProblem extends Error {}

const canvas = document.createElement("canvas");

/** What the QR code in a source of this size says; `null` if none is found. */
const decode = (source, width, height, side) => {
  const scale = Math.min(1, side / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null;
  }
};

/** What the QR code in a picture says; `null` if none is found, `undefined` if it is no picture. */
export const readImage = async (blob) => {
  let bitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    return undefined;
  }
  try {
    const { width, height } = bitmap;
    // A code may fill the picture or stand small in a corner of it.
    const sides = SIDES.filter((side, at) => at === 0 || side < Math.max(width, height));
    for (const side of sides) {
      const text = decode(bitmap, width, height, side);
      if (text !== null) {
        return text;
      }
    }
    return null;
  } finally {
    bitmap.close();
  }
};

const openCamera = async () => {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new CameraProblem("verify-page-no-camera");
  }
  try {
    const video = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    const refused = error.name === "NotAllowedError" || error.name === "SecurityError";
    throw new CameraProblem(refused ? "verify-page-camera-refused" : "verify-page-no-camera");
  }
};

let stop = () => undefined;

/** Ends a scan that is under way. */
export const stopScan = () => stop();

/** What the QR code before the camera says; `null` if the person stops. Throws `CameraProblem`. */
export const scan = async () => {
  const stream = await openCamera();
  const [viewfinder, video] = [byId("viewfinder"), byId("video")];
  let open = true;
  stop = () => {
    open = false;
  };
  byId("camera-stop").addEventListener("click", stop, { once: true });
  try {
    viewfinder.hidden = false;
    video.srcObject = stream;
    await video.play();
    byId("camera-stop").focus();
    while (open) {
      const { videoWidth, videoHeight } = video;
      const text = videoWidth > 0 ? decode(video, videoWidth, videoHeight, CAMERA_SIDE) : null;
      if (text !== null) {
        return text;
      }
      await new Promise((resume) => {
        setTimeout(resume, PAUSE);
      });
    }
    return null;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    viewfinder.hidden = true;
  }
};
