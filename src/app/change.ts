/** A change of the rules of trust that is planned and not made yet. */
import type { Governance } from "../ports/governance.ts";

/** Whoever carries it out decides what it ends in: it is sent, written down or only estimated. */
export type Change = <Done>(governance: Governance<Done>) => Promise<Done>;
