/** The words of the settings page. */
export const SETTINGS = {
  title: { zh: "设置", en: "Settings" },
  kept: {
    zh: "设置只保存在本设备上。",
    en: "Settings are kept on this device only.",
  },
  language: { zh: "语言", en: "Language" },
  elder: { zh: "适老模式", en: "Elder mode" },
  elderHelp: {
    zh: "字更大、内容更少、每屏一件事，结果自动读出来，一键找人帮忙。",
    en: "Larger type, fewer things, one at a time; results are read aloud, and a person is one touch away.",
  },
  theme: { zh: "外观", en: "Appearance" },
  system: { zh: "跟随系统", en: "As the device" },
  light: { zh: "浅色", en: "Light" },
  dark: { zh: "深色", en: "Dark" },
  sound: { zh: "声音", en: "Sound" },
  soundHelp: {
    zh: "核验结果有提示音；适老模式下还会读出来。",
    en: "A sound with each verdict; in elder mode it is also read aloud.",
  },
  region: { zh: "窗口所在地区", en: "Where this counter is" },
  regionHelp: {
    zh: "行政区划代码，六位数字。核验时按这里的互认规则判断；只存证照、不核验的可以不填。",
    en: "The region's code of six digits. Certificates are judged by the rules of this place; a wallet needs none.",
  },
  regionNone: { zh: "未填写", en: "Not set" },
  regionUnknown: { zh: "没有这个行政区划", en: "There is no such region" },
  storage: { zh: "本设备上的数据", en: "On this device" },
  offline: { zh: "离线使用", en: "Without a network" },
  offlineReady: { zh: "可以：页面已保存在本设备", en: "Yes: the pages are kept on this device" },
  offlineNot: {
    zh: "还不行：页面保存好之前请保持联网",
    en: "Not yet: stay online until the pages are kept",
  },
  used: { zh: "已用空间", en: "Space used" },
  usedOf: { zh: "{used}，可用 {quota}", en: "{used} of {quota}" },
  persistence: { zh: "长期保存", en: "Kept for good" },
  persisted: {
    zh: "是：浏览器不会自行清除",
    en: "Yes: the browser won't clear it by itself",
  },
  notPersisted: {
    zh: "否：空间不足或久不使用时，浏览器可能清除。证照可凭新的领证码再领。",
    en: "No: short of space, or after long disuse, the browser may clear it. Certificates can be claimed again with a new code.",
  },
  persist: { zh: "请浏览器长期保存", en: "Ask the browser to keep it" },
  persistRefused: {
    zh: "浏览器没有同意。把本页加到主屏幕后再试。",
    en: "The browser did not agree. Add these pages to the home screen and try again.",
  },
  about: { zh: "关于", en: "About" },
  version: { zh: "版本", en: "Version" },
  host: { zh: "核验服务", en: "Verification service" },
  address: { zh: "本页地址", en: "Address of these pages" },
  fingerprint: { zh: "服务公钥指纹", en: "Fingerprint of its key" },
  fingerprintHelp: {
    zh: "可与运行单位公布的指纹逐组比对。",
    en: "Compare it, group by group, with the one that the operator publishes.",
  },
  unreachable: { zh: "现在连不上服务", en: "The service can't be reached now" },
  help: { zh: "找人帮忙", en: "Call a person" },
  noHelp: {
    zh: "运行单位没有登记电话。请到就近的政务服务中心。",
    en: "The operator names no number. Please go to the nearest service centre.",
  },
  allPages: { zh: "全部页面", en: "All pages" },
} as const;
