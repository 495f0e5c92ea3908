/** What an auditor can find wrong with a history or an agency's store: stable codes with words. */
import type { Words } from "../words.ts";

export const FINDINGS = {
  SEQUENCE_GAP: {
    zh: "事件编号不连续，有缺失或重复",
    en: "A number of the log is missing or there twice.",
  },
  HEAD_MISMATCH: {
    zh: "链头与重算结果不符，记录被改动",
    en: "The head does not follow from the record: something was altered.",
  },
  DUPLICATE_ANCHOR: { zh: "同一机关重复上链同一批次", en: "A batch was anchored twice." },
  ANCHOR_NOT_AUTHORISED: {
    zh: "上链时机关或经办账户无权颁发该类证照",
    en: "The account or its agency was not entitled to the type when it anchored.",
  },
  TIME_MISMATCH: {
    zh: "上链时间与区块时间不符",
    en: "The time of an anchor is not that of its block.",
  },
  AUTHORITY_EXCEEDED: {
    zh: "操作账户无权管理该地区",
    en: "An account changed what it is no authority over.",
  },
  STATUS_NOT_AUTHORISED: {
    zh: "变更状态的账户不属于发证机关、其承接机关或其主管部门",
    en: "A status was changed by neither the agency, nor its successor, nor its authority.",
  },
  STATUS_ILLEGAL: { zh: "状态变更不合规定", en: "A status changed in a way that is not legal." },
  STATUS_WITHOUT_CERTIFICATE: {
    zh: "状态所指的证照不存在",
    en: "A status was set for a certificate that does not exist.",
  },
  MIGRATION_ALTERED: {
    zh: "迁移后重新登记的内容与原登记不一致；以原登记为准",
    en: "What was registered again after a migration is not what it was; the first record stands.",
  },
  COUNTER_MISMATCH: {
    zh: "重放结果与合约记录的编号或链头不符，有事件缺失",
    en: "The replay does not arrive at the contract's own number or head: events are missing.",
  },
  STATUS_MISMATCH: {
    zh: "重放的状态与合约记录不符，有状态事件缺失",
    en: "The statuses replayed differ from the contract's: status events are missing or altered.",
  },
  AFTER_FREEZE: {
    zh: "账本冻结后旧合约仍有记录，不予采信",
    en: "A frozen deployment said something after its freeze; it counts for nothing.",
  },
  REORGANISED: {
    zh: "审计期间区块被替换",
    en: "The block audited was replaced while the audit ran.",
  },
  BATCH_NOT_ANCHORED: {
    zh: "机构数据库称已上链的批次在链上没有记录",
    en: "A batch that the store says is anchored is not on the chain.",
  },
  BATCH_UNREADABLE: {
    zh: "机构数据库中的批次无法读取",
    en: "A batch in the store can't be read.",
  },
  BATCH_ROOT_MISMATCH: {
    zh: "按证照重算的根与批次的根不符",
    en: "The root recomputed from a batch's certificates is not its own.",
  },
  CERTIFICATE_MISMATCH: {
    zh: "证照与批次中的叶子或路径不符",
    en: "A certificate does not belong to its batch.",
  },
  MANIFEST_MISMATCH: {
    zh: "批次清单与记录的哈希不符",
    en: "A batch's manifest does not have the hash that is recorded.",
  },
  RECORD_MISMATCH: {
    zh: "链上记录与机构数据库中的批次不符",
    en: "The chain's record of a batch is not what the store says of it.",
  },
  RECEIPT_MISMATCH: {
    zh: "批次的上链回执缺失或与链上不符",
    en: "A batch's receipt is missing or not what the chain says.",
  },
  NUMBER_NOT_FOUND: {
    zh: "按证照编号查不到该证照",
    en: "A certificate is not found by its number.",
  },
  COUNT_MISMATCH: {
    zh: "证照或批次数量与记录不符",
    en: "There are more or fewer certificates or batches than recorded.",
  },
} as const satisfies Record<string, Words>;

export type FindingCode = keyof typeof FINDINGS;

/** `place` names block and log index, contract, or job and batch. */
export interface Finding {
  readonly code: FindingCode;
  readonly place: string;
  readonly detail: string;
}

/** Makes a finding at the place of the event that is looked at. */
export type Report = (code: FindingCode, detail: string) => Finding;
