/** A certificate as it is laid out on paper: what stands on the page, not where. */
import type { Names } from "../core/catalogue/certificate-type.ts";

export interface LabelledText {
  readonly label: Names;
  readonly text: string;
}

export interface CertificatePage {
  readonly isLandscape: boolean;
  /** Of borders and headings: # and six hex digits. */
  readonly colour: string;
  readonly title: Names;
  /** The number on its face; null for a type that shows its number among the fields. */
  readonly number: LabelledText | null;
  /** Sentences above the fields; null where the type has none. */
  readonly statement: Names | null;
  readonly fields: readonly LabelledText[];
  readonly validity: LabelledText;
  readonly issuer: {
    readonly name: string;
    readonly code: string;
    /** The day it was issued, as it is written; empty where the certificate does not say. */
    readonly date: string;
  };
  /** Where it is on the chain, and what else tells it from others. */
  readonly references: readonly LabelledText[];
  /** How it is verified, and what the page itself does not prove. */
  readonly note: Names;
  /** Said in large letters: for types that are not real. */
  readonly warning: Names | null;
  /** What the QR code holds. */
  readonly code: string;
  /** When the certificate begins to hold, in seconds since 1970: the document's date, so that it is always the same. */
  readonly date: number;
}
