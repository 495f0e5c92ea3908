/** The contract of use logs: reading what was anchored, and anchoring. */
import type { Result } from "ethers";
import { fromHex, toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { StrandAnchor } from "../../core/uses/check-strand.ts";
import type { UseAnchoring, UseAnchors } from "../../ports/use-log.ts";
import type { Account } from "./account.ts";
import { interfaceOf } from "./contracts.ts";
import type { Rpc } from "./rpc.ts";

const ID_DIGITS = 12;
/** How much one question asks for: within what nodes answer in one go. */
const PAGE = 500;

export function useAnchors(rpc: Rpc, contract: string): UseAnchors {
  const read = reader(rpc, contract);
  return {
    strandsOf: async (account) => {
      const strands = await allOf<bigint>((from) => read("strandsOf", [account, from, PAGE]));
      return strands.map((strand) => strand.toString(16).padStart(ID_DIGITS, "0"));
    },
    anchorsOf: async (account, strand) => {
      const anchors = await allOf<Result>((from) => {
        return read("anchorsOf", [account, `0x${strand}`, from, PAGE]);
      });
      return anchors.map(anchorFrom);
    },
  };
}

export function useAnchoring(rpc: Rpc, contract: string, account: Account): UseAnchoring {
  const read = reader(rpc, contract);
  return {
    account: account.address,
    lengthOf: async (strand) => Number(await read("lengthOf", [account.address, `0x${strand}`])),
    anchor: async (heads) => {
      const rows = heads.map(({ strand, length, hash }) => {
        return [`0x${strand}`, length, `0x${toHex(hash)}`];
      });
      const data = interfaceOf("UseLog").encodeFunctionData("anchor", [rows]);
      const { hash } = await account.execute({ to: contract, data });
      return { transaction: hash };
    },
  };
}

type Read = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** Where there is no such contract, nodes answer nothing at all, or refuse. */
function reader(rpc: Rpc, to: string): Read {
  return async (method, args) => {
    const data = interfaceOf("UseLog").encodeFunctionData(method, args);
    const call = [{ to, data }, "latest"];
    const answer: unknown = await rpc
      .ask((provider) => provider.send("eth_call", call))
      .catch((error: unknown) => {
        const isRefused = error instanceof Problem && error.code === "CONTRACT_REFUSED";
        throw isRefused ? new Problem("USE_LOG_NOT_FOUND", to, error) : error;
      });
    return decode(method, answer, to);
  };
}

function decode(method: string, answer: unknown, to: string): unknown {
  try {
    return interfaceOf("UseLog").decodeFunctionResult(method, answer as string)[0];
  } catch (error) {
    throw new Problem("USE_LOG_NOT_FOUND", to, error);
  }
}

/** Page after page. */
async function allOf<T>(page: (from: number) => Promise<unknown>): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const some = [...((await page(all.length)) as Iterable<T>)];
    all.push(...some);
    if (some.length < PAGE) return all;
  }
}

function anchorFrom(anchor: Result): StrandAnchor {
  const head = fromHex(String(anchor.getValue("head")).slice(2).toLowerCase());
  return {
    length: Number(anchor.getValue("length")),
    time: Number(anchor.getValue("time")),
    head: head ?? new Uint8Array(),
  };
}
