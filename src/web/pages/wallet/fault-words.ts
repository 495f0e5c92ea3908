/** What a wallet can't do, in words: what it is, and what to do. */
import type { CodeWords } from "../../../core/words.ts";
import type { WalletFaultCode } from "../../vault/wallet-fault.ts";

const claimAgain = {
  zh: "请重新领取；仍不成功的，请联系发证机关",
  en: "Claim it again; if that fails too, ask the agency.",
};
const askAgency = {
  zh: "证照没有存入。请向发证机关说明这一情况",
  en: "It was not kept. Please tell the agency.",
};
const unlock = {
  zh: "请输入密码解锁后再试",
  en: "Unlock with your PIN and try again.",
};

export const WALLET_FAULTS: Readonly<Record<WalletFaultCode, CodeWords>> = {
  VAULT_LOCKED: { words: { zh: "证照夹已上锁", en: "The wallet is locked." }, remedy: unlock },
  VAULT_THERE_ALREADY: {
    words: { zh: "本机已经设过密码", en: "A PIN was set on this device before." },
    remedy: unlock,
  },
  PIN_MALFORMED: {
    words: { zh: "密码是 6 位数字", en: "A PIN has six digits." },
    remedy: { zh: "请输入 6 位数字", en: "Enter six digits." },
  },
  PIN_EASY: {
    words: { zh: "这个密码太容易被猜到", en: "That PIN is too easy to guess." },
    remedy: {
      zh: "不要用相同、连续或重复的数字，请换一个",
      en: "Choose another: not one digit over and over, nor digits in order.",
    },
  },
  PIN_WRONG: {
    words: { zh: "密码不对", en: "Wrong PIN." },
    remedy: {
      zh: "请再试一次；多次输错后须等待才能再试",
      en: "Try again; after several wrong ones you have to wait.",
    },
  },
  PIN_WAIT: {
    words: { zh: "输错次数太多，请稍后再试", en: "Too many wrong PINs: please wait." },
    remedy: {
      zh: "等待结束后再输入；等待期间不会丢失任何证照",
      en: "Enter it once the time is over. Nothing is lost meanwhile.",
    },
  },
  VAULT_WIPED: {
    words: {
      zh: "连续输错 10 次，证照夹已按您的设置清空",
      en: "Ten wrong PINs: everything was erased, as you had chosen.",
    },
    remedy: {
      zh: "请重新设置密码，再向发证机关申请新的领证码",
      en: "Set a new PIN and ask the agencies for new claim codes.",
    },
  },
  PASSKEY_FAILED: {
    words: { zh: "没有完成指纹或面容验证", en: "The passkey was not used, or can't open this." },
    remedy: { zh: "请再试一次，或者改用密码", en: "Try again, or use the PIN." },
  },
  STORAGE_FAILED: {
    words: { zh: "浏览器不让本页保存数据", en: "This browser lets the page keep nothing." },
    remedy: {
      zh: "请退出无痕浏览，或换用其他浏览器",
      en: "Leave private browsing, or use another browser.",
    },
  },
  HOLDING_UNKNOWN: {
    words: { zh: "本机没有这份证照", en: "This certificate is not on this device." },
    remedy: { zh: "请回到“我的证照”", en: "Go back to your certificates." },
  },
  HOLDING_DAMAGED: {
    words: { zh: "这份证照的存储已损坏", en: "What was kept of it is damaged." },
    remedy: claimAgain,
  },
  HOLDING_THERE_ALREADY: {
    words: { zh: "这份证照已经在证照夹里", en: "You hold this certificate already." },
    remedy: { zh: "不需要再存一次", en: "There is nothing more to do." },
  },
  NO_HOLDER_KEY: {
    words: {
      zh: "这份证照没有本机密钥，不能证明由您本人出示",
      en: "It has no key on this device, so it can't prove that you are its holder.",
    },
    remedy: {
      zh: "请向发证机关要领证码，领取后即可",
      en: "Ask the agency for a claim code and claim it.",
    },
  },
  LINK_MALFORMED: {
    words: { zh: "领证链接不完整", en: "The link is not complete." },
    remedy: {
      zh: "请重新打开发证机关给的链接，或者手工输入领证码",
      en: "Open the agency's link again, or type the claim code.",
    },
  },
  CODE_MALFORMED: {
    words: { zh: "领证码有误", en: "There is a mistake in the claim code." },
    remedy: {
      zh: "领证码共 16 位，请逐位核对",
      en: "It has 16 characters. Compare them one by one.",
    },
  },
  AGENCY_UNKNOWN: {
    words: {
      zh: "本平台不认识链接里的发证机关，可能是冒充的",
      en: "This service does not know the agency of that link; it may be a fake.",
    },
    remedy: {
      zh: "不要继续。请通过发证机关的官方渠道重新取得链接",
      en: "Don't go on. Get the link from the agency itself.",
    },
  },
  DELIVERY_UNREADABLE: {
    words: { zh: "发证机关送来的内容读不懂", en: "What the agency sent can't be read." },
    remedy: claimAgain,
  },
  NOT_PROVEN: {
    words: {
      zh: "证照与链上记录对不上，不能证明是真的",
      en: "It does not match the record on the chain: it can't be proven genuine.",
    },
    remedy: askAgency,
  },
  OTHER_KEY: {
    words: { zh: "这份证照绑定的不是本机的密钥", en: "It is bound to a key of another device." },
    remedy: askAgency,
  },
  TYPE_ALTERED: {
    words: {
      zh: "证照类型的说明与链上公布的不一致",
      en: "The description of its type is not the one on the chain.",
    },
    remedy: askAgency,
  },
  FILE_MALFORMED: {
    words: { zh: "这不是证照文件，或者文件已损坏", en: "No certificate file, or a damaged one." },
    remedy: {
      zh: "请选择发证机关给的 .lzc.json 文件",
      en: "Choose the .lzc.json file that the agency gave you.",
    },
  },
  FILE_TOO_LARGE: {
    words: { zh: "文件太大，不是证照文件", en: "Too large for a certificate file." },
    remedy: {
      zh: "请选择发证机关给的 .lzc.json 文件",
      en: "Choose the .lzc.json file that the agency gave you.",
    },
  },
  OFFLINE: {
    words: { zh: "连不上网络服务", en: "The service can't be reached." },
    remedy: {
      zh: "请检查网络后再试；已有的证照不受影响",
      en: "Check the network and try again. Your certificates are not affected.",
    },
  },
};
