/** The pages as they are kept on this device by their service worker, and whether newer ones wait. */
import { shallowRef } from "vue";

const WORKER = "/service-worker.js";
const HOUR_MS = 3_600_000;

/** The worker with newer pages, which waits until the visitor wants them; null where there is none. */
export const waiting = shallowRef<ServiceWorker | null>(null);

/** After the first page is there, so that it doesn't wait for what only the next ones need. */
export function installPages(): void {
  if (!("serviceWorker" in navigator)) return;
  const install = (): void => {
    // Without it the pages work too, but not without a network.
    register().catch(() => undefined);
  };
  if (document.readyState === "complete") install();
  else addEventListener("load", install, { once: true });
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(WORKER);
  noticeWaiting(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      noticeWaiting(registration);
    });
  });
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS);
}

/** On the first visit there is nothing older that it would wait for. */
function noticeWaiting({ waiting: worker, active }: ServiceWorkerRegistration): void {
  waiting.value = active === null ? null : worker;
}

/** Takes the newer pages: this one is loaded anew. */
export function takeNewer(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    location.reload();
  });
  waiting.value?.postMessage("take over");
}
