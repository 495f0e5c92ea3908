/** What a counter reads of each check and of each code it can end in: what it means, and what to do. */
import type { CodeWords, Words } from "../words.ts";
import type { CheckCode, CheckName } from "./codes.ts";

/** What each check asks, and what its passing means. */
export const CHECK_WORDS: Readonly<Record<CheckName, { asks: Words; pass: Words }>> = {
  format: {
    asks: { zh: "格式是否正确", en: "Does it decode, within limits?" },
    pass: { zh: "格式正确", en: "It is well formed." },
  },
  integrity: {
    asks: { zh: "内容是否被改动", en: "Do the claims, the leaf and the path give the root?" },
    pass: { zh: "内容未被改动", en: "Nothing in it was altered." },
  },
  anchor: {
    asks: { zh: "批次是否已上链", en: "Is the batch's root on the chain, final?" },
    pass: { zh: "所属批次已上链", en: "Its batch is anchored on the chain." },
  },
  issuer: {
    asks: {
      zh: "发证机关是否有权颁发",
      en: "Was the agency entitled to the type when it anchored?",
    },
    pass: { zh: "发证机关当时有权颁发", en: "The agency was entitled to issue it." },
  },
  status: {
    asks: { zh: "证照状态是否有效", en: "Is it active?" },
    pass: { zh: "状态有效，未被注销、吊销或暂扣", en: "It has been neither ended nor suspended." },
  },
  validity: {
    asks: { zh: "是否在有效期内", en: "Is now within its dates?" },
    pass: { zh: "在有效期内", en: "It is within its dates." },
  },
  recognition: {
    asks: {
      zh: "本地是否认可",
      en: "Does the counter's region accept this type from the issuer's?",
    },
    pass: { zh: "本地认可该证照", en: "This region accepts it." },
  },
  holder: {
    asks: { zh: "是否由持证人出示", en: "Is it shown by its holder?" },
    pass: { zh: "由持证人本人出示", en: "Its holder shows it." },
  },
  freshness: {
    asks: { zh: "是否为现场新出示", en: "Is the presentation new, and for this counter?" },
    pass: { zh: "为现场新出示", en: "It was made just now." },
  },
  disclosure: {
    asks: { zh: "所需信息是否齐全", en: "Is every claim shown that is required?" },
    pass: { zh: "所需信息齐全", en: "Every required claim is shown." },
  },
};

/** Of the holder check, where it passes since the holder let somebody else show it. */
export const DELEGATE_PASS: Words = {
  zh: "由持证人授权的人代为出示",
  en: "Somebody shows it whom its holder let do so for this matter.",
};

/** The words for a check that did not run. */
export const SKIPPED_WORDS = {
  notAsked: { zh: "未要求此项检查", en: "Not asked for." },
  prerequisite: { zh: "前项未通过，此项无法检查", en: "What it builds on did not pass." },
} as const;

const showAgain: Words = {
  zh: "请持证人重新出示；仍不通过时，请持证人向发证机关重新领取",
  en: "Ask the holder to show it again; if it fails again, to fetch it anew from the agency.",
};
const forged: Words = {
  zh: "不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告",
  en: "Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery.",
};
const askAgency: Words = {
  zh: "不予受理；请持证人联系发证机关",
  en: "Do not accept it. The holder should contact the agency.",
};
const waitAndRetry: Words = {
  zh: "暂时无法判断，请稍后重试或人工核验；这不表示证照有问题",
  en: "It can't be decided now. Try again shortly or check by hand; the certificate may well be good.",
};
const renewCode: Words = {
  zh: "请持证人刷新亮证码后再次出示",
  en: "Ask the holder to renew the code and show it again.",
};
const otherProof: Words = {
  zh: "本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门",
  en: "It can't be used here. Ask for another document, or ask the region's authority.",
};

export const CODE_WORDS: Readonly<Record<CheckCode, CodeWords>> = {
  MALFORMED: {
    words: {
      zh: "无法识别，内容不完整或已损坏",
      en: "It can't be read: incomplete, damaged or not ours.",
    },
    remedy: showAgain,
  },
  UNSUPPORTED_VERSION: {
    words: { zh: "版本不受支持", en: "It is of a version this verifier does not know." },
    remedy: { zh: "请更新核验程序后重试", en: "Update the verifier, then try again." },
  },
  TOO_LARGE: {
    words: { zh: "内容过大", en: "It is larger than any certificate can be." },
    remedy: showAgain,
  },
  ROOT_MISMATCH: {
    words: {
      zh: "内容与上链批次不符，可能被改动",
      en: "Its content does not match its batch: it was altered.",
    },
    remedy: forged,
  },
  INDEX_OUT_OF_RANGE: {
    words: { zh: "序号超出批次范围", en: "Its number is not one of its batch." },
    remedy: forged,
  },
  PATH_TOO_LONG: {
    words: { zh: "证明路径超长", en: "Its proof is longer than its batch allows." },
    remedy: forged,
  },
  METADATA_MISMATCH: {
    words: {
      zh: "文件所写的证照类型、机关或地区与链上记录不符",
      en: "What the file says of type, agency or region differs from the chain's record.",
    },
    remedy: forged,
  },
  ROOT_NOT_ANCHORED: {
    words: { zh: "链上没有该批次", en: "No such batch is on the chain." },
    remedy: forged,
  },
  ANCHOR_NOT_FINAL: {
    words: { zh: "批次已上链，尚待最终确认", en: "Its batch is on the chain but not final yet." },
    remedy: waitAndRetry,
  },
  CHAIN_STALE: {
    words: {
      zh: "链上数据未能及时更新，无法判断",
      en: "The view of the chain is too old to decide.",
    },
    remedy: waitAndRetry,
  },
  OUTSIDE_PACK: {
    words: {
      zh: "本机的离线信任包不含该批次，无法判断",
      en: "The trust pack on this device does not hold its batch, so it can't tell.",
    },
    remedy: {
      zh: "请联网核验，或下载包含该机关与类型的信任包",
      en: "Verify online, or fetch a trust pack with that agency and type.",
    },
  },
  WRONG_CHAIN: {
    words: { zh: "该证照属于另一条链", en: "It belongs to another chain or deployment." },
    remedy: {
      zh: "请确认核验程序连接的链；属测试链的证照不予受理",
      en: "Check which chain the verifier follows; certificates of a test chain are not accepted.",
    },
  },
  AGENCY_UNKNOWN: {
    words: { zh: "发证机关未登记", en: "The agency is not registered." },
    remedy: forged,
  },
  AGENCY_NOT_AUTHORISED: {
    words: {
      zh: "发证机关上链时无权颁发该类证照",
      en: "The agency was not entitled to this type when it anchored.",
    },
    remedy: askAgency,
  },
  ANCHOR_DISTRUSTED: {
    words: {
      zh: "该批次由失信密钥上链，不可信",
      en: "Its batch was anchored with a key that is no longer trusted.",
    },
    remedy: askAgency,
  },
  SUSPENDED: {
    words: { zh: "证照已被暂扣或冻结", en: "It is suspended." },
    remedy: {
      zh: "暂不受理；恢复后可再次出示，请持证人联系发证机关",
      en: "Refuse it for now; it may be lifted. The holder should contact the agency.",
    },
  },
  SUPERSEDED: {
    words: { zh: "证照已换发或变更", en: "It was replaced by a newer one." },
    remedy: { zh: "请持证人出示新证照", en: "Ask the holder for the newer certificate." },
  },
  CANCELLED: { words: { zh: "证照已注销", en: "It was cancelled." }, remedy: askAgency },
  WITHDRAWN: {
    words: { zh: "证照已撤销", en: "It was withdrawn as wrongly granted." },
    remedy: askAgency,
  },
  REVOKED: { words: { zh: "证照已吊销", en: "It was revoked." }, remedy: askAgency },
  TRANSFERRED: {
    words: { zh: "证照已转出", en: "It was transferred and is reissued elsewhere." },
    remedy: {
      zh: "请持证人出示转入地的新证照",
      en: "Ask for the certificate of the region it moved to.",
    },
  },
  OTHER_STATUS: {
    words: { zh: "证照处于其他非有效状态", en: "It is in another state that is not active." },
    remedy: { zh: "请人工核验", en: "A person must decide; contact the agency." },
  },
  NOT_YET_VALID: {
    words: { zh: "尚未到生效日期", en: "It is not valid yet." },
    remedy: { zh: "请在生效日期之后办理", en: "Come back once it has begun." },
  },
  EXPIRED: {
    words: { zh: "已过有效期", en: "It has expired." },
    remedy: { zh: "请持证人换领新证照", en: "Ask the holder to renew it." },
  },
  NO_RULE: {
    words: { zh: "本地没有认可该证照的互认规则", en: "No rule says that this region accepts it." },
    remedy: otherProof,
  },
  DENIED: {
    words: { zh: "互认规则规定不予认可", en: "A rule says that it is not accepted here." },
    remedy: otherProof,
  },
  RECOGNITION_SUSPENDED: {
    words: { zh: "互认已暂停", en: "Its recognition here is suspended." },
    remedy: otherProof,
  },
  RECOGNITION_EXPIRED: {
    words: { zh: "互认规则已到期", en: "The rule that recognised it has run out." },
    remedy: otherProof,
  },
  ASSURANCE_TOO_LOW: {
    words: {
      zh: "证照可信等级低于本地要求",
      en: "It was issued at a lower assurance than this region requires.",
    },
    remedy: otherProof,
  },
  SIGNATURE_INVALID: {
    words: { zh: "亮证签名无效", en: "The signature of the presentation is not valid." },
    remedy: forged,
  },
  HOLDER_MISMATCH: {
    words: { zh: "出示者不是持证人", en: "It is shown with a key that is not its holder's." },
    remedy: forged,
  },
  BINDING_INVALID: {
    words: { zh: "持证人绑定无效", en: "The agency's word on its holder is not valid." },
    remedy: {
      zh: "请持证人联网，在“我的证照”里更新持证凭据后再出示",
      en: "Ask the holder to go online, fetch a new binding and show it again.",
    },
  },
  BINDING_EXPIRED: {
    words: { zh: "持证人绑定已过期", en: "The agency's word on its holder has run out." },
    remedy: {
      zh: "请持证人联网，在“我的证照”里更新持证凭据后再出示",
      en: "Ask the holder to go online so that it is renewed, and show it again.",
    },
  },
  HOLDER_PROOF_REQUIRED: {
    words: {
      zh: "此事项须由持证人现场亮证",
      en: "This matter needs proof that its holder shows it.",
    },
    remedy: {
      zh: "请持证人用手机亮证，或人工核对本人",
      en: "Ask the holder to show it from their own phone, or compare the person.",
    },
  },
  GRANT_NOT_FOR_PURPOSE: {
    words: {
      zh: "代亮授权不包括此事项",
      en: "Whoever shows it may do so for other matters, not for this one.",
    },
    remedy: {
      zh: "请持证人本人亮证，或请持证人就此事项重新授权",
      en: "Ask the holder to show it, or to let this person show it for this matter too.",
    },
  },
  PRESENTATION_EXPIRED: {
    words: { zh: "亮证码已过期，可能是截图", en: "The code has run out; it may be a screenshot." },
    remedy: renewCode,
  },
  CLOCK_SKEW: {
    words: {
      zh: "亮证时间晚于当前时间，手机时钟可能不准",
      en: "It comes from the future: a clock is wrong.",
    },
    remedy: {
      zh: "请校准手机和窗口的时间后重试",
      en: "Set the phone's and the counter's clock, then try again.",
    },
  },
  NONCE_MISMATCH: {
    words: { zh: "不是对本次核验请求的回应", en: "It does not answer this counter's challenge." },
    remedy: renewCode,
  },
  AUDIENCE_MISMATCH: {
    words: { zh: "该亮证码是出示给其他窗口的", en: "It was made for another counter." },
    remedy: { zh: "请持证人对本窗口重新亮证", en: "Ask the holder to show it to this counter." },
  },
  REPLAYED: {
    words: { zh: "该亮证码已使用过", en: "This code has been used before." },
    remedy: renewCode,
  },
  CLAIM_MISSING: {
    words: { zh: "缺少必须出示的信息", en: "A required claim is not shown." },
    remedy: {
      zh: "请持证人勾选所缺信息后重新出示",
      en: "Ask the holder to include the missing claims and show it again.",
    },
  },
};
