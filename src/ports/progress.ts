/** How far long work has come. */

/** Tells how far long work has come; `total` null where it is not known. */
export type Progress = (stage: string, done: number, total: number | null) => void;
