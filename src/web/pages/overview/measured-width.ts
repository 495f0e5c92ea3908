/** How wide an element is now, so that a plot is drawn for just that width and its letters keep their size. */
import { onBeforeUnmount, onMounted, ref } from "vue";
import type { Ref } from "vue";

/** Before the element is there. */
const USUAL_WIDTH = 320;

export interface Measured {
  /** For `ref="element"` in the template. */
  readonly element: Ref<HTMLElement | null>;
  /** In pixels. */
  readonly width: Ref<number>;
  /** How large a rem is, in pixels: people set it. */
  readonly rem: Ref<number>;
}

export function useMeasuredWidth(): Measured {
  const element = ref<HTMLElement | null>(null);
  const width = ref(USUAL_WIDTH);
  const rem = ref(16);
  const observer = new ResizeObserver(([entry]) => {
    const measured = Math.round(entry?.contentRect.width ?? 0);
    // None while it is not drawn, as when its page is being left.
    if (measured > 0) width.value = measured;
    rem.value = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  });
  onMounted(() => {
    if (element.value !== null) observer.observe(element.value);
  });
  onBeforeUnmount(() => {
    observer.disconnect();
  });
  return { element, width, rem };
}
