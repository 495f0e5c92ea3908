/** QR codes on sheets to be printed and cut. */

export interface CodeLabel {
  readonly title: string;
  /** Masked; empty where the type has no holder's name. */
  readonly holder: string;
  /** The end of the certificate's number; empty where it is too short to show a part of. */
  readonly number: string;
  /** The batch and the index there. */
  readonly place: string;
}

export interface PrintedCode {
  /** What the QR code holds. */
  readonly text: string;
  readonly label: CodeLabel;
}
