/** The words around every page. */
export const FRAME = {
  brand: { zh: "亮证", en: "Liangzheng" },
  brandLine: {
    zh: "电子证照 一地生成 全国互认",
    en: "Certificates issued once, recognised everywhere",
  },
  /** On the seal beside the name, in every language. */
  seal: { zh: "证", en: "证" },
  skip: { zh: "跳到正文", en: "Skip to the page" },
  navigation: { zh: "主要页面", en: "Pages" },
  wallet: { zh: "我的证照", en: "My certificates" },
  counter: { zh: "窗口核验", en: "Counter" },
  overview: { zh: "公开目录", en: "Directory" },
  settings: { zh: "设置", en: "Settings" },
  served: { zh: "本页由 {host} 提供", en: "This page is from {host}" },
  missing: { zh: "没有这个页面", en: "There is no such page" },
  missingHelp: {
    zh: "地址可能抄错了，或者页面已经移走。",
    en: "The address may be mistyped, or the page has moved.",
  },
  home: { zh: "回到我的证照", en: "To my certificates" },
  fallsBack: {
    zh: "这种语言还没有译文，以下用汉语显示：",
    en: "There are no words in this language yet; Chinese is shown:",
  },
  newer: { zh: "页面有新版本。", en: "There is a newer version of these pages." },
  takeNewer: { zh: "现在更新", en: "Update now" },
  failed: {
    zh: "页面没有打开。请检查网络后再试一次。",
    en: "The page did not open. Check the network and try again.",
  },
  tryAgain: { zh: "再试一次", en: "Try again" },
  tools: { zh: "帮助", en: "Help" },
  readAloud: { zh: "朗读本页", en: "Read aloud" },
  stopReading: { zh: "停止朗读", en: "Stop reading" },
  justNow: { zh: "刚刚", en: "just now" },
  callPerson: { zh: "找人帮忙", en: "Call a person" },
} as const;

/** The title of the browser's window, by the page's name in src/web/routes.ts. */
export const TITLES = {
  wallet: FRAME.wallet,
  claim: { zh: "领取证照", en: "Claim a certificate" },
  certificate: { zh: "证照", en: "Certificate" },
  showing: { zh: "亮证", en: "Show a certificate" },
  request: { zh: "亮证请求", en: "Presentation request" },
  delegate: { zh: "亲友代亮", en: "Showing for another" },
  counter: FRAME.counter,
  "quick-check": { zh: "扫码验真", en: "Check a code" },
  overview: FRAME.overview,
  settings: FRAME.settings,
  missing: FRAME.missing,
} as const;
