/** What a wallet can't do, and why: a closed list, each with words in pages/wallet/fault-words.ts. */
export type WalletFaultCode =
  | "VAULT_LOCKED"
  | "VAULT_THERE_ALREADY"
  | "PIN_MALFORMED"
  | "PIN_EASY"
  | "PIN_WRONG"
  | "PIN_WAIT"
  | "VAULT_WIPED"
  | "PASSKEY_FAILED"
  | "STORAGE_FAILED"
  | "HOLDING_UNKNOWN"
  | "HOLDING_DAMAGED"
  | "HOLDING_THERE_ALREADY"
  | "NO_HOLDER_KEY"
  | "LINK_MALFORMED"
  | "CODE_MALFORMED"
  | "AGENCY_UNKNOWN"
  | "DELIVERY_UNREADABLE"
  | "NOT_PROVEN"
  | "OTHER_KEY"
  | "TYPE_ALTERED"
  | "FILE_MALFORMED"
  | "FILE_TOO_LARGE"
  | "OFFLINE";

export class WalletFault extends Error {
  readonly code: WalletFaultCode;
  /** The place or value at fault; for PIN_WAIT the second since 1970 at which the next try is heard. */
  readonly detail: string;

  constructor(code: WalletFaultCode, detail = "", cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.name = "WalletFault";
    this.code = code;
    this.detail = detail;
  }
}
