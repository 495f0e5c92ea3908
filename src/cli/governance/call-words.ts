/** What a call does, in words, from the call's own bytes: nothing is described that is not signed. */
import { regionWords } from "../../app/answer.ts";
import { ruleWords } from "../../app/rule-words.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { RuleEffect } from "../../core/ledger/events.ts";
import { statusName } from "../../core/ledger/statuses.ts";
import type { Words } from "../../core/words.ts";
import { formatCoins } from "../../main/chain/coins.ts";
import type { CallValue, DecodedCall } from "../../main/chain/calls.ts";
import type { PreparedCall } from "../../ports/governance.ts";
import { assuranceLetter } from "../terminal/wording.ts";

type Args = DecodedCall["args"];

/** @param call null for a payment */
export function callWords(call: DecodedCall | null, { to, value }: PreparedCall): Words {
  if (call === null) return paymentWords(to, value);
  const { method, args, signature } = call;
  return WORDS[method]?.(args) ?? { zh: `调用 ${signature}`, en: `Call ${signature}` };
}

function paymentWords(to: string, value: bigint): Words {
  const amount = formatCoins(value);
  return { zh: `向 ${to} 转入 ${amount}`, en: `Send ${amount} to ${to}` };
}

function text(args: Args, name: string): string {
  const value = args[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function time(args: Args, name: string): string {
  return formatInstant(Number(args[name]));
}

function regionOf(args: Args): Words {
  return regionWords(text(args, "region"));
}

function windowWords(args: Args): Words {
  const from = time(args, "validFrom");
  if (Number(args["validUntil"]) === 0) return { zh: `自 ${from} 起`, en: `from ${from} on` };
  const until = time(args, "validUntil");
  return { zh: `自 ${from} 至 ${until}`, en: `from ${from} until ${until}` };
}

const AGENCY_STATUS_WORDS: Readonly<Record<string, Words>> = {
  active: { zh: "恢复发证机关", en: "Resume" },
  suspended: { zh: "暂停发证机关", en: "Suspend" },
  closed: { zh: "撤销发证机关", en: "Close" },
};

function countOf(value: CallValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

const AUTHORITY_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  appoint: (args) => {
    const { zh, en } = regionOf(args);
    const account = text(args, "account");
    return { zh: `任命 ${account} 为${zh}主管部门`, en: `Appoint ${account} authority over ${en}` };
  },
  appointNational: (args) => {
    const account = text(args, "account");
    const en = `Appoint ${account} authority over the whole country`;
    return { zh: `任命 ${account} 为全国主管部门`, en };
  },
  dismiss: (args) => {
    const { zh, en } = regionOf(args);
    const account = text(args, "account");
    const words = `Dismiss ${account} as authority over ${en}, at once`;
    return { zh: `立即免去 ${account} 的${zh}主管部门身份`, en: words };
  },
  freeze: (args) => {
    const successor = text(args, "successor");
    return {
      zh: `永久冻结本套合约，由 ${successor} 接续`,
      en: `Freeze this deployment for good; ${successor} goes on in its place`,
    };
  },
};

const AGENCY_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  registerAgency: (args) => {
    const { zh, en } = regionOf(args);
    const who = `${text(args, "name")} (${text(args, "agency")})`;
    return { zh: `登记发证机关 ${who}，${zh}`, en: `Register the agency ${who}, ${en}` };
  },
  setAgencyStatus: (args) => {
    const { zh, en } = AGENCY_STATUS_WORDS[text(args, "status")] ?? { zh: "变更", en: "Change" };
    const agency = text(args, "agency");
    const from = time(args, "effectiveFrom");
    return { zh: `${zh} ${agency}，自 ${from} 起`, en: `${en} ${agency}, from ${from} on` };
  },
  succeedAgency: (args) => {
    const [agency, successor] = [text(args, "agency"), text(args, "successor")];
    const from = time(args, "effectiveFrom");
    return {
      zh: `自 ${from} 起由 ${successor} 承接 ${agency}，后者撤销`,
      en: `${successor} takes over from ${agency}, which closes, from ${from} on`,
    };
  },
  grantEntitlement: (args) => {
    const [agency, type] = [text(args, "agency"), text(args, "certificateType")];
    const { zh, en } = windowWords(args);
    const level = assuranceLetter(Number(args["assurance"]));
    return {
      zh: `授权 ${agency} 颁发 ${type}，可信等级 ${level}，${zh}`,
      en: `Let ${agency} issue ${type} with assurance ${level}, ${en}`,
    };
  },
  endEntitlement: (args) => {
    const [agency, type] = [text(args, "agency"), text(args, "certificateType")];
    return { zh: `${agency} 不再颁发 ${type}`, en: `${agency} issues ${type} no more` };
  },
};

const KEY_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  addOperator: (args) => {
    const [agency, account] = [text(args, "agency"), text(args, "account")];
    const { zh, en } = windowWords(args);
    return {
      zh: `${account} 可为 ${agency} 经办，${zh}`,
      en: `Let ${account} act for ${agency}, ${en}`,
    };
  },
  removeOperator: (args) => {
    const account = text(args, "account");
    return { zh: `${account} 立即停止经办`, en: `${account} acts for its agency no more` };
  },
  distrustOperator: (args) => {
    const account = text(args, "account");
    const since = time(args, "since");
    return {
      zh: `不予信任 ${account} 自 ${since} 起上链的批次，并立即停止其经办`,
      en: `Distrust what ${account} anchored since ${since}, and stop it now`,
    };
  },
  liftOperatorDistrust: (args) => {
    const account = text(args, "account");
    return {
      zh: `恢复信任 ${account} 上链的批次（不恢复经办）`,
      en: `Trust again what ${account} anchored (it still may not act)`,
    };
  },
  addDocumentKey: (args) => {
    const [agency, algorithm] = [text(args, "agency"), text(args, "algorithm")];
    const { zh, en } = windowWords(args);
    return {
      zh: `${agency} 的 ${algorithm} 签章密钥启用，${zh}`,
      en: `Let a ${algorithm} key sign documents for ${agency}, ${en}`,
    };
  },
  endDocumentKey: (args) =>
    keyWords(args, "停用签章密钥，此前签署的仍有效", "End the document key"),
  distrustDocumentKey: (args) =>
    keyWords(args, "不予信任签章密钥签署的任何绑定", "Distrust all that was signed by the key"),
  liftDocumentKeyDistrust: (args) =>
    keyWords(args, "恢复信任签章密钥签署的绑定", "Trust again what was signed by the key"),
};

function keyWords(args: Args, zh: string, en: string): Words {
  const [agency, key] = [text(args, "agency"), text(args, "keyId")];
  return { zh: `${zh}：${agency} ${key}`, en: `${en} ${key} of ${agency}` };
}

const CATALOGUE_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  publishTypes: (args) => {
    const count = String(countOf(args["orders"]));
    return { zh: `公布 ${count} 个证照类型版本`, en: `Publish ${count} versions of types` };
  },
  retireType: (args) => {
    const type = text(args, "certificateType");
    return { zh: `停用证照类型 ${type}`, en: `Retire the type ${type}` };
  },
};

const RECOGNITION_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  addRule: (args) => {
    const rule = args["rule"] as Args;
    const { zh, en } = ruleWords({
      recognising: text(rule, "recognising"),
      recognised: text(rule, "recognised"),
      group: rule["group"] as string | null,
      type: rule["certificateType"] as string | null,
      effect: rule["effect"] as RuleEffect,
    });
    return { zh: `新增规则：${zh}`, en: `Add a rule: ${en}` };
  },
  endRule: (args) => {
    const rule = text(args, "ruleId");
    return { zh: `立即终止规则 ${rule}`, en: `End rule ${rule}, at once` };
  },
  defineGroup: (args) => {
    const group = text(args, "group");
    const regions = (args["regions"] as readonly string[]).map(regionWords);
    return {
      zh: `定义地区组 ${group}：${regions.map(({ zh }) => zh).join("、")}`,
      en: `Define the group ${group}: ${regions.map(({ en }) => en).join(", ")}`,
    };
  },
};

const STATUS_WORDS: Readonly<Record<string, (args: Args) => Words>> = {
  setStatus: (args) =>
    statusWords(args, `第 ${text(args, "index")} 号证照`, `certificate ${text(args, "index")}`),
  setStatuses: (args) => {
    const count = String(countOf(args["indices"]));
    return statusWords(args, `${count} 份证照`, `${count} certificates`);
  },
  setBatchStatus: (args) => statusWords(args, "整批", "the whole"),
};

function statusWords(args: Args, zh: string, en: string): Words {
  const status = statusName(Number(args["status"]));
  const root = `${text(args, "root").slice(0, 10)}…`;
  const from = time(args, "effectiveFrom");
  return {
    zh: `批次 ${root} ${zh}：${status.zh}，自 ${from} 起`,
    en: `Set ${en} of batch ${root} to ${status.name}, from ${from} on`,
  };
}

const WORDS: Readonly<Record<string, ((args: Args) => Words) | undefined>> = {
  ...AUTHORITY_WORDS,
  ...AGENCY_WORDS,
  ...KEY_WORDS,
  ...CATALOGUE_WORDS,
  ...RECOGNITION_WORDS,
  ...STATUS_WORDS,
};
