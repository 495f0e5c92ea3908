/** Keys that may lie where they never leave. The comments are the contract. */

/** A transaction as it is signed: EIP-1559 with both fees, or the older kind with a gas price. */
export interface UnsignedTransaction {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string | null;
  readonly data: string;
  readonly value: bigint;
  readonly gasLimit: bigint;
  readonly fees:
    | { readonly gasPrice: bigint }
    | { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };
}

/**
 * Signs for one account; where its key is, is its own affair. Problems: KEY_…, SIGNER_UNREACHABLE,
 * SIGNER_REFUSED; what comes back is checked to be what was asked for, signed by `address`.
 */
export interface TransactionSigner {
  /** 0x and 40 digits, lower case. */
  readonly address: string;
  /** @returns the signed transaction's bytes in hex, with 0x */
  sign(transaction: UnsignedTransaction): Promise<string>;
}

/**
 * Wraps data keys (信封加密): what the store is encrypted with is itself encrypted with a key that a file
 * keeps, or a key service that never gives it out. Problems: KEY_…, KEY_SERVICE_UNREACHABLE, KEY_SERVICE_REFUSED.
 */
export interface KeyWrapping {
  /** Tells which key it is, without giving anything of it away. */
  readonly id: string;
  /** @param key 32 bytes */
  wrap(key: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}
