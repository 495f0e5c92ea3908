/** Signs with a private key that lies in memory. */
import { Wallet, getAddress } from "ethers";
import type { TransactionSigner } from "../../ports/keys.ts";

/** @param privateKey 32 bytes in hex, with 0x */
export function walletSigner(privateKey: string): TransactionSigner {
  const wallet = new Wallet(privateKey);
  return {
    address: wallet.address.toLowerCase(),
    sign: ({ to, fees, ...rest }) => {
      const type = "gasPrice" in fees ? 0 : 2;
      const receiver = to === null ? null : getAddress(to);
      return wallet.signTransaction({ ...rest, ...fees, type, to: receiver });
    },
  };
}
