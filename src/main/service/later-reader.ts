/** A ledger whose name is known from what was kept of it, read once its chain can be reached. */
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { AwaitedChain } from "../chain/chain.ts";

/** @throws Problem WRONG_CHAIN where what is kept is another deployment's; each question likewise, of the chain */
export function laterReader(chain: AwaitedChain, identity: LedgerIdentity): ChainReader {
  if (identity.directory !== chain.directory) throw another(identity, chain.directory);
  const ask = async <T>(call: (reader: ChainReader) => Promise<T>): Promise<T> => {
    const { reader } = await chain.reach();
    const { chainId } = reader.identity;
    if (chainId !== identity.chainId) throw another(identity, `chain ${String(chainId)}`);
    return call(reader);
  };
  return {
    identity,
    // Only who has kept nothing begins there.
    firstBlock: 0,
    latestBlock: () => ask((reader) => reader.latestBlock()),
    block: (number) => ask((reader) => reader.block(number)),
    events: (from, to) => ask((reader) => reader.events(from, to)),
    strayEvents: () => ask((reader) => reader.strayEvents()),
    counters: (block, generation) => ask((reader) => reader.counters(block, generation)),
    statusWord: (...place) => ask((reader) => reader.statusWord(...place)),
    batchStatus: (...place) => ask((reader) => reader.batchStatus(...place)),
    fingerprint: () => ask((reader) => reader.fingerprint()),
  };
}

function another({ chainId, directory }: LedgerIdentity, found: string): Problem {
  const kept = `chain ${String(chainId)}, directory ${directory}`;
  return new Problem("WRONG_CHAIN", `the store follows ${kept}; here is ${found}`);
}
