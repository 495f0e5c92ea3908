/** What can be wrong with a node, a deployment or a transaction. */
import { checkConnection } from "./problem-words.ts";
import type { ProblemWords } from "./problem-words.ts";

export const CHAIN_PROBLEMS = {
  RPC_UNREACHABLE: {
    words: { zh: "连接不上区块链节点", en: "The chain's node can't be reached." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  RPC_TIMEOUT: {
    words: { zh: "区块链节点没有及时答复", en: "The chain's node did not answer in time." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  RPC_FAULT: {
    words: { zh: "区块链节点答复错误", en: "The chain's node answered with an error." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  WRONG_CHAIN: {
    words: { zh: "节点属于另一条链", en: "The node is on another chain." },
    remedy: {
      zh: "确认 --rpc 指向登记的链；本地链重启后请重新运行 lz deploy",
      en: "Point --rpc at the chain configured; after a local chain was restarted, run lz deploy again.",
    },
    exit: 69,
    status: 503,
  },
  DIRECTORY_NOT_FOUND: {
    words: { zh: "该地址上没有目录合约", en: "There is no directory contract at that address." },
    remedy: {
      zh: "检查 --directory；本地链重启后请重新运行 lz deploy",
      en: "Check --directory; after a local chain was restarted, run lz deploy again.",
    },
    exit: 69,
    status: 503,
  },
  PREDECESSOR_NOT_FROZEN: {
    words: {
      zh: "该部署自称接续的旧账本并未声明由它接续",
      en: "The deployment says that it succeeds a ledger that did not say so itself.",
    },
    remedy: {
      zh: "向主管部门核实 --directory；迁移中断时重新运行 lz migrate",
      en: "Ask the authority for the right --directory; after a migration that broke off, run lz migrate again.",
    },
    exit: 69,
    status: 503,
  },
  ANNOUNCED: {
    words: {
      zh: "已在链上预告，须等管理延迟届满",
      en: "Announced on the chain; it can be carried out once the administrator's delay has run.",
    },
    remedy: {
      zh: "到所示时间后一周内重新运行同一命令",
      en: "Run the very same command again at the time named, within a week of it.",
    },
    exit: 69,
    status: 503,
  },
  LEDGER_FROZEN: {
    words: {
      zh: "该账本已冻结，由另一部署接续",
      en: "The ledger is frozen; another deployment goes on in its place.",
    },
    remedy: {
      zh: "用 --directory 指定所示的接续目录合约",
      en: "Point --directory to the successor named.",
    },
    exit: 69,
    status: 503,
  },
  CHAIN_INCONSISTENT: {
    words: {
      zh: "节点给出的历史有缺失或不一致",
      en: "The node's history has a gap or contradicts itself.",
    },
    remedy: {
      zh: "换一个可信节点；用 lz audit 查明位置",
      en: "Use another node that you trust; lz audit names the place.",
    },
    exit: 69,
    status: 503,
  },
  CHAIN_REORGANISED: {
    words: {
      zh: "链上已视为最终的区块被替换，停止采信",
      en: "The chain has replaced a block that counted as final; nothing after it is taken.",
    },
    remedy: {
      zh: "查明原因；链确已改写时提高 confirmations 并删除核验库文件后重新同步",
      en: "Find out why. If the chain is right, raise confirmations, delete the verifier's ledger file and start again.",
    },
    exit: 69,
    status: 503,
  },
  NODES_DISAGREE: {
    words: {
      zh: "各节点说法不一，无多数一致，停止采信",
      en: "The nodes contradict each other and no majority agrees; nothing is taken.",
    },
    remedy: {
      zh: "核对所列节点，停用有问题的一个；三个以上节点可容一个出错",
      en: "Look into the nodes named and take out the wrong one; of three, one may be wrong without harm.",
    },
    exit: 69,
    status: 503,
  },
  CONTRACT_REFUSED: {
    words: { zh: "合约拒绝了该操作", en: "The contract refused." },
    remedy: {
      zh: "查看所示原因，例如密钥无权、证照类型未授权或状态不可变更",
      en: "See the reason named: the key may not do this, the type is not granted, or the change is not legal.",
    },
    exit: 65,
    status: 409,
  },
  INSUFFICIENT_FUNDS: {
    words: { zh: "账户余额不足以支付手续费", en: "The account can't pay the chain's fee." },
    remedy: {
      zh: "为该账户充值，或在 lz agency add 时使用 --fund",
      en: "Fund the account, or use --fund with lz agency add.",
    },
    exit: 69,
    status: 503,
  },
  NOT_CONFIRMED: {
    words: { zh: "交易已发出但尚未确认", en: "The transaction was sent but is not confirmed yet." },
    remedy: {
      zh: "稍后重新运行同一命令，不会重复上链",
      en: "Run the same command again later; it will not anchor twice.",
    },
    exit: 69,
    status: 503,
  },
} as const satisfies Record<string, ProblemWords>;
