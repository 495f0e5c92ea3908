/** The words of choosing a PIN and of unlocking. */
export const VAULT_WORDS = {
  chooseTitle: { zh: "先设一个密码", en: "First choose a PIN" },
  chooseWhy: {
    zh: "证照加密存在这台设备上，只有密码能打开。本平台和发证机关都不知道您的密码，忘了只能重新领证。",
    en: "Certificates are kept encrypted on this device, and only the PIN opens them. Nobody else knows it; if you forget it, they have to be claimed anew.",
  },
  pin: { zh: "密码（6 位数字）", en: "PIN (six digits)" },
  pinAgain: { zh: "再输一遍", en: "The same again" },
  differ: { zh: "两次输入不一样，请再输一遍", en: "The two are not the same. Enter it again." },
  wipe: {
    zh: "连续输错 10 次就清空证照夹",
    en: "Erase everything after ten wrong PINs in a row",
  },
  wipeHelp: {
    zh: "手机容易丢失的可以打开。不打开时，输错后等待时间会越来越长。",
    en: "For phones that get lost easily. Otherwise each wrong PIN makes you wait longer.",
  },
  make: { zh: "设好了，继续", en: "Set it and go on" },
  unlockTitle: { zh: "请解锁", en: "Please unlock" },
  unlockWhy: {
    zh: "证照在这台设备上，已上锁。",
    en: "Your certificates are on this device, locked.",
  },
  unlock: { zh: "解锁", en: "Unlock" },
  passkey: { zh: "用指纹或面容解锁", en: "Unlock with a passkey" },
  wait: {
    zh: "输错 {count} 次，请等 {time} 后再试",
    en: "{count} wrong PINs. Wait {time} before the next try.",
  },
  wrongSoFar: { zh: "已输错 {count} 次", en: "{count} wrong so far" },
  forgot: { zh: "忘记密码", en: "Forgot the PIN" },
  forgotHelp: {
    zh: "没有人能找回密码。可以清空证照夹重新设置，再向发证机关要新的领证码。证照本身不会作废。",
    en: "Nobody can recover it. You can erase the wallet, set a new PIN, and ask the agencies for new claim codes. The certificates stay in force.",
  },
  erase: { zh: "清空证照夹", en: "Erase the wallet" },
  eraseSure: { zh: "确定清空", en: "Yes, erase everything" },
  keep: { zh: "不清空", en: "Keep it" },
  working: { zh: "请稍候…", en: "One moment…" },
} as const;
