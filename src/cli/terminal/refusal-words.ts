/** Why a contract refused, in words: by the name of its own error. */
import type { Problem } from "../../core/problem.ts";
import type { Words } from "../../core/words.ts";

const words = (zh: string, en: string): Words => ({ zh, en });

const INVALID_REGION = words("区划代码不正确", "The region's code is not one of its form.");
const INVALID_WINDOW = words("结束时间须晚于开始时间", "It must end after it begins.");
const INVALID_ASSURANCE = words("可信等级须为 A 至 D", "The assurance is A to D.");
const NO_ADMINISTRATOR = words(
  "只有合约管理员可以这样做",
  "Only the contracts' administrator may do this.",
);
const NOT_SCHEDULED = words(
  "管理员的操作须先排期（AccessManager.schedule），到期后再发起",
  "The administrator has a delay: schedule the call first, and send it when the delay is over.",
);
const FROZEN = words("该部署已冻结，由另一部署接续", "This deployment is frozen; another goes on.");

const AGENCY: Readonly<Record<string, Words>> = {
  AgencyRegistryAgencyExists: words("该机关已登记", "The agency is registered already."),
  AgencyRegistryUnknownAgency: words("该机关尚未登记", "The agency is not registered."),
  AgencyRegistryMalformedAgency: words(
    "统一社会信用代码不正确",
    "The agency's code is no unified social credit code.",
  ),
  AgencyRegistryInvalidRegion: INVALID_REGION,
  AgencyRegistryInvalidStatusChange: words(
    "机关状态不可这样变更：已是该状态，或已撤销",
    "The agency has that status already, or is closed for good.",
  ),
  AgencyRegistrySuccessorNamed: words(
    "该机关的承接机关已确定，不可更改",
    "The agency has a successor, which can't be changed.",
  ),
  AgencyRegistryInvalidSuccessor: words(
    "承接机关须已登记且在用，并且不是它自己",
    "A successor is another agency, registered and active.",
  ),
  AgencyRegistryInvalidWindow: INVALID_WINDOW,
  AgencyRegistryInvalidAssurance: INVALID_ASSURANCE,
  AgencyRegistryUnknownType: words(
    "目录中没有该证照类型，或已停用",
    "The catalogue has no such type, or it was retired.",
  ),
  AgencyRegistryNotEntitled: words(
    "该机关无权颁发该证照类型",
    "The agency may not issue this type.",
  ),
  AgencyRegistryInactiveAgency: words("该机关已暂停或撤销", "The agency is suspended or closed."),
  AgencyRegistryOperatorTaken: words(
    "该账户属于另一机关，请用新账户",
    "The account serves another agency: use a new one.",
  ),
  AgencyRegistryNotAnOperator: words(
    "该账户不是经办账户，或已停用",
    "The account is no operator, or no more.",
  ),
  AgencyRegistryOperatorDistrusted: words(
    "该账户不予信任；须先恢复信任（lz agency operator lift），或用新账户",
    "The account is distrusted: lift that first (lz agency operator lift), or use a new one.",
  ),
  AgencyRegistryNotDistrusted: words(
    "该账户未被列为不予信任",
    "The account is not distrusted: there is nothing to lift.",
  ),
  AgencyRegistryInvalidDocumentKey: words(
    "坐标不在该算法的曲线上",
    "The coordinates are no point of that algorithm's curve.",
  ),
  AgencyRegistryUnknownDocumentKey: words(
    "该机关没有处于相应状态的此密钥",
    "The agency has no such key in a state of which this could be said.",
  ),
  AgencyRegistryDocumentKeyExists: words(
    "该密钥已登记过，请用新密钥",
    "The key is there, or was: use a new one.",
  ),
};

const AUTHORITY: Readonly<Record<string, Words>> = {
  AuthorityRegistryInvalidRegion: INVALID_REGION,
  AuthorityRegistryNotAllowed: words(
    "任免须由上级区划的主管部门作出；免去也可由本账户或管理员作出",
    "An authority over a region above appoints and dismisses; the account itself and the administrator may dismiss.",
  ),
  AuthorityRegistryAlreadyAppointed: words(
    "该账户已是（或将是）该区划的主管部门",
    "The account is an authority over the region already, or will be.",
  ),
  AuthorityRegistryNotAppointed: words(
    "该账户不是该区划的主管部门",
    "The account is no authority over the region.",
  ),
  AuthorityRegistryUseAppointment: words(
    "主管部门的角色只能通过任免变更",
    "An authority's role is given and taken by appointment and dismissal alone.",
  ),
  AuthorityRegistryFrozen: FROZEN,
  AuthorityRegistryNotASuccessor: words(
    "该目录合约未声明接续本部署",
    "That directory does not name this deployment as its predecessor.",
  ),
  RegionalAuthorityRequired: words(
    "该账户不是该区划或其上级的主管部门",
    "The account is no authority over that region or one above it.",
  ),
  AccessManagedUnauthorized: NO_ADMINISTRATOR,
  AccessManagedRequiredDelay: NOT_SCHEDULED,
  AccessManagerUnauthorizedAccount: NO_ADMINISTRATOR,
  AccessManagerUnauthorizedCall: NO_ADMINISTRATOR,
  AccessManagerNotScheduled: NOT_SCHEDULED,
  AccessManagerNotReady: words("排期尚未到时", "The delay is not over yet."),
  AccessManagerExpired: words(
    "排期已过期，须重新排期",
    "The scheduled call has expired: schedule it again.",
  ),
};

const ANCHOR: Readonly<Record<string, Words>> = {
  BatchAnchorAlreadyAnchored: words("该批次已上链", "The batch is anchored already."),
  BatchAnchorZeroRoot: words("根不能为零", "The root is zero."),
  BatchAnchorInvalidSize: words("批次大小不正确", "The batch's size is out of range."),
  BatchAnchorUnknownSuite: words("不认识该杂凑套件", "The hash suite is not known."),
  BatchAnchorInvalidSchemaVersion: words("类型版本不正确", "The type's version is out of range."),
  BatchAnchorNothingToAnchor: words("没有要上链的批次", "There is no batch to anchor."),
  BatchAnchorFrozen: FROZEN,
  BatchAnchorNotTheAuthorityRegistry: words(
    "只有主管部门名录合约可以冻结",
    "Only the authority registry freezes the log.",
  ),
};

const CATALOGUE: Readonly<Record<string, Words>> = {
  CertificateCatalogMalformedType: words("证照类型代码不正确", "The type's code is malformed."),
  CertificateCatalogInvalidRegion: INVALID_REGION,
  CertificateCatalogUnknownType: words("目录中没有该证照类型", "The catalogue has no such type."),
  CertificateCatalogRetiredType: words("该证照类型已停用", "The type was retired."),
  CertificateCatalogOtherRegion: words(
    "该证照类型由另一区划定义",
    "The type was defined by another region.",
  ),
  CertificateCatalogNothingToPublish: words("没有要公布的类型", "There is nothing to publish."),
};

const POLICY: Readonly<Record<string, Words>> = {
  RecognitionPolicyInvalidRegion: INVALID_REGION,
  RecognitionPolicyUnknownGroup: words("没有该地区组", "There is no such group of regions."),
  RecognitionPolicyAmbiguousRecognised: words(
    "规则须指明地区或地区组之一",
    "A rule names a region or a group, not both.",
  ),
  RecognitionPolicyInvalidAssurance: INVALID_ASSURANCE,
  RecognitionPolicyInvalidWindow: INVALID_WINDOW,
  RecognitionPolicyUnknownRule: words("没有该规则", "There is no such rule."),
  RecognitionPolicyRuleEnded: words("该规则已终止", "The rule was ended before."),
  RecognitionPolicyEmptyGroup: words("地区组不能为空", "A group has a name and at least a region."),
};

const STATUS: Readonly<Record<string, Words>> = {
  StatusRegistryNotAllowed: words(
    "该账户既不是该机关（或其承接机关）的经办账户，也不是其主管部门",
    "The account is no operator of the agency or its successor, nor an authority over it.",
  ),
  StatusRegistryNotAnchored: words("该批次未上链", "The agency has anchored no such batch."),
  StatusRegistryIndexOutOfRange: words("批次中没有该序号", "The batch has no such index."),
  StatusRegistryNothingToChange: words("没有要变更的证照", "There is nothing to change."),
  StatusRegistryIndicesNotRising: words("序号须递增且不重复", "The indices must rise."),
  StatusRegistryUnknownStatus: words("没有该状态", "There is no such status."),
  StatusRegistryIllegalTransition: words(
    "该状态不可这样变更：已是该状态，或已终局",
    "It has that status already, or one that is final.",
  ),
};

const USE_LOG: Readonly<Record<string, Words>> = {
  UseLogNotLonger: words(
    "链段只能增长：链上已锚定同样长或更长的链段",
    "A strand only grows: one as long or longer is anchored already.",
  ),
  UseLogZeroHead: words("链段的末行杂凑值不可为零", "A strand's head is never zero."),
  UseLogNothingToAnchor: words("没有要锚定的链段", "There is no strand to anchor."),
};

export const REFUSALS: Readonly<Record<string, Words | undefined>> = {
  ...AGENCY,
  ...AUTHORITY,
  ...ANCHOR,
  ...CATALOGUE,
  ...POLICY,
  ...STATUS,
  ...USE_LOG,
};

/** @returns null for what is no refusal, or one of another contract. */
export function refusalWords({ code, detail }: Problem): Words | null {
  if (code !== "CONTRACT_REFUSED") return null;
  return REFUSALS[/^\w+/.exec(detail)?.[0] ?? ""] ?? null;
}
