/** What an auditor can find wrong with a history: stable codes with words. */
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
  BATCH_NOT_ANCHORED: { zh: "批次文件夹未上链", en: "The batch of a folder is not anchored." },
  BATCH_ROOT_MISMATCH: {
    zh: "按批次文件夹重算的根与链上不符",
    en: "The root recomputed from a batch folder is not the anchored one.",
  },
  MANIFEST_MISMATCH: {
    zh: "批次清单与链上哈希不符",
    en: "The manifest of a batch folder does not have the anchored hash.",
  },
} as const satisfies Record<string, Words>;

export type FindingCode = keyof typeof FINDINGS;

/** `place` names block and log index, contract, batch or folder. */
export interface Finding {
  readonly code: FindingCode;
  readonly place: string;
  readonly detail: string;
}

/** Makes a finding at the place of the event that is looked at. */
export type Report = (code: FindingCode, detail: string) => Finding;
