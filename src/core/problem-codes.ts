/**
 * Everything that can go wrong besides a certificate itself: stable codes with words, a remedy, the exit
 * code of a command (sysexits.h) and the status of an HTTP answer (RFC 9110).
 */
import { COMMAND_PROBLEMS } from "./problems/command-problems.ts";
import { SOURCE_PROBLEMS } from "./problems/source-problems.ts";
import { SUBJECT_PROBLEMS } from "./problems/ledger-subject-problems.ts";
import { SHOWN_PROBLEMS } from "./problems/shown-problems.ts";
import { CHAIN_PROBLEMS } from "./problems/chain-problems.ts";
import { ISSUING_PROBLEMS } from "./problems/issuing-problems.ts";
import { KEY_PROBLEMS } from "./problems/key-problems.ts";
import { DELIVERY_PROBLEMS } from "./problems/delivery-problems.ts";
import { COUNTER_PROBLEMS } from "./problems/counter-problems.ts";
import { SERVICE_PROBLEMS } from "./problems/service-problems.ts";
import { STORE_PROBLEMS } from "./problems/store-problems.ts";
import { ACCESS_PROBLEMS } from "./problems/access-problems.ts";
import { TRUST_PACK_PROBLEMS } from "./problems/trust-pack-problems.ts";
import { USE_PROBLEMS } from "./problems/use-problems.ts";
import { HOLDING_PROBLEMS } from "./problems/holding-problems.ts";
import { REPEAT_PROBLEMS } from "./problems/repeat-problems.ts";

export type { ProblemWords } from "./problems/problem-words.ts";

export const PROBLEMS = {
  ...COMMAND_PROBLEMS,
  ...SOURCE_PROBLEMS,
  ...SUBJECT_PROBLEMS,
  ...SHOWN_PROBLEMS,
  ...CHAIN_PROBLEMS,
  ...ISSUING_PROBLEMS,
  ...STORE_PROBLEMS,
  ...KEY_PROBLEMS,
  ...DELIVERY_PROBLEMS,
  ...HOLDING_PROBLEMS,
  ...COUNTER_PROBLEMS,
  ...SERVICE_PROBLEMS,
  ...ACCESS_PROBLEMS,
  ...TRUST_PACK_PROBLEMS,
  ...REPEAT_PROBLEMS,
  ...USE_PROBLEMS,
};

export type ProblemCode = keyof typeof PROBLEMS;
