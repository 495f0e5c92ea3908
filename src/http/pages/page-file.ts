/** What the service has of its pages: files that were built before it started. */

/** One file of the pages, as it is sent. */
export interface PageFile {
  readonly mediaType: string;
  readonly body: Uint8Array;
  /** Compressed by Brotli; null where that makes it no smaller. */
  brotli(): Promise<Uint8Array | null>;
  /** A quoted hash of the content. */
  readonly entityTag: string;
  /** Whether its name holds a hash of its content, so that it never changes. */
  readonly isImmutable: boolean;
}

/** By their addresses: `/index.html`, `/assets/…`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** An agency's endpoint that wallets may fetch certificates from. */
export interface WalletEndpoint {
  /** Its unified social credit code. */
  readonly agency: string;
  readonly name: string;
  /** Its origin: https://wallet.example.gov.cn */
  readonly url: string;
}

/** Whom to call for help, as the pages show it. */
export interface HelpLine {
  readonly name: string;
  readonly phone: string;
}

/** The pages as a service is handed them. */
export interface Pages {
  readonly files: PageFiles;
  readonly endpoints: readonly WalletEndpoint[];
  readonly help: HelpLine | null;
  /** This service, as its visitors should know it: verify.example.gov.cn. */
  readonly host: string;
}
