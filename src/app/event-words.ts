/** What an event of the chain says, in words, for a timeline. */
import { formatInstant } from "../core/encoding/instant.ts";
import type { LedgerEvent } from "../core/ledger/events.ts";
import type { Window } from "../core/ledger/state.ts";
import { statusName } from "../core/ledger/statuses.ts";
import type { Words } from "../core/words.ts";
import { regionWords } from "./answer.ts";
import { ruleWords } from "./rule-words.ts";

type Kind = LedgerEvent["kind"];
type Teller<K extends Kind> = (event: Extract<LedgerEvent, { kind: K }>) => Words;

export function eventWords(event: LedgerEvent): Words {
  const tell = WORDS[event.kind] as (event: LedgerEvent) => Words;
  return tell(event);
}

const AGENCY_STATUS_WORDS = {
  active: { zh: "恢复", en: "resumed" },
  suspended: { zh: "暂停", en: "suspended" },
  closed: { zh: "撤销", en: "closed" },
} as const;

const WORDS: { readonly [K in Kind]: Teller<K> } = {
  AgencyRegistered: ({ agency, name, region }) => ({
    zh: `登记发证机关${name}（${agency}，${regionWords(region).zh}）`,
    en: `Agency ${agency} ${name} registered, ${regionWords(region).en}`,
  }),
  AgencyStatusChanged: ({ agency, status }) => ({
    zh: `${AGENCY_STATUS_WORDS[status].zh}发证机关${agency}`,
    en: `Agency ${agency} ${AGENCY_STATUS_WORDS[status].en}`,
  }),
  AgencySucceeded: ({ agency, successor }) => ({
    zh: `发证机关${agency}由${successor}承接`,
    en: `Agency ${agency} succeeded by ${successor}`,
  }),
  EntitlementGranted: ({ agency, type, assurance, ...window }) => ({
    zh: `授权${agency}颁发${type}，可信等级${"DCBA".charAt(assurance - 1)}，${windowWords(window).zh}`,
    en: `${agency} entitled to issue ${type}, assurance ${"DCBA".charAt(assurance - 1)}, ${windowWords(window).en}`,
  }),
  EntitlementEnded: ({ agency, type }) => ({
    zh: `终止${agency}颁发${type}的授权`,
    en: `${agency} no longer entitled to issue ${type}`,
  }),
  OperatorAdded: ({ agency, account, ...window }) => ({
    zh: `增加${agency}的经办账户${account}，${windowWords(window).zh}`,
    en: `Operator ${account} added for ${agency}, ${windowWords(window).en}`,
  }),
  OperatorRemoved: ({ agency, account }) => ({
    zh: `移除${agency}的经办账户${account}`,
    en: `Operator ${account} of ${agency} removed`,
  }),
  OperatorDistrusted: ({ agency, account, since }) => ({
    zh: `自${formatInstant(since)}起不再信任${agency}的经办账户${account}`,
    en: `Operator ${account} of ${agency} distrusted since ${formatInstant(since)}`,
  }),
  OperatorDistrustLifted: ({ agency, account }) => ({
    zh: `恢复信任${agency}的经办账户${account}此前的上链`,
    en: `What operator ${account} of ${agency} anchored is trusted again`,
  }),
  DocumentKeyAdded: ({ agency, keyId, algorithm, ...window }) => ({
    zh: `增加${agency}的签章密钥${keyId}（${algorithm}），${windowWords(window).zh}`,
    en: `Document key ${keyId} (${algorithm}) added for ${agency}, ${windowWords(window).en}`,
  }),
  DocumentKeyEnded: ({ agency, keyId }) => ({
    zh: `停用${agency}的签章密钥${keyId}`,
    en: `Document key ${keyId} of ${agency} signs no more`,
  }),
  DocumentKeyDistrusted: ({ agency, keyId }) => ({
    zh: `不再信任${agency}的签章密钥${keyId}`,
    en: `Document key ${keyId} of ${agency} distrusted`,
  }),
  DocumentKeyDistrustLifted: ({ agency, keyId }) => ({
    zh: `恢复信任${agency}的签章密钥${keyId}`,
    en: `Document key ${keyId} of ${agency} trusted again`,
  }),
  TypePublished: ({ type, version, name, nameEn }) => ({
    zh: `发布证照类型${type}第${String(version)}版：${name}`,
    en: `Type ${type}, version ${String(version)} published: ${nameEn}`,
  }),
  TypeRetired: ({ type }) => ({ zh: `停用证照类型${type}`, en: `Type ${type} retired` }),
  BatchAnchored: ({ agency, sequence, size, root }) => ({
    zh: `${agency}第${String(sequence)}号上链：批次${root}，共${String(size)}份`,
    en: `Batch ${root} of ${String(size)} anchored by ${agency}, number ${String(sequence)}`,
  }),
  CertificateStatusChanged: ({ index, status, reason }) => ({
    zh: `第${String(index)}号证照状态变更为${statusName(status).zh}（原因码${String(reason)}）`,
    en: `Certificate ${String(index)} set to ${statusName(status).name}, reason ${String(reason)}`,
  }),
  CertificatesStatusChanged: ({ indices, status, reason }) => ({
    zh: `${String(indices.length)}份证照状态变更为${statusName(status).zh}（原因码${String(reason)}）`,
    en: `${String(indices.length)} certificates set to ${statusName(status).name}, reason ${String(reason)}`,
  }),
  BatchStatusChanged: ({ status, reason }) => ({
    zh: `整批状态变更为${statusName(status).zh}（原因码${String(reason)}）`,
    en: `The whole batch set to ${statusName(status).name}, reason ${String(reason)}`,
  }),
  RuleAdded: ({ ruleId, rule }) => ({
    zh: `规则${String(ruleId)}：${ruleWords(rule).zh}，${windowWords(rule).zh}`,
    en: `Rule ${String(ruleId)}: ${ruleWords(rule).en}, ${windowWords(rule).en}`,
  }),
  RuleEnded: ({ ruleId }) => ({
    zh: `终止规则${String(ruleId)}`,
    en: `Rule ${String(ruleId)} ended`,
  }),
  GroupDefined: ({ group, regions }) => ({
    zh: `定义地区组${group}：${regions.join("、")}`,
    en: `Group ${group} defined: ${regions.join(", ")}`,
  }),
  AuthorityAppointed: ({ region, account }) => ({
    zh: `任命${account}为${regionWords(region).zh}主管部门`,
    en: `${account} appointed authority over ${regionWords(region).en}`,
  }),
  AuthorityDismissed: ({ region, account }) => ({
    zh: `免去${account}的${regionWords(region).zh}主管部门资格`,
    en: `${account} dismissed as authority over ${regionWords(region).en}`,
  }),
  LedgerFrozen: ({ successor }) => ({
    zh: `账本冻结，由目录合约${successor}接续`,
    en: `Ledger frozen; directory ${successor} goes on`,
  }),
};

function windowWords({ validFrom, validUntil }: Window): Words {
  const from = formatInstant(validFrom);
  if (validUntil === null) return { zh: `自${from}起`, en: `from ${from} on` };
  const until = formatInstant(validUntil);
  return { zh: `自${from}至${until}`, en: `from ${from} until ${until}` };
}
